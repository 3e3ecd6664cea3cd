import { message } from '../../finding.ts';
import type { Field } from '../../schema/field.ts';
import { podOf } from '../../workspace/collect.ts';
import type { Relation, Rule } from '../rule.ts';
import { defaultsFor, governing } from './limits.ts';
import { otherPlace } from './places.ts';

/** What a quota makes every container say, and where it says it (the server's own list). */
const demands: ReadonlyMap<string, readonly ['requests' | 'limits', string]> = new Map([
  ['cpu', ['requests', 'cpu']],
  ['requests.cpu', ['requests', 'cpu']],
  ['memory', ['requests', 'memory']],
  ['requests.memory', ['requests', 'memory']],
  ['limits.cpu', ['limits', 'cpu']],
  ['limits.memory', ['limits', 'memory']],
]);

export const quotaRequestMissing: Rule = {
  code: 'quota-request-missing',
  title: 'Container without what the quota demands',
  origin: 'advice',
  severity: 'warning',
  docs: `
A ResourceQuota of the namespace counts requests or limits of CPU or memory: from then on the server refuses every pod
with a container, an init container too, that does not say how much it needs. Defaults of a LimitRange count as said.

\`\`\`yaml
# bad: the quota has limits.memory
containers:
  - { name: web, image: web:1, resources: { requests: { memory: 64Mi } } }
# good
containers:
  - { name: web, image: web:1, resources: { requests: { memory: 64Mi }, limits: { memory: 64Mi } } }
\`\`\`
`,
  relate(object, relation) {
    const { workspace, here } = relation;
    const pod = podOf(object, here.facts.apiVersion, here.facts.kind);
    if (pod === null || here.facts.pod === null || workspace.mayDiffer(here)) return;
    const defaults = defaultsFor(here, workspace);
    const told = new Set<string>();
    for (const quota of governing('ResourceQuota', here, workspace)) {
      const { particulars } = quota.facts;
      if (particulars?.of !== 'quota' || particulars.scoped) continue;
      for (const [entry, [list, resource]] of demands) {
        if (!(entry in particulars.hard) || resource in defaults[list]) continue;
        const key = `${list}.${resource}`;
        if (told.has(key) || resource in here.facts.pod[list]) continue;
        told.add(key);
        const others = otherPlace(quota, message('The quota'));
        for (const container of containersOf(pod)) {
          if (says(container, list, resource)) continue;
          report(container, list, resource, quota.facts.name, others, relation);
        }
      }
    }
  },
};

function containersOf(pod: Field): readonly Field[] {
  const spec = pod.get('spec');
  return [...spec.get('initContainers').items(), ...spec.get('containers').items()];
}

function says(container: Field, list: 'requests' | 'limits', resource: string): boolean {
  const resources = container.get('resources');
  if (resources.written && resources.node?.type !== 'mapping') return true;
  return (
    resources.get(list).get(resource).written ||
    (list === 'requests' && resources.get('limits').get(resource).written)
  );
}

function report(
  container: Field,
  list: string,
  resource: string,
  quota: string,
  others: ReturnType<typeof otherPlace>,
  relation: Relation,
): void {
  const name = container.get('name').text() ?? container.key;
  relation.missing(
    container.get('resources').get(list),
    resource,
    message(
      'Quota {0} demands {1} of {2}: without it the server refuses pods of container {3}',
      quota,
      list,
      resource,
      name,
    ),
    { others, range: container.get('resources').written ? container.get('resources').head : container.head },
  );
}
