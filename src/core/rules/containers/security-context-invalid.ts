import { message } from '../../finding.ts';
import type { Field } from '../../schema/field.ts';
import type { Rule, Visit } from '../rule.ts';
import { checkChoice, checkRange } from '../values.ts';

const LARGEST_ID = 2 ** 31 - 1;
const procMounts = ['Default', 'Unmasked'];

export const securityContextInvalid: Rule = {
  code: 'security-context-invalid',
  title: 'Security context of a container that contradicts itself',
  origin: 'server',
  severity: 'error',
  docs: `
User and group ids are from 0 to 2147483647. \`allowPrivilegeEscalation: false\` cannot stand beside
\`privileged: true\` or the capability \`CAP_SYS_ADMIN\`, which both allow it. \`procMount: Unmasked\` needs
\`hostUsers: false\` in the pod.

\`\`\`yaml
# bad
securityContext:
  privileged: true
  allowPrivilegeEscalation: false
# good
securityContext:
  allowPrivilegeEscalation: false
\`\`\`
`,
  visit: {
    'core/v1.SecurityContext'(context, visit) {
      for (const field of context.entries()) {
        if (!field.written) continue;
        if (field.key === 'runAsUser' || field.key === 'runAsGroup') checkRange(field, 0, LARGEST_ID, visit);
        else if (field.key === 'procMount') checkProcMount(field, visit);
        else if (field.key === 'allowPrivilegeEscalation' && field.flag() === false)
          checkEscalation(context, field, visit);
      }
    },
  },
};

function checkProcMount(field: Field, visit: Visit): void {
  checkChoice(field, procMounts, visit);
  const users = field.up('core/v1.PodSpec')?.get('hostUsers');
  if (field.text() !== 'Unmasked' || users === undefined) return;
  if (users.written && users.flag() !== true) return;
  visit.report(
    field,
    message('procMount Unmasked needs hostUsers: false in the pod; add that or use Default'),
  );
}

/** The server tells it of the whole context. */
function checkEscalation(context: Field, field: Field, visit: Visit): void {
  const { range } = field;
  if (context.get('privileged').flag() === true) {
    visit.report(context, message('A privileged container cannot forbid privilege escalation; remove one'), {
      range,
    });
  }
  const added = context.get('capabilities').get('add').items();
  if (added.some((capability) => capability.text() === 'CAP_SYS_ADMIN')) {
    visit.report(
      context,
      message('CAP_SYS_ADMIN allows privilege escalation; remove it or allow escalation'),
      {
        range,
      },
    );
  }
}
