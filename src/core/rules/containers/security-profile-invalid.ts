import { message } from '../../finding.ts';
import type { Message } from '../../finding.ts';
import type { Field } from '../../schema/field.ts';
import { isDescending } from '../pods/paths.ts';
import type { Rule, Visit } from '../rule.ts';
import { checkChoice, goText } from '../values.ts';

const types = ['Localhost', 'RuntimeDefault', 'Unconfined'];
const LONGEST_PROFILE = 4095;

export const securityProfileInvalid: Rule = {
  code: 'security-profile-invalid',
  title: 'Seccomp or AppArmor profile that cannot be',
  origin: 'server',
  severity: 'error',
  docs: `
A profile of seccomp or AppArmor has a type: \`RuntimeDefault\`, \`Unconfined\` or \`Localhost\`. The last one, and only
that, names a \`localhostProfile\` of the node; for seccomp it is a path inside the folder of profiles.

\`\`\`yaml
# bad
seccompProfile: { type: Localhost }
# good
seccompProfile: { type: Localhost, localhostProfile: profiles/web.json }
\`\`\`
`,
  visit: {
    'core/v1.SeccompProfile'(profile, visit) {
      checkType(profile, visit);
      const local = profile.get('localhostProfile');
      const path = local.text();
      if (profile.get('type').text() !== 'Localhost' || path === null || isDescending(path)) return;
      visit.report(local, message('The profile must be a path below the folder of profiles, without ".."'));
    },
    'core/v1.AppArmorProfile'(profile, visit) {
      checkType(profile, visit);
      const local = profile.get('localhostProfile');
      const name = local.text();
      if (profile.get('type').text() !== 'Localhost' || name === null) return;
      if (name === '') visit.missing(profile, 'localhostProfile', required());
      else if (name !== name.trim())
        visit.report(local, message('The name of a profile has no spaces around it; remove them'));
      else if (name.length > LONGEST_PROFILE)
        visit.report(local, message('The name of a profile has at most {0} characters', LONGEST_PROFILE));
    },
  },
};

function required(): Message {
  return message('A profile of type Localhost needs its name; add localhostProfile');
}

function checkType(profile: Field, visit: Visit): void {
  const field = profile.get('type');
  const type = goText(field);
  const local = profile.get('localhostProfile');
  if (type === '') visit.missing(profile, 'type', message('{0} is required; add it', 'type'));
  else checkChoice(field, types, visit);
  if (type === 'Localhost' && !local.written) visit.missing(profile, 'localhostProfile', required());
  // With a type it does not know, the server has nothing to say of an AppArmor profile's name.
  const known = profile.is('core/v1.SeccompProfile') || (type !== null && types.includes(type));
  if (known && type !== null && type !== 'Localhost' && local.written)
    visit.report(local, message('Only a profile of type Localhost has a localhostProfile; remove it'));
}
