import type { Rule } from '../rule.ts';
import { checkChoice, isEmpty } from '../values.ts';

const choices: ReadonlyMap<string, readonly string[]> = new Map([
  ['imagePullPolicy', ['Always', 'IfNotPresent', 'Never']],
  ['terminationMessagePolicy', ['File', 'FallbackToLogsOnError']],
]);

export const containerPolicyInvalid: Rule = {
  code: 'container-policy-invalid',
  title: 'Unknown policy of a container',
  origin: 'server',
  severity: 'error',
  docs: `
\`imagePullPolicy\` is \`Always\`, \`IfNotPresent\` or \`Never\`; \`terminationMessagePolicy\` is \`File\` or
\`FallbackToLogsOnError\`. Letter case counts.

\`\`\`yaml
# bad
imagePullPolicy: ifNotPresent
# good
imagePullPolicy: IfNotPresent
\`\`\`
`,
  visit: {
    'core/v1.Container'(container, visit) {
      for (const field of container.entries()) {
        const words = choices.get(field.key);
        // Nothing is replaced by the default.
        if (words !== undefined && !isEmpty(field)) checkChoice(field, words, visit);
      }
    },
  },
};
