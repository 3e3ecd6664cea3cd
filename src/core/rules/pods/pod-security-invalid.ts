import { message } from '../../finding.ts';
import type { Field } from '../../schema/field.ts';
import type { Rule, Visit } from '../rule.ts';
import { checkChoice, goNumber } from '../values.ts';

const LARGEST_ID = 2 ** 31 - 1;
const ids = ['fsGroup', 'runAsUser', 'runAsGroup'];
const choices: Readonly<Record<string, readonly string[]>> = {
  fsGroupChangePolicy: ['OnRootMismatch', 'Always'],
  supplementalGroupsPolicy: ['Merge', 'Strict'],
  seLinuxChangePolicy: ['Recursive', 'MountOption'],
};

export const podSecurityInvalid: Rule = {
  code: 'pod-security-invalid',
  title: 'Security context of a pod that cannot be used',
  origin: 'server',
  severity: 'error',
  docs: `
User and group ids of a pod are from 0 to 2147483647. \`fsGroupChangePolicy\` is \`OnRootMismatch\` or \`Always\`,
\`supplementalGroupsPolicy\` is \`Merge\` or \`Strict\`, \`seLinuxChangePolicy\` is \`Recursive\` or \`MountOption\`.
A pod that sees all processes of its node (\`hostPID\`) cannot share those of its own containers as well.

\`\`\`yaml
# bad
securityContext:
  runAsUser: -1
# good
securityContext:
  runAsUser: 1000
\`\`\`
`,
  visit: {
    'core/v1.PodSecurityContext'(context, visit) {
      for (const key of ids) if (context.get(key).written) checkId(context.get(key), visit);
      for (const group of context.get('supplementalGroups').items()) checkId(group, visit);
      for (const [key, words] of Object.entries(choices)) checkChoice(context.get(key), words, visit);
    },
    'core/v1.PodSpec'(spec, visit) {
      if (!spec.has('hostPID') || !spec.has('shareProcessNamespace')) return;
      if (spec.get('hostPID').flag() !== true || spec.get('shareProcessNamespace').flag() !== true) return;
      visit.report(
        spec.get('securityContext').get('shareProcessNamespace'),
        message('hostPID and shareProcessNamespace cannot both be true; remove one'),
        { range: spec.get('shareProcessNamespace').range },
      );
    },
  },
};

function checkId(field: Field, visit: Visit): void {
  const id = goNumber(field);
  if (id !== null && (id < 0 || id > LARGEST_ID))
    visit.report(field, message('A user or group id must be from 0 to {0}; change it', LARGEST_ID));
}
