import { message } from '../../finding.ts';
import type { Rule } from '../rule.ts';
import { goText, checkChoice } from '../values.ts';

const modes = ['enforce', 'audit', 'warn'];
const levels = ['privileged', 'baseline', 'restricted'];
const version = /^(?:latest|v1\.(?:0|[1-9]\d*))$/;

export const podSecurityLabelInvalid: Rule = {
  code: 'pod-security-label-invalid',
  title: 'Unknown level of pod security',
  origin: 'server',
  severity: 'error',
  docs: `
Labels of a Namespace say which pods it takes: \`pod-security.kubernetes.io/enforce\`, \`audit\` and \`warn\` name a level,
\`privileged\`, \`baseline\` or \`restricted\`, and \`enforce-version\` and its like the Kubernetes version whose rules
apply, \`latest\` or \`v1.36\`.

\`\`\`yaml
# bad
labels:
  pod-security.kubernetes.io/enforce: strict
# good
labels:
  pod-security.kubernetes.io/enforce: restricted
\`\`\`
`,
  visit: {
    'core/v1.Namespace'(namespace, visit) {
      const labels = namespace.at('metadata.labels');
      if (!labels.written) return;
      for (const mode of modes) {
        const key = `pod-security.kubernetes.io/${mode}`;
        if (labels.has(key)) checkChoice(labels.get(key), levels, visit);
        const pinned = labels.has(`${key}-version`) ? goText(labels.get(`${key}-version`)) : null;
        if (pinned !== null && !version.test(pinned)) {
          const text = message('{0} cannot be "{1}"; use latest or a version such as v1.36', mode, pinned);
          visit.report(labels.get(`${key}-version`), text);
        }
      }
    },
  },
};
