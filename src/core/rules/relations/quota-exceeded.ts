import { message } from '../../finding.ts';
import { addQuantities, compareQuantities, formatQuantity, zeroQuantity } from '../../quantity.ts';
import type { Field } from '../../schema/field.ts';
import type { Located } from '../../workspace/lookup.ts';
import type { Relation, Rule } from '../rule.ts';
import { countedBy, excessOf, podAmounts, quantityOf } from './amounts.ts';
import { governing } from './limits.ts';
import { otherPlace } from './places.ts';

/** Kinds that keep a number of pods running. */
const lasting = new Set(['Deployment', 'StatefulSet', 'ReplicaSet', 'ReplicationController', 'Pod']);

export const quotaExceeded: Rule = {
  code: 'quota-exceeded',
  title: 'More than the quota allows',
  origin: 'advice',
  severity: 'warning',
  docs: `
The replicas of a workload, or all workloads of the namespace together, request more than a ResourceQuota allows. The
server refuses the pods that are too many: the workload never becomes complete. Requests are counted as the server
does: init containers, sidecars, overhead and the defaults of a LimitRange included.

\`\`\`yaml
# bad: the quota has requests.memory: 4Gi
replicas: 10
template:
  spec:
    containers:
      - { name: web, image: web:1, resources: { requests: { memory: 1Gi } } }
# good
replicas: 4
\`\`\`
`,
  relate(object, relation) {
    const { here } = relation;
    if (here.facts.particulars?.of === 'quota') lookAtSum(object, relation);
    else if (here.facts.pod !== null && lasting.has(here.facts.kind)) lookAtWorkload(object, relation);
  },
};

function lookAtWorkload(object: Field, relation: Relation): void {
  const { workspace, here } = relation;
  if (workspace.mayDiffer(here)) return;
  const quotas = governing('ResourceQuota', here, workspace);
  const amounts = quotas.length === 0 ? null : podAmounts(here, workspace);
  if (amounts === null) return;
  const replicas = here.facts.replicas ?? 1;
  for (const quota of quotas) {
    const [excess] = excessOf(quota, amounts, replicas);
    if (excess === undefined) continue;
    const { resource, needed, allowed } = excess;
    relation.report(
      object.at('spec.replicas').written ? object.at('spec.replicas') : object.get('spec'),
      message(
        '{0} replicas take {1} of {2}; quota {3} allows {4}',
        replicas,
        formatQuantity(needed),
        resource,
        quota.facts.name,
        formatQuantity(allowed),
      ),
      { others: otherPlace(quota, message('The quota')) },
    );
  }
}

/** Only what single workloads are not already told of. */
function lookAtSum(object: Field, relation: Relation): void {
  const { workspace, here } = relation;
  const { particulars, namespace } = here.facts;
  if (particulars?.of !== 'quota' || particulars.scoped || workspace.mayDiffer(here)) return;
  const workloads = workspace
    .pods(namespace)
    .filter(
      (one) =>
        lasting.has(one.facts.kind) &&
        !workspace.mayDiffer(one) &&
        governing('ResourceQuota', one, workspace).includes(here),
    );
  if (workloads.length < 2) return;
  for (const [resource, text] of Object.entries(particulars.hard)) {
    const allowed = quantityOf(text);
    const needs =
      allowed === null ? [] : workloads.map((one) => ({ one, needed: neededOf(one, resource, relation) }));
    const sum = needs.reduce((total, { needed }) => addQuantities(total, needed), zeroQuantity);
    if (allowed === null || compareQuantities(sum, allowed) <= 0) continue;
    if (needs.some(({ needed }) => compareQuantities(needed, allowed) > 0)) continue;
    const [largest] = needs.toSorted((a, b) => compareQuantities(b.needed, a.needed));
    relation.report(
      object.at('spec.hard').get(resource),
      message(
        'The {0} workloads here take {1} of {2} together: some pods would be refused',
        workloads.length,
        formatQuantity(sum),
        resource,
      ),
      { others: largest === undefined ? [] : otherPlace(largest.one, message('This takes the most')) },
    );
  }
}

function neededOf(workload: Located, resource: string, { workspace }: Relation) {
  const amounts = podAmounts(workload, workspace);
  const each = amounts === null ? null : countedBy(resource, amounts);
  const replicas = BigInt(Math.trunc(workload.facts.replicas ?? 1));
  return each === null ? zeroQuantity : { nano: each.nano * replicas, format: each.format };
}
