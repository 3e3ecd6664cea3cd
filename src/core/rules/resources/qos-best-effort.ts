import { message } from '../../finding.ts';
import type { Field } from '../../schema/field.ts';
import type { Rule } from '../rule.ts';
import { isWhole } from '../workload-role.ts';
import { amountOf } from './amounts.ts';

const counted = ['cpu', 'memory'] as const;

export const qosBestEffort: Rule = {
  code: 'qos-best-effort',
  title: 'Pod of the class BestEffort',
  origin: 'advice',
  severity: 'off',
  docs: `
No container of the pod requests or limits any CPU or memory, which makes it of the class BestEffort: when its node runs
short, it is evicted before all others, and when the CPU is busy it gets next to none. That may be right for work that
can wait. With any request it is Burstable; with limits of both CPU and memory, and requests equal to them, for all
containers, it is Guaranteed and evicted last.

\`\`\`yaml
# bad
containers:
  - name: web
    image: web:1
# good
containers:
  - name: web
    image: web:1
    resources:
      requests: { cpu: 100m, memory: 128Mi }
\`\`\`

Source: [Quality of service classes](https://kubernetes.io/docs/concepts/workloads/pods/pod-qos/) in the Kubernetes
documentation.
`,
  visit: {
    'core/v1.PodSpec'(spec, visit) {
      const containers = [...spec.get('initContainers').items(), ...spec.get('containers').items()];
      if (containers.length === 0 || !containers.every(isWhole)) return;
      if (![spec, ...containers].every(asksForNothing)) return;
      const text = message('This pod is BestEffort: the first to be evicted; request CPU and memory');
      visit.missing(spec.get('containers').items()[0]?.get('resources') ?? spec, 'requests', text, {
        range: spec.get('containers').head,
      });
    },
  },
};

function asksForNothing(owner: Field): boolean {
  return counted.every((resource) => {
    const amount = amountOf(owner, resource);
    return amount !== null && isNothing(amount.request) && isNothing(amount.limit);
  });
}

function isNothing(field: Field | null): boolean {
  return field === null || field.quantity()?.nano === 0n;
}
