import { message } from '../../finding.ts';
import type { Field } from '../../schema/field.ts';
import type { Rule, Visit } from '../rule.ts';

export const secretLiteral: Rule = {
  code: 'secret-literal',
  title: 'Secret written into the manifest',
  origin: 'advice',
  severity: 'hint',
  strict: 'warning',
  docs: `
An environment variable whose name says that it is a secret has its value in the manifest, where everybody reads it who
can read the repository, its history, or the pod. Keep it in a Secret and refer to that.

A value that has the form of a well-known credential (a private key, a token of AWS, GitHub, GitLab, Slack, Stripe and
others), here or in a ConfigMap, is a warning whatever its name. Names such as \`PASSWORD_FILE\` and values that are
paths, references, flags or empty are not reported.

\`\`\`yaml
# bad
env:
  - name: DB_PASSWORD
    value: hunter2
# good
env:
  - name: DB_PASSWORD
    valueFrom:
      secretKeyRef: { name: db, key: password }
\`\`\`

Source: [Good practices for Kubernetes Secrets](https://kubernetes.io/docs/concepts/security/secrets-good-practices/).
`,
  visit: {
    'core/v1.EnvVar'(variable, visit) {
      const value = variable.get('value');
      const text = value.text();
      if (text === null || text.length < 3 || tellsCredential(value, text, visit)) return;
      const name = variable.get('name').text() ?? '';
      if (!(namesSecret.test(name) && !namesOther.test(name) && !isHarmless(text)) && !inAddress.test(text))
        return;
      visit.report(value, message('{0} holds a secret in plain text; refer to a key of a Secret', name));
    },
    'core/v1.ConfigMap'(map, visit) {
      for (const entry of map.get('data').entries()) {
        const text = entry.text();
        if (text !== null) tellsCredential(entry, text, visit);
      }
    },
  },
};

const namesSecret =
  /(?:^|[_.-])(?:password|passwd|pwd|passphrase|secret|token|api_?key|secret_?key|private_?key|access_?key|credentials?)(?:$|[_.-]?\d+$)|(?:PASSWORD|PASSWD|APIKEY)$/i;
/** The key's id is no secret; nor is a place where a secret is, or what it is called there. */
const namesOther =
  /(?:public|access_?key_?id$|file$|path$|dir$|name$|url$|uri$|allow|enable|require|use|max|min|length|policy)/i;
/** `postgres://shop:hunter2@db/shop`. */
const inAddress = /^[a-z][a-z0-9+.-]*:\/\/[^\s/:@]*:(?!\$[({])[^\s/:@]+@/i;
/** Letters, digits and signs of which such tokens are made; long enough to be no example. */
const credential =
  /-----BEGIN [A-Z ]*PRIVATE KEY-----|\b(?:AKIA|ASIA)[A-Z0-9]{16}\b|\bgh[pousr]_[A-Za-z0-9]{36}|\bgithub_pat_\w{40}|\bglpat-[\w-]{20}|\bxox[abprs]-[\w-]{20}|\b[sr]k_live_[A-Za-z0-9]{20}|\bAIza[\w-]{35}|\bnpm_[A-Za-z0-9]{36}/;

function tellsCredential(field: Field, text: string, visit: Visit): boolean {
  if (text.length < 20 || !credential.test(text)) return false;
  visit.report(
    field,
    message('This is a credential in plain text; replace it, and keep the new one in a Secret'),
    {
      severity: 'warning',
      range: field.head,
    },
  );
  return true;
}

/** A path, a reference to another variable, a flag, or a stand-in that tells so. */
function isHarmless(text: string): boolean {
  return (
    /^(?:\/|\.\/|[a-z]+:\/\/)/i.test(text) ||
    /\$[({]|[<>{}]|%\w+%/.test(text) ||
    /^(?:true|false|yes|no|on|off|none|null|enabled|disabled|optional|required|\d{1,3})$/i.test(text)
  );
}
