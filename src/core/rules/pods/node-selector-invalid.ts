import { message } from '../../finding.ts';
import { isLabelValue, isQualifiedName } from '../names.ts';
import type { Rule } from '../rule.ts';
import { goText } from '../values.ts';

export const nodeSelectorInvalid: Rule = {
  code: 'node-selector-invalid',
  title: 'Node selector that is no label',
  origin: 'server',
  severity: 'error',
  docs: `
\`nodeSelector\` names labels of the nodes a pod may run on. Keys and values have the form of labels: up to 63 letters,
digits, \`-\`, \`_\` and \`.\`, with a letter or digit at both ends; a key may have a domain in front.

\`\`\`yaml
# bad
nodeSelector:
  disk type: ssd
# good
nodeSelector:
  disk-type: ssd
\`\`\`
`,
  visit: {
    'core/v1.PodSpec'(spec, visit) {
      if (!spec.has('nodeSelector')) return;
      const selector = spec.get('nodeSelector');
      for (const label of selector.entries()) {
        const value = goText(label);
        if (!isQualifiedName(label.key))
          visit.report(
            selector,
            message('"{0}" is no key of a label; write one such as kubernetes.io/os', label.key),
            {
              range: label.head,
            },
          );
        if (value !== null && !isLabelValue(value))
          visit.report(selector, message('"{0}" is no value of a label; no node can have it', value), {
            range: label.range,
          });
      }
    },
  },
};
