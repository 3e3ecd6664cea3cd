import { message } from '../../finding.ts';
import type { Rule } from '../rule.ts';
import { checkChoice, goNumber } from '../values.ts';

const HIGHEST = 1_000_000_000;
const policies: readonly string[] = ['Never', 'PreemptLowerPriority'];
/** Names with this prefix are Kubernetes' own, and so are their values. */
const systemPrefix = 'system-';
const systemValues: ReadonlyMap<string, number> = new Map([
  ['system-node-critical', 2_000_001_000],
  ['system-cluster-critical', 2_000_000_000],
]);

export const priorityClassInvalid: Rule = {
  code: 'priority-class-invalid',
  title: 'PriorityClass out of bounds',
  origin: 'server',
  severity: 'error',
  docs: `
The value of a PriorityClass is at most 1000000000: what lies above, and names that begin with \`system-\`, belong to
Kubernetes. \`preemptionPolicy\` is \`Never\` or \`PreemptLowerPriority\`.

\`\`\`yaml
# bad
metadata: { name: system-mine }
value: 2000000000
# good
metadata: { name: mine }
value: 1000000000
\`\`\`
`,
  visit: {
    'scheduling/v1.PriorityClass'(priority, visit) {
      const [name, value] = [priority.at('metadata.name'), priority.get('value')];
      const text = name.text() ?? '';
      const number = goNumber(value);
      if (!text.startsWith(systemPrefix)) {
        if (number !== null && number > HIGHEST)
          visit.report(value, message('value is at most {0}; lower it', HIGHEST));
      } else if (
        number !== null &&
        (systemValues.get(text) !== number || priority.get('globalDefault').flag() === true)
      )
        visit.report(name, message('Names that begin with system- are taken by Kubernetes; use another'));
      checkChoice(priority.get('preemptionPolicy'), policies, visit);
    },
  },
};
