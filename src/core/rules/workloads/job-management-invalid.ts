import { message } from '../../finding.ts';
import { checkForm, domainPath } from '../forms.ts';
import type { Rule } from '../rule.ts';
import { checkChoice } from '../values.ts';

const LONGEST = 63;

export const jobManagementInvalid: Rule = {
  code: 'job-management-invalid',
  title: 'Unknown manager or replacement policy of a Job',
  origin: 'server',
  severity: 'error',
  docs: `
\`managedBy\` names the controller that runs the Job, as a domain and a path of at most 63 characters
(\`kueue.x-k8s.io/multikueue\`). \`podReplacementPolicy\` says when a pod is made for one that fails: \`Failed\`, once it
has ended, or \`TerminatingOrFailed\`, already while it does. Beside a \`podFailurePolicy\` only \`Failed\` is possible.

\`\`\`yaml
# bad
managedBy: kueue
# good
managedBy: kueue.x-k8s.io/multikueue
\`\`\`
`,
  visit: {
    'batch/v1.JobSpec'(spec, visit) {
      const manager = spec.get('managedBy');
      if (!checkForm(manager, domainPath, visit) && (manager.text()?.length ?? 0) > LONGEST)
        visit.report(manager, message('managedBy has more than 63 characters; shorten it'));
      const policies = spec.get('podFailurePolicy').written ? ['Failed'] : ['Failed', 'TerminatingOrFailed'];
      checkChoice(spec.get('podReplacementPolicy'), policies, visit);
    },
  },
};
