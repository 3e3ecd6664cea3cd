import { message } from '../../finding.ts';
import type { Fix } from '../../finding.ts';
import type { Field } from '../../schema/field.ts';
import { appendLines } from '../edits.ts';
import type { Relation, Rule } from '../rule.ts';
import { nodeBoundClaims } from './claims.ts';
import { otherPlace } from './places.ts';

export const claimBlocksRollout: Rule = {
  code: 'claim-blocks-rollout',
  title: 'Rolling update of a pod with a volume of one node',
  origin: 'advice',
  severity: 'hint',
  docs: `
A Deployment of one replica mounts a \`ReadWriteOnce\` claim and is updated by the strategy \`RollingUpdate\`: the new
pod starts beside the old one. On another node it cannot mount the volume, and the rollout waits for a pod that waits
for the rollout; on the same node two of them write to it at once. \`Recreate\` stops the old pod first.

\`\`\`yaml
# bad
kind: Deployment
spec:
  replicas: 1
# good
kind: Deployment
spec:
  replicas: 1
  strategy: { type: Recreate }
\`\`\`
`,
  relate(object, relation) {
    const { workspace, here } = relation;
    if (here.facts.kind !== 'Deployment' || workspace.mayDiffer(here)) return;
    if ((here.facts.replicas ?? 1) !== 1) return;
    const strategy = object.at('spec.strategy');
    if ((strategy.get('type').text() ?? 'RollingUpdate') !== 'RollingUpdate') return;
    const surge = strategy.at('rollingUpdate.maxSurge');
    if (surge.number() === 0 || surge.text() === '0%') return;
    const [first] = nodeBoundClaims(relation);
    if (first === undefined) return;
    const { reference, claim } = first;
    relation.report(
      object,
      message(
        'A rolling update starts a second pod that wants {0}, too; set the strategy to Recreate',
        reference.name,
      ),
      {
        range: reference.range,
        path: reference.path,
        fixes: fixes(object.get('spec'), relation),
        others: otherPlace(claim, message('The claim')),
      },
    );
  },
};

function fixes(spec: Field, { context }: Relation): readonly Fix[] {
  if (spec.node?.type !== 'mapping' || spec.has('strategy')) return [];
  const edit = appendLines(context.document.text, spec.node, ['strategy:', '  type: Recreate']);
  return edit === null
    ? []
    : [{ title: message('Set the strategy to Recreate'), edits: [edit], preferred: false }];
}
