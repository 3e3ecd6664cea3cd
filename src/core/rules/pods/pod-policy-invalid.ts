import { message } from '../../finding.ts';
import type { Rule } from '../rule.ts';
import { checkChoice, isEmpty } from '../values.ts';

const restartPolicies = ['Always', 'OnFailure', 'Never'];
const dnsPolicies = ['ClusterFirst', 'ClusterFirstWithHostNet', 'Default', 'None'];
const preemptionPolicies = ['PreemptLowerPriority', 'Never'];

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
      const restart = spec.get('restartPolicy');
      if (!isEmpty(restart)) checkChoice(restart, restartPolicies, visit);
      const dns = spec.get('dnsPolicy');
      if (!isEmpty(dns)) checkChoice(dns, dnsPolicies, visit);
      const preemption = spec.get('preemptionPolicy');
      if (preemption.text() === '')
        visit.report(preemption, message('preemptionPolicy must not be empty; remove it or give a policy'));
      else checkChoice(preemption, preemptionPolicies, visit);
    },
  },
};
