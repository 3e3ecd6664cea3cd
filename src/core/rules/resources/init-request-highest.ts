import { message } from '../../finding.ts';
import type { Field } from '../../schema/field.ts';
import type { Rule, Visit } from '../rule.ts';
import { keepsRunning } from '../workload-role.ts';
import { amountOf, resourceName } from './amounts.ts';

export const initRequestHighest: Rule = {
  code: 'init-request-highest',
  title: 'Init container that requests more than all the others',
  origin: 'advice',
  severity: 'hint',
  docs: `
A pod takes up on its node what it needs at its greatest: all containers together, or the init container that requests
the most, as long as it lives. An init container that requests more than all others together keeps the difference
reserved for ever, long after it has ended. Lower its request, or raise its limit alone.

\`\`\`yaml
# bad
initContainers:
  - { name: migrate, image: 'shop:1', resources: { requests: { memory: 2Gi } } }
containers:
  - { name: web, image: 'shop:1', resources: { requests: { memory: 256Mi } } }
# good
initContainers:
  - name: migrate
    image: shop:1
    resources: { requests: { memory: 256Mi }, limits: { memory: 2Gi } }
containers:
  - { name: web, image: 'shop:1', resources: { requests: { memory: 256Mi } } }
\`\`\`

Source: [Resource sharing within containers](https://kubernetes.io/docs/concepts/workloads/pods/init-containers/#resource-sharing-within-containers)
in the Kubernetes documentation.
`,
  visit: {
    'core/v1.PodSpec'(spec, visit) {
      if (!spec.has('initContainers') || spec.get('resources').written) return;
      for (const resource of ['cpu', 'memory']) check(spec, resource, visit);
    },
  },
};

function check(spec: Field, resource: string, visit: Visit): void {
  const init = spec.get('initContainers').items();
  const running = total([...init.filter(keepsRunning), ...spec.get('containers').items()], resource);
  // Where the others request nothing, that is what is to be said.
  if (running === null || running === 0n) return;
  let before = 0n;
  for (const container of init) {
    const asked = requested(container, resource);
    if (asked === null) return;
    if (keepsRunning(container)) before += asked.nano;
    else if (asked.field !== null && asked.nano + before > running) {
      const name = resourceName(resource);
      visit.report(
        asked.field,
        message('The pod keeps this {0} reserved after the init container has ended; request less', name),
      );
    }
  }
}

function total(containers: readonly Field[], resource: string): bigint | null {
  let sum = 0n;
  for (const container of containers) {
    const asked = requested(container, resource);
    if (asked === null) return null;
    sum += asked.nano;
  }
  return sum;
}

/** Null where it cannot be known. */
function requested(
  container: Field,
  resource: string,
): { readonly nano: bigint; readonly field: Field | null } | null {
  const amount = amountOf(container, resource);
  if (amount === null) return null;
  const field = amount.request ?? amount.limit;
  if (field === null) return { nano: 0n, field };
  const quantity = field.quantity();
  return quantity === null ? null : { nano: quantity.nano, field };
}
