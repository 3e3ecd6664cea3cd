import { message } from '../../finding.ts';
import { formatQuantity } from '../../quantity.ts';
import type { Rule } from '../rule.ts';
import { targetsOf } from './missing.ts';
import { otherPlace } from './places.ts';
import { excessOf, podAmounts } from './amounts.ts';
import { governing } from './limits.ts';

export const hpaExceedsQuota: Rule = {
  code: 'hpa-exceeds-quota',
  title: 'Autoscaler beyond the quota',
  origin: 'advice',
  severity: 'warning',
  docs: `
The pods of a workload at its autoscaler's maximum request more than a ResourceQuota of the namespace allows. The last
pods are never made, and that shows only when the load is there.

\`\`\`yaml
# bad: each pod requests 500m, and the quota has requests.cpu: 4
maxReplicas: 20
# good
maxReplicas: 8
\`\`\`
`,
  relate(object, relation) {
    const { workspace, here } = relation;
    const { particulars, references } = here.facts;
    if (particulars?.of !== 'autoscaler' || particulars.maximum === null) return;
    const reference = references.find(({ path }) => path.endsWith('scaleTargetRef.name'));
    if (reference === undefined) return;
    const [target, ...more] = targetsOf(reference, relation);
    if (target === undefined || more.length > 0 || workspace.mayDiffer(target)) return;
    const quotas = governing('ResourceQuota', here, workspace);
    const amounts = podAmounts(target, workspace);
    if (amounts === null) return;
    for (const quota of quotas) {
      const [excess] = excessOf(quota, amounts, particulars.maximum);
      if (excess === undefined) continue;
      relation.report(
        object.at('spec.maxReplicas'),
        message(
          '{0} replicas take {1} of {2}; quota {3} allows {4}',
          particulars.maximum,
          formatQuantity(excess.needed),
          excess.resource,
          quota.facts.name,
          formatQuantity(excess.allowed),
        ),
        { others: otherPlace(quota, message('The quota')) },
      );
    }
  },
};
