import { message } from '../../finding.ts';
import type { Field } from '../../schema/field.ts';
import { checkFilled, dnsSubdomain } from '../forms.ts';
import type { Rule, Visit } from '../rule.ts';
import { isEmpty } from '../values.ts';

const names = ['serviceAccountName', 'nodeName', 'priorityClassName', 'runtimeClassName'];

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
      for (const key of names) if (spec.has(key)) checkFilled(spec.get(key), dnsSubdomain, visit);
      if (spec.has('serviceAccount')) checkOldName(spec, visit);
      if (!spec.has('runtimeClassName')) return;
      const runtime = spec.get('runtimeClassName');
      if (runtime.text() === '')
        visit.report(runtime, message('runtimeClassName must not be empty; remove it or name a class'));
    },
  },
};

/** The older field stands in for `serviceAccountName`, and goes by that name. */
function checkOldName(spec: Field, visit: Visit): void {
  const account = spec.get('serviceAccountName');
  if (isEmpty(account)) checkFilled(spec.get('serviceAccount'), dnsSubdomain, visit, { path: account.path });
}
