import { message } from '../../finding.ts';
import type { Fix } from '../../finding.ts';
import type { Field } from '../../schema/field.ts';
import { quantityText } from '../../schema/scalars.ts';
import type { Rule, Visit } from '../rule.ts';
import { containerName, isWhole, keepsRunning } from '../workload-role.ts';
import { addAmount, amountOf, isAstray, placeOf } from './amounts.ts';

export const memoryLimitMissing: Rule = {
  code: 'memory-limit-missing',
  title: 'Memory limit missing',
  origin: 'advice',
  severity: 'warning',
  docs: `
A container without a memory limit may use all the memory of its node. A leak then ends not only this container: the
node runs short, and other pods are killed or evicted that did nothing wrong.

A limit of the whole pod (\`spec.resources\`) is enough, and plain init containers are not asked for one. A container
that requests no memory either is told that first, by \`requests-missing\`. A namespace may have a default limit (a
LimitRange); a manifest that relies on it does not say so, and behaves differently elsewhere.

\`\`\`yaml
# bad
resources:
  requests: { cpu: 100m, memory: 128Mi }
# good
resources:
  requests: { cpu: 100m, memory: 128Mi }
  limits: { memory: 128Mi }
\`\`\`

Source: [Resource management](https://kubernetes.io/docs/concepts/configuration/manage-resources-containers/) in the
Kubernetes documentation.
`,
  visit: {
    'core/v1.Container'(container, visit) {
      if (!keepsRunning(container) || !isWhole(container)) return;
      const own = amountOf(container, 'memory');
      const spec = container.up('core/v1.PodSpec');
      if (own === null || own.limit !== null || spec === null) return;
      const pod = amountOf(spec, 'memory');
      if (pod === null || pod.limit !== null) return;
      const request = own.request ?? pod.request;
      if (request === null || isAstray(container)) return;
      visit.missing(
        container.get('resources'),
        'limits',
        message(
          'Container {0} has no memory limit and may use up its node; add one',
          containerName(container),
        ),
        {
          range: placeOf(container),
          fixes: own.request === null ? [] : limitAsRequested(container, own.request, visit),
        },
      );
    },
  },
};

/** As much as is requested: the pod then never uses memory that was promised to others. */
function limitAsRequested(container: Field, { node }: Field, visit: Visit): readonly Fix[] {
  const text = node === null ? null : quantityText(node);
  return text === null ? [] : addAmount(container, 'limits', `memory: ${text.trim()}`, visit);
}
