import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import type { IGrammar } from 'vscode-textmate';
import { tokens, yamlGrammar } from './tokens.ts';

const digest = `sha256:${'0123456789abcdef'.repeat(4)}`;

/** Short names of the scopes this extension adds. */
const kinds: Readonly<Record<string, string>> = {
  'constant.numeric.quantity.kubernetes': 'number',
  'constant.numeric.exponent.kubernetes': 'exponent',
  'keyword.other.unit.kubernetes': 'unit',
  'entity.name.namespace.registry.kubernetes': 'registry',
  'string.unquoted.repository.kubernetes': 'repository',
  'variable.other.constant.tag.kubernetes': 'tag',
  'constant.numeric.digest.kubernetes': 'digest',
};

let grammar: IGrammar;
before(async () => {
  grammar = await yamlGrammar();
});

/** What is coloured in `text`, as `kind text`; separators and everything that is YAML's own are left out. */
function coloured(text: string): string[] {
  return tokens(grammar, text)
    .flat()
    .flatMap((token) => {
      const kind = token.scopes.map((scope) => kinds[scope]).find((name) => name !== undefined);
      return kind === undefined ? [] : [`${kind} ${token.text}`];
    });
}

/** Scopes of the first token with exactly this text. */
function scopesOf(text: string, token: string): readonly string[] {
  const found = tokens(grammar, text)
    .flat()
    .find((one) => one.text === token);
  assert.ok(found, `no token ${token}`);
  return found.scopes;
}

describe('quantities', () => {
  const written: readonly [string, readonly string[]][] = [
    ['cpu: 500m', ['number 500', 'unit m']],
    ['cpu:    2', ['number 2']],
    ['memory: 1.5Gi', ['number 1.5', 'unit Gi']],
    ['memory: "128Mi"', ['number 128', 'unit Mi']],
    ["memory: '1e3'", ['number 1', 'exponent e3']],
    ['"memory": 64Mi', ['number 64', 'unit Mi']],
    ['memory: 128Mi  # of 2Gi', ['number 128', 'unit Mi']],
    ['resources: { cpu: 250m, memory: "64Mi" }', ['number 250', 'unit m', 'number 64', 'unit Mi']],
    ['{"cpu":"250m"}', ['number 250', 'unit m']],
    ['- cpu: 100m', ['number 100', 'unit m']],
    ['ephemeral-storage: 2G', ['number 2', 'unit G']],
    ['storage: 10Ti', ['number 10', 'unit Ti']],
    ['hugepages-2Mi: 80Mi', ['number 80', 'unit Mi']],
    ['hugepages-512Mi: 1Gi', ['number 1', 'unit Gi']],
    ['emptyDir: {sizeLimit: 500Mi}', ['number 500', 'unit Mi']],
    ['requests.cpu: "4"', ['number 4']],
    ['limits.memory: 8Gi', ['number 8', 'unit Gi']],
    ['averageValue: 1k', ['number 1', 'unit k']],
  ];
  for (const [text, expected] of written) {
    test(text, () => assert.deepEqual(coloured(text), expected));
  }

  const left: readonly string[] = [
    'cpu: 500mb',
    'memory: 500MB',
    'memory: 1 Gi',
    'memory: 128mi',
    'memory: "128Mi',
    'memory: 128Mi"',
    'memory: big',
    'memory: *shared',
    'cpu: 500m500',
    'mycpu: 500m',
    'cpus: 500m',
    'cpu:500m',
    'name: 500m',
    '# cpu: 500m',
    'note: "cpu: 500m"',
  ];
  for (const text of left) {
    test(`left alone: ${text}`, () => assert.deepEqual(coloured(text), []));
  }

  test('the key stays a key and the comment a comment', () => {
    const text = 'cpu: 500m # enough';
    assert.ok(scopesOf(text, 'cpu').includes('entity.name.tag.yaml'));
    assert.ok(scopesOf(text, ' enough').some((scope) => scope.startsWith('comment.')));
  });

  test('the mapping goes on after a quantity', () => {
    const text = 'limits:\n  cpu: 500m\n  memory: 1Gi\nname: web';
    assert.deepEqual(coloured(text), ['number 500', 'unit m', 'number 1', 'unit Gi']);
    assert.ok(scopesOf(text, 'memory').includes('entity.name.tag.yaml'));
    assert.ok(scopesOf(text, 'name').includes('entity.name.tag.yaml'));
    assert.ok(scopesOf(text, 'web').some((scope) => scope.startsWith('string.unquoted.plain')));
  });
});

