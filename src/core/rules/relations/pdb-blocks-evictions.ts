import { message } from '../../finding.ts';
import type { Field } from '../../schema/field.ts';
import type { Located } from '../../workspace/lookup.ts';
import type { Relation, Rule } from '../rule.ts';
import { amountOf, fewestPods } from './budgets.ts';
import { nearest, otherPlace } from './places.ts';

/** Kinds whose pods a budget counts by their replicas. */
const scaled = new Set(['Deployment', 'StatefulSet', 'ReplicaSet', 'ReplicationController']);

export const pdbBlocksEvictions: Rule = {
  code: 'pdb-blocks-evictions',
  title: 'Disruption budget of as many pods as there are',
  origin: 'advice',
  severity: 'warning',
  docs: `
A PodDisruptionBudget that asks for as many pods as there are forbids every eviction: nodes cannot be drained, and
upgrades of the cluster stop there. That is so with \`minAvailable: 1\` beside one replica or an autoscaler whose
minimum is 1. Percentages are rounded up.

\`\`\`yaml
# bad: the Deployment has 1 replica
minAvailable: 1
# good
maxUnavailable: 1
\`\`\`
`,
  relate(object, relation) {
    const selection = relation.here.facts.selections.find(({ by }) => by === 'disruptionBudget');
    if (selection === undefined || relation.workspace.mayDiffer(relation.here)) return;
    const least = object.at('spec.minAvailable');
    // That much the budget says of itself: `pdb-blocks-drain`.
    if (least.text() === '100%') return;
    const selected = relation.workspace.podsSelected(selection.selector, relation.here.facts.namespace);
    lookAtReplicas(least, nearest(selected, relation.here), relation);
  },
};

function lookAtReplicas(least: Field, selected: readonly Located[], relation: Relation): void {
  const [workload, ...more] = selected;
  // With several workloads it is the pods of all that count: they are told apart by nobody.
  if (workload === undefined || more.length > 0 || !scaled.has(workload.facts.kind)) return;
  const fewest = fewestPods(workload, relation.workspace);
  if (fewest === null || fewest.count === 0) return;
  const needed = amountOf(least, fewest.count);
  if (needed === null || needed < fewest.count) return;
  const { kind, name } = fewest.by.facts;
  const text =
    fewest.by === workload
      ? message(
          'Replicas of {0} {1}: {2}, so no pod may ever be evicted; lower this, or add replicas',
          kind,
          name,
          fewest.count,
        )
      : message(
          '{0} {1} may go down to {2}, and no pod may be evicted then; lower this',
          kind,
          name,
          fewest.count,
        );
  relation.report(least, text, { others: otherPlace(fewest.by, message('{0} {1} is here', kind, name)) });
}
