import { message } from '../../finding.ts';
import type { Field } from '../../schema/field.ts';
import type { Rule, Visit } from '../rule.ts';
import { isEmpty } from '../values.ts';
import { decodeBase64 } from '../../bytes.ts';
import { isKnownMap } from './data.ts';

const accountAnnotation = 'kubernetes.io/service-account.name';

/** Keys that a type needs, all of them. */
const needed: Readonly<Record<string, readonly string[]>> = {
  'kubernetes.io/tls': ['tls.crt', 'tls.key'],
  'kubernetes.io/ssh-auth': ['ssh-privatekey'],
  'kubernetes.io/dockerconfigjson': ['.dockerconfigjson'],
  'kubernetes.io/dockercfg': ['.dockercfg'],
};

const credentials = ['username', 'password'] as const;
const withContent: ReadonlySet<string> = new Set(['ssh-privatekey']);
const withJson: ReadonlySet<string> = new Set(['.dockerconfigjson', '.dockercfg']);

export const secretTypeKeys: Rule = {
  code: 'secret-type-keys',
  title: 'Secret without the keys of its type',
  origin: 'server',
  severity: 'error',
  docs: `
The type of a Secret says which keys it has, in \`data\` or in \`stringData\`:

| Type | Keys |
| --- | --- |
| \`kubernetes.io/tls\` | \`tls.crt\` and \`tls.key\` |
| \`kubernetes.io/dockerconfigjson\` | \`.dockerconfigjson\`, a JSON object |
| \`kubernetes.io/dockercfg\` | \`.dockercfg\`, a JSON object |
| \`kubernetes.io/basic-auth\` | \`username\` or \`password\` |
| \`kubernetes.io/ssh-auth\` | \`ssh-privatekey\`, not empty |
| \`kubernetes.io/service-account-token\` | the annotation \`kubernetes.io/service-account.name\` |

\`\`\`yaml
# bad
type: kubernetes.io/tls
stringData: { cert.pem: "…", key.pem: "…" }
# good
type: kubernetes.io/tls
stringData: { tls.crt: "…", tls.key: "…" }
\`\`\`
`,
  visit: {
    'core/v1.Secret'(secret, visit) {
      const type = secret.get('type').text() ?? '';
      if (type === 'kubernetes.io/service-account-token') checkAccount(secret, visit);
      if (!isKnownMap(secret.get('data')) || !isKnownMap(secret.get('stringData'))) return;
      if (type === 'kubernetes.io/basic-auth') checkCredentials(secret, visit);
      const keys = Object.hasOwn(needed, type) ? (needed[type] ?? []) : [];
      for (const key of keys) checkKey(secret, key, type, visit);
    },
  },
};

/** A value as it is kept: `stringData` hides `data`. */
function valueOf(secret: Field, key: string): Field {
  const text = secret.get('stringData').get(key);
  return text.node === null ? secret.get('data').get(key) : text;
}

function checkKey(secret: Field, key: string, type: string, visit: Visit): void {
  const value = valueOf(secret, key);
  if (value.node === null || (withContent.has(key) && isEmpty(value))) {
    visit.missing(secret.get('data'), key, message('Type {0} needs the key {1}; add it', type, key), {
      range: value.node === null ? secret.get('type').range : value.range,
    });
  } else if (withJson.has(key) && isOtherText(value)) {
    visit.report(value, message('{0} must hold a JSON object such as {"auths":{}}; change it', key), {
      path: secret.get('data').get(key).path,
    });
  }
}

/** Known, and neither a JSON object nor null. */
function isOtherText(value: Field): boolean {
  const written = value.written ? value.text() : '';
  if (written === null) return false;
  const text = value.parent?.key === 'data' ? decodeBase64(written) : written;
  try {
    const json: unknown = JSON.parse(text);
    return typeof json !== 'object' || Array.isArray(json);
  } catch {
    return true;
  }
}

function checkCredentials(secret: Field, visit: Visit): void {
  if (credentials.some((key) => valueOf(secret, key).node !== null)) return;
  const text = message('Type kubernetes.io/basic-auth needs the key username or password; add one');
  visit.missing(secret.get('data'), 'username', text, { range: secret.get('type').range });
}

function checkAccount(secret: Field, visit: Visit): void {
  const annotations = secret.at('metadata.annotations');
  if (isEmpty(annotations.get(accountAnnotation)))
    visit.missing(
      annotations,
      accountAnnotation,
      message('A token needs the annotation {0}; add it', accountAnnotation),
    );
}
