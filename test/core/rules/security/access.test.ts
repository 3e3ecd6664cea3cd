import { object, podOf, tryRule } from '../advice.ts';

const role = (rule: string, kind = 'ClusterRole', name = 'web'): string =>
  object(`rbac.authorization.k8s.io/v1 ${kind}`, `rules:\n  - { ${rule} }`, name);

tryRule('rbac-wildcard', {
  everything: { text: role('apiGroups: ["*"], resources: ["*"], verbs: [«"*"»]'), severity: 'warning' },
  'every verb': {
    text: role('apiGroups: [apps], resources: [deployments], verbs: [«"*"»]'),
    severity: 'hint',
  },
  'every resource, to change it': role('apiGroups: [apps], resources: [«"*"»], verbs: [get, patch]'),
  'every resource, to read it': role('apiGroups: [apps], resources: ["*"], verbs: [get, list, watch]'),
  'what is named': role('apiGroups: [apps], resources: [deployments], verbs: [get]'),
  'every path': role('nonResourceURLs: ["*"], verbs: [get]'),
  'a role of Kubernetes': role(
    'apiGroups: ["*"], resources: ["*"], verbs: ["*"]',
    'ClusterRole',
    'cluster-admin',
  ),
});

tryRule('rbac-escalation', {
  impersonation: role('apiGroups: [""], resources: [users], verbs: [«impersonate»]'),
  'of one account': role(
    'apiGroups: [""], resources: [serviceaccounts], resourceNames: [a], verbs: [impersonate]',
  ),
  'bind and escalate': role(
    'apiGroups: [rbac.authorization.k8s.io], resources: [roles], verbs: [«bind», «escalate», get]',
    'Role',
  ),
  tokens: role('apiGroups: [""], resources: [«serviceaccounts/token»], verbs: [create]'),
  'nodes by proxy': role('apiGroups: [""], resources: [nodes, «nodes/proxy»], verbs: [get]'),
});

tryRule('rbac-secrets-readable', {
  'of all namespaces': role('apiGroups: [""], resources: [pods, «secrets»], verbs: [list]'),
  'of one namespace': role('apiGroups: [""], resources: [secrets], verbs: [list]', 'Role'),
  'of one name': role('apiGroups: [""], resources: [secrets], resourceNames: [a], verbs: [get]'),
  'to create them': role('apiGroups: [""], resources: [secrets], verbs: [create]'),
});

const binding = (to: string, subject: string, kind = 'ClusterRoleBinding'): string =>
  object(
    `rbac.authorization.k8s.io/v1 ${kind}`,
    `roleRef: { apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: ${to} }\nsubjects:\n  - { ${subject} }`,
  );
const account = 'kind: ServiceAccount, name: web, namespace: shop';
const group = (name: string): string => `apiGroup: rbac.authorization.k8s.io, kind: Group, name: ${name}`;

tryRule('cluster-admin-bound', {
  'to a service account': { text: binding('«cluster-admin»', account), severity: 'warning' },
  'to people': binding('cluster-admin', group('admins')),
  'of another role': binding('edit', account),
});

tryRule('subject-too-wide', {
  'everybody without a login': {
    text: binding('view', group('«system:unauthenticated»')),
    severity: 'warning',
  },
  'everybody with one': binding('view', group('«system:authenticated»')),
  'the default account': binding(
    'view',
    'kind: ServiceAccount, name: «default», namespace: shop',
    'RoleBinding',
  ),
  'an account of its own': binding('view', account),
  'as Kubernetes itself does it': binding('system:public-info-viewer', group('system:unauthenticated')),
});

const env = (name: string, value: string): string => podOf(`env:\n  - name: ${name}\n    value: ${value}`);
// Put together here, so that nobody takes it for a real one.
const key = `AKIA${'A1B2C3D4E5F6G7H8'}`;
tryRule('secret-literal', {
  'a password': { text: env('DB_PASSWORD', '«hunter2»'), severity: 'hint' },
  'with a number behind': env('PASSWORD_2', '«hunter2»'),
  'in an address': env('DATABASE_URL', '«postgres://shop:hunter2@db/shop»'),
  'an address that a template completes': env('DATABASE_URL', 'postgres://shop:$(DB_PASSWORD)@db/shop'),
  'an address without one': env('DATABASE_URL', 'postgres://shop@db/shop'),
  'a well-known credential': { text: env('SETTING', key).replace('value:', '«value»:'), severity: 'warning' },
  'a private key in a ConfigMap': {
    text: object(
      'v1 ConfigMap',
      `data:\n  «tls.key»: |\n    -----BEGIN ${'RSA'} PRIVATE KEY-----\n    MIIB\n`,
    ),
    severity: 'warning',
  },
  'a file, a path, a name':
    env('DB_PASSWORD_FILE', '/run/secrets/db') +
    '---\n' +
    env('TOKEN_PATH', 'abcdef') +
    '---\n' +
    env('SECRET', '/etc/secret'),
  'a flag and a count':
    env('REQUIRE_PASSWORD', '"true"') +
    '---\n' +
    env('MAX_TOKEN', '"100"') +
    '---\n' +
    env('TOKEN', '"true"'),
  'another variable':
    env('PASSWORD', '$(DB_PASSWORD)') +
    '---\n' +
    env('PASSWORD', '${PASSWORD}') +
    '---\n' +
    env('PASSWORD', '"<changeme>"'),
  nothing: env('PASSWORD', '""'),
  'from a Secret': podOf('env:\n  - name: PASSWORD\n    valueFrom: { secretKeyRef: { name: a, key: b } }'),
  'a public key': env('PUBLIC_KEY', 'abcdefgh') + '---\n' + env('AWS_ACCESS_KEY_ID', 'somebody'),
  'names that only sound so':
    env('TOKENIZER', 'fast') + '---\n' + env('SECRETS_DIR', 'secrets') + '---\n' + env('KEYBOARD', 'querty'),
});
