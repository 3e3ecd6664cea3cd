import { message } from '../../finding.ts';
import type { Message } from '../../finding.ts';
import { checkForm, dnsSubdomain } from '../forms.ts';
import type { Rule } from '../rule.ts';

const LONGEST_DOMAIN = 255;
const LONGEST_USER = 104;
const LARGEST_SPEC = 64 * 1024;
const control = /[\x00-\x1f\x7f]/;
const netBiosName = /^[^\\/:*?"<>|.][^\\/:*?"<>|]{0,14}$/;
const dnsName =
  /^[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?(?:\.[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?)*$/;
const strangeInUser = /["/\\:;|=,+*?<>@[\]]/;

export const windowsOptionsInvalid: Rule = {
  code: 'windows-options-invalid',
  title: 'Windows options that cannot be',
  origin: 'server',
  severity: 'error',
  docs: `
\`runAsUserName\` is the name of a Windows user, with a domain before it if need be (\`DOMAIN\\\\user\`): not empty, and
without characters that Windows keeps for itself. \`gmsaCredentialSpecName\` is the name of an object.

\`\`\`yaml
# bad
windowsOptions: { runAsUserName: "user@example.com" }
# good
windowsOptions: { runAsUserName: ContainerUser }
\`\`\`
`,
  visit: {
    'core/v1.WindowsSecurityContextOptions'(options, visit) {
      checkForm(options.get('gmsaCredentialSpecName'), dnsSubdomain, visit);
      const spec = options.get('gmsaCredentialSpec');
      const text = spec.text();
      if (text === '') visit.report(spec, message('gmsaCredentialSpec is empty; fill it in or remove it'));
      else if (text !== null && text.length > LARGEST_SPEC)
        visit.report(spec, message('gmsaCredentialSpec is longer than 64 KiB; shorten it'));
      const user = options.get('runAsUserName');
      const name = user.text();
      const wrong = name === null ? null : userProblem(name);
      if (wrong !== null) visit.report(user, wrong);
    },
  },
};

function userProblem(name: string): Message | null {
  if (name === '') return message('runAsUserName is empty; write the name of a user or remove it');
  if (control.test(name)) return message('runAsUserName cannot have control characters; remove them');
  const parts = name.split('\\');
  if (parts.length > 2) return message('runAsUserName has at most one backslash, between domain and user');
  const [user = '', domain = null] = parts.reverse();
  if (
    domain !== null &&
    (domain.length > LONGEST_DOMAIN || !(netBiosName.test(domain) || dnsName.test(domain)))
  )
    return message('"{0}" is no name of a Windows domain; change it', domain);
  const strange =
    user === '' || user.length > LONGEST_USER || /^[. ]+$/.test(user) || strangeInUser.test(user);
  return strange ? message('"{0}" is no name of a Windows user; change it', user) : null;
}
