import { message } from '../../finding.ts';
import { formatQuantity, milli } from '../../quantity.ts';
import type { Field } from '../../schema/field.ts';
import { isOfPod } from '../pods/pod.ts';
import type { Rule, Visit } from '../rule.ts';
import { amountsOfContainers } from './pod-amounts.ts';
import { isHugePages } from '../resource-names.ts';
import { amountsOf, goQuantity } from './resources.ts';

export const podResourcesInvalid: Rule = {
  code: 'pod-resources-invalid',
  title: 'Resources of a pod that its containers do not fit in',
  origin: 'server',
  severity: 'error',
  docs: `
\`spec.resources\` of a pod bounds all of its containers together: it requests at least what they request in sum, and no
container has a higher limit than the pod. Claims belong to containers.

\`\`\`yaml
# bad
resources: { requests: { cpu: 500m } }
containers:
  - name: web
    image: web:1
    resources: { requests: { cpu: "1" } }
# good
resources: { requests: { cpu: "1" } }
containers:
  - name: web
    image: web:1
    resources: { requests: { cpu: "1" } }
\`\`\`
`,
  visit: {
    'core/v1.PodSpec'(spec, visit) {
      // What a patch leaves out may need more.
      if (!spec.has('resources') || !spec.get('resources').written) return;
      const resources = spec.get('resources');
      if (resources.get('claims').written)
        visit.report(
          resources.get('claims'),
          message('Claims belong to a container, not to the pod; move them'),
        );
      checkRequests(spec, resources, visit);
      checkHugepages(spec, resources, visit);
      checkLimits(spec, resources, visit);
    },
  },
};

/** A Pod that has limits, and no request of a resource, requests what its containers do. */
function checkRequests(spec: Field, resources: Field, visit: Visit): void {
  const ofPod = isOfPod(spec);
  const [requests, limits] = [resources.get('requests'), resources.get('limits')];
  for (const [name, sum] of amountsOfContainers(spec, 'requests', ofPod)) {
    const own = requests.has(name) ? requests.get(name) : null;
    const implied = ofPod && own === null && !isHugePages(name) && limits.has(name);
    if (sum === null || (own === null && !implied)) continue;
    const bound = own ?? limits.get(name);
    const quantity = goQuantity(bound);
    if (quantity === null || sum <= milli(quantity)) continue;
    visit.report(
      bound,
      message('The containers request {0} of {1} together; raise what the pod has', print(sum, bound), name),
      { path: own === null ? requests.path : own.path },
    );
  }
}

function checkHugepages(spec: Field, resources: Field, visit: Visit): void {
  const limits = resources.get('limits');
  if (!amountsOf(limits).some(({ key }) => isHugePages(key))) return;
  for (const [name, sum] of amountsOfContainers(spec, 'limits', false)) {
    const limit = limits.get(name);
    const quantity = isHugePages(name) && limits.has(name) ? goQuantity(limit) : null;
    if (sum === null || quantity === null || sum <= milli(quantity)) continue;
    visit.report(
      limit,
      message('The containers may have {0} of {1} together; raise what the pod has', print(sum, limit), name),
    );
  }
}

/** The server names the container as if it stood among the resources. */
function checkLimits(spec: Field, resources: Field, visit: Visit): void {
  const limits = resources.get('limits');
  for (const bound of amountsOf(limits)) {
    const most = goQuantity(bound);
    if (most === null) continue;
    for (const container of spec.get('containers').items()) {
      const limit = container.get('resources').get('limits').get(bound.key);
      const quantity = goQuantity(limit);
      if (quantity === null || milli(quantity) <= milli(most)) continue;
      visit.report(
        limit,
        message('The limit of {0} is above that of the pod; change one of them', bound.key),
        {
          path: `${resources.path}.containers[${container.key}][${bound.key}].limits`,
          related: [{ message: message('The limit of the pod is here'), range: bound.range }],
        },
      );
    }
  }
}

function print(thousandths: bigint, like: Field): string {
  const format = like.quantity()?.format ?? 'decimal';
  return formatQuantity({ nano: thousandths * 1_000_000n, format });
}
