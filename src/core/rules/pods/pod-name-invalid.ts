import { message } from '../../finding.ts';
import { checkFilled, dnsSubdomain } from '../forms.ts';
import type { Rule } from '../rule.ts';
import { isEmpty } from '../values.ts';

export const podNameInvalid: Rule = {
  code: 'pod-name-invalid',
  title: 'Name in a pod that no object can have',
  origin: 'server',
  severity: 'error',
  docs: `
A pod names its service account, node, priority class and runtime class. All of these objects have names of small
letters, digits, \`-\` and \`.\`, so any other name cannot be found.

\`\`\`yaml
# bad
serviceAccountName: Web_Runner
# good
serviceAccountName: web-runner
\`\`\`
`,
  visit: {
    'core/v1.PodSpec'(spec, visit) {
      const account = spec.get('serviceAccountName');
      // The old name of the field stands in for the new one.
      const { path } = account;
      checkFilled(isEmpty(account) ? spec.get('serviceAccount') : account, dnsSubdomain, visit, { path });
      checkFilled(spec.get('nodeName'), dnsSubdomain, visit);
      checkFilled(spec.get('priorityClassName'), dnsSubdomain, visit);
      const runtime = spec.get('runtimeClassName');
      if (runtime.text() === '')
        visit.report(runtime, message('runtimeClassName must not be empty; remove it or name a class'));
      else checkFilled(runtime, dnsSubdomain, visit);
    },
  },
};
