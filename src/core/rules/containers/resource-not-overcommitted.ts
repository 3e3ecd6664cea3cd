import { message } from '../../finding.ts';
import type { Field } from '../../schema/field.ts';
import type { Rule, Visit } from '../rule.ts';
import { isExtendedResource, isOvercommitAllowed } from '../resource-names.ts';
import { milli } from '../../quantity.ts';
import { amountsOf, goQuantity } from './resources.ts';

export const resourceNotOvercommitted: Rule = {
  code: 'resource-not-overcommitted',
  title: 'Request of a device or huge page unlike its limit',
  origin: 'server',
  severity: 'error',
  docs: `
Devices and other resources that somebody else provides, and huge pages, cannot be promised twice: a container has what
it requests. So the request equals the limit, and none can be requested without a limit; a limit alone is enough.
Devices come in whole numbers.

\`\`\`yaml
# bad
resources:
  requests: { nvidia.com/gpu: 1 }
# good
resources:
  limits: { nvidia.com/gpu: 1 }
\`\`\`
`,
  visit: {
    'core/v1.ResourceRequirements'(resources, visit) {
      for (const list of resources.entries()) {
        if (list.key !== 'limits' && list.key !== 'requests') continue;
        for (const amount of amountsOf(list)) {
          if (isOvercommitAllowed(amount.key)) continue;
          checkWhole(amount, amount.path, visit);
          if (list.key === 'requests') checkLimit(resources, amount, visit);
        }
      }
    },
    'core/v1.PodSpec'(spec, visit) {
      if (!spec.has('overhead')) return;
      const overhead = spec.get('overhead');
      for (const amount of amountsOf(overhead))
        checkWhole(amount, `${overhead.path}.limits[${amount.key}]`, visit);
    },
  },
};

function checkWhole(amount: Field, path: string, visit: Visit): void {
  const { key } = amount;
  if (!isExtendedResource(key)) return;
  const quantity = goQuantity(amount);
  if (quantity === null || milli(quantity) % 1000n === 0n) return;
  visit.report(amount, message('{0} comes in whole numbers; write one', key), { path });
}

function checkLimit(resources: Field, request: Field, visit: Visit): void {
  const { key } = request;
  const limits = resources.get('limits');
  const limit = limits.get(key);
  if (limit.node === null) {
    visit.missing(
      resources,
      'limits',
      message('{0} cannot be requested without a limit; add the same limit', key),
      {
        range: request.head,
      },
    );
    return;
  }
  const [asked, allowed] = [goQuantity(request), goQuantity(limit)];
  if (asked === null || allowed === null || milli(asked) === milli(allowed)) return;
  visit.report(request, message('The request of {0} must equal its limit; change one of them', key), {
    path: request.parent?.path ?? request.path,
    related: [{ message: message('The limit is here'), range: limit.range }],
  });
}