describe('image references', () => {
  const written: readonly [string, readonly string[]][] = [
    ['image: nginx', ['repository nginx']],
    ['image: app:1.4', ['repository app', 'tag 1.4']],
    ['image: library/nginx:1.27-alpine', ['repository library/nginx', 'tag 1.27-alpine']],
    ['image: ghcr.io/acme/shop/web:v2', ['registry ghcr.io', 'repository acme/shop/web', 'tag v2']],
    ['image: localhost:5000/app', ['registry localhost:5000', 'repository app']],
    ['image: 127.0.0.1:5001/app:dev', ['registry 127.0.0.1:5001', 'repository app', 'tag dev']],
    ['image: registry:5000/app', ['registry registry:5000', 'repository app']],
    [`image: app@${digest}`, ['repository app', `digest ${digest}`]],
    [
      `image: ghcr.io/app:1.4@${digest}`,
      ['registry ghcr.io', 'repository app', 'tag 1.4', `digest ${digest}`],
    ],
    ['image: "app:1.4"', ['repository app', 'tag 1.4']],
    ["image: 'app:1.4' # pinned", ['repository app', 'tag 1.4']],
    ['image: app:1.4 # pinned', ['repository app', 'tag 1.4']],
    ['- image: app:1.4', ['repository app', 'tag 1.4']],
    ['containers: [{name: web, image: app:1.4}]', ['repository app', 'tag 1.4']],
    ['{"image":"app:1.4"}', ['repository app', 'tag 1.4']],
  ];
  for (const [text, expected] of written) {
    test(text.replace(digest, 'sha256:…'), () => assert.deepEqual(coloured(text), expected));
  }

  const left: readonly string[] = [
    'image: App:1.4',
    'image: app:',
    'image: app@sha256:12',
    'image: app 1.4',
    'image: {{ .Values.image }}',
    'image: https://ghcr.io/app',
    'image: "app:1.4',
    'baseimage: app:1.4',
    'imagePullPolicy: Always',
    'name: app:1.4',
    '# image: app:1.4',
  ];
  for (const text of left) {
    test(`left alone: ${text}`, () => assert.deepEqual(coloured(text), []));
  }
});

describe('block scalars', () => {
  for (const indicator of ['|', '>-', '|2']) {
    test(`nothing inside one (${indicator})`, () => {
      const text = `data:\n  script: ${indicator}\n    cpu: 500m\n    image: app:1.4\n    memory: 1Gi\ncpu: 1`;
      assert.deepEqual(coloured(text), ['number 1']);
    });
  }

  test('nor inside a quoted scalar of several lines', () => {
    assert.deepEqual(coloured('data: "one\n  cpu: 500m\n  two"\ncpu: 1'), ['number 1']);
  });
});

test('a whole manifest', () => {
  const text = [
    'apiVersion: apps/v1',
    'kind: Deployment',
    'spec:',
    '  template:',
    '    spec:',
    '      containers:',
    '        - name: web',
    '          image: ghcr.io/acme/web:1.4',
    '          resources:',
    '            requests: { cpu: 100m, memory: 64Mi }',
    '            limits:',
    '              memory: 128Mi',
    '---',
    'kind: PersistentVolumeClaim',
    'spec: {resources: {requests: {storage: 1Gi}}}',
  ].join('\n');
  assert.deepEqual(coloured(text), [
    'registry ghcr.io',
    'repository acme/web',
    'tag 1.4',
    'number 100',
    'unit m',
    'number 64',
    'unit Mi',
    'number 128',
    'unit Mi',
    'number 1',
    'unit Gi',
  ]);
});
