import { message } from '../../finding.ts';
import type { Rule } from '../rule.ts';
import { checkChoice, isEmpty } from '../values.ts';

/** Empty ones are set by the server, but for the last. */
const policies: ReadonlyMap<string, readonly string[]> = new Map([
  ['restartPolicy', ['Always', 'OnFailure', 'Never']],
  ['dnsPolicy', ['ClusterFirst', 'ClusterFirstWithHostNet', 'Default', 'None']],
  ['preemptionPolicy', ['PreemptLowerPriority', 'Never']],
]);

export const podPolicyInvalid: Rule = {
  code: 'pod-policy-invalid',
  title: 'Unknown policy of a pod',
  origin: 'server',
  severity: 'error',
  docs: `
A pod's \`restartPolicy\`, \`dnsPolicy\` and \`preemptionPolicy\` each take one of a few words, in exactly this spelling:

- \`restartPolicy\`: \`Always\`, \`OnFailure\` or \`Never\`
- \`dnsPolicy\`: \`ClusterFirst\`, \`ClusterFirstWithHostNet\`, \`Default\` or \`None\`
- \`preemptionPolicy\`: \`PreemptLowerPriority\` or \`Never\`

\`\`\`yaml
# bad
restartPolicy: always
# good
restartPolicy: Always
\`\`\`
`,
  visit: {
    'core/v1.PodSpec'(spec, visit) {
      for (const [key, words] of policies) {
        if (!spec.has(key)) continue;
        const policy = spec.get(key);
        if (!isEmpty(policy)) checkChoice(policy, words, visit);
        else if (policy.written && key === 'preemptionPolicy')
          visit.report(policy, message('preemptionPolicy must not be empty; remove it or give a policy'));
      }
    },
  },
};
