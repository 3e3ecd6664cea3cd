import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { fileName, formatMessage, rename } from '../../../src/core/index.ts';
import { deployment, type Files, Named } from './named.ts';

const configMap = 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: app }\ndata:\n  url: x\n';
const container = '      containers:\n        - name: web\n          image: web:1\n';
const uses = `${container}          envFrom: [{ configMapRef: { name: "app" } }]
          env: [{ name: A, valueFrom: { configMapKeyRef: { name: 'app', key: url } } }]
`;
const ports = '          ports: [{ name: http, containerPort: 8080 }]\n';
const probe = '          livenessProbe: { httpGet: { port: http } }\n';
const service = (name: string, labels: string): string =>
  `apiVersion: v1\nkind: Service\nmetadata: { name: ${name} }\nspec:\n  selector: { ${labels} }\n  ports: [{ port: 80, targetPort: http }]\n`;

function renamed(files: Files, newName: string): Files {
  const named = new Named(files);
  const renaming = rename(named.index, named.found, newName);
  assert.ok(renaming.ok, renaming.ok ? '' : formatMessage(renaming.reason));
  return named.renamed(renaming.places, newName);
}

function refused(files: Files, newName: string): string {
  const named = new Named(files);
  const renaming = rename(named.index, named.found, newName);
  assert.ok(!renaming.ok, 'it was not refused');
  return formatMessage(renaming.reason);
}

describe('rename', () => {
  test('a ConfigMap everywhere, with its quotes, in patches and kustomizations too', () => {
    const kustomization = `configMapGenerator:
  - { name: app, behavior: merge, literals: [more=1] }
patches:
  - target: { kind: ConfigMap, name: app }
    path: patches/c.yaml
  - patch: |-
      apiVersion: v1
      kind: ConfigMap
      metadata:
        name: app
      data: {}
`;
    const files = {
      'a.yaml': deployment(uses),
      'b.yaml': configMap.replace('app', 'a█pp'),
      'patches/c.yaml': configMap,
      'kustomization.yaml': kustomization,
      'other.yaml': configMap.replace('ConfigMap', 'Secret'),
    };
    assert.deepEqual(renamed(files, 'web-settings'), {
      'a.yaml': files['a.yaml'].replace('"app"', '"web-settings"').replace("'app'", "'web-settings'"),
      'b.yaml': configMap.replace('app', 'web-settings'),
      'patches/c.yaml': configMap.replace('app', 'web-settings'),
      'kustomization.yaml': kustomization.replaceAll('name: app', 'name: web-settings'),
    });
  });

  test('a name that YAML would take for something else gets quotes', () => {
    const files = { 'a.yaml': configMap.replace('app', 'a█pp') };
    for (const name of ['1.5', 'true', 'no', '1e3']) {
      assert.deepEqual(renamed(files, name), { 'a.yaml': configMap.replace('app', `"${name}"`) });
    }
  });

  test('a key, from a use of it; of a file that a generator reads, the key is added', () => {
    const files = {
      'a.yaml': deployment(uses.replace('url', 'u█rl')),
      'kustomization.yaml':
        'configMapGenerator:\n  - name: app\n    literals: [url=x]\n  - name: app\n    behavior: merge\n    files: [conf/url]\n',
    };
    assert.deepEqual(renamed(files, 'address'), {
      'a.yaml': deployment(uses.replace('url', 'address')),
      'kustomization.yaml': files['kustomization.yaml']
        .replace('url=x', 'address=x')
        .replace('conf/url', 'address=conf/url'),
    });
  });

  test('a volume, in its pod alone', () => {
    const spec = `${container}          volumeMounts: [{ name: tmp, mountPath: /tmp }]\n      volumes: [{ name: tmp, emptyDir: {} }]\n`;
    const other = deployment(spec, 'other');
    const files = { 'a.yaml': `${deployment(spec).replace('tmp,', 't█mp,')}---\n${other}` };
    assert.deepEqual(renamed(files, 'scratch'), {
      'a.yaml': `${deployment(spec.replaceAll('name: tmp', 'name: scratch'))}---\n${other}`,
    });
  });

  test('a port, in all workloads that are chosen together', () => {
    const files = {
      'a.yaml': deployment(container + ports + probe.replace('http }', 'ht█tp }')),
      'b.yaml': deployment(container + ports, 'canary'),
      'c.yaml': deployment(container + ports, 'apart').replace('tier: front', 'tier: back'),
      'd.yaml': service('all', 'tier: front'),
      'e.yaml': service('apart', 'app: apart'),
    };
    const changed = renamed(files, 'main');
    assert.deepEqual(Object.keys(changed).sort(), ['a.yaml', 'b.yaml', 'd.yaml']);
    assert.match(changed['a.yaml'] ?? '', /name: main, containerPort[^]*httpGet: \{ port: main \}/);
    assert.match(changed['d.yaml'] ?? '', /targetPort: main/);
  });

  test('a Service, with its Ingresses; names in other namespaces stay', () => {
    const ingress = (namespace: string): string =>
      `apiVersion: networking.k8s.io/v1\nkind: Ingress\nmetadata: { name: i, namespace: ${namespace} }\nspec:\n  defaultBackend: { service: { name: web, port: { number: 80 } } }\n`;
    const files = {
      'a.yaml': service('web█, namespace: one', 'app: web'),
      'b.yaml': service('web, namespace: two', 'app: web'),
      'c.yaml': ingress('one'),
      'd.yaml': ingress('two'),
    };
    assert.deepEqual(Object.keys(renamed(files, 'shop')).sort(), ['a.yaml', 'c.yaml']);
  });
});

describe('rename is refused', () => {
  const cases: Readonly<Record<string, readonly [Files, string, RegExp]>> = {
    'for a name the server does not take': [
      { 'a.yaml': configMap.replace('app', 'app█') },
      'Web_Settings',
      /cannot be "Web_Settings"; use small letters/,
    ],
    'for a name that is taken': [
      { 'a.yaml': configMap.replace('app', 'app█'), 'b.yaml': configMap.replace('app', 'web') },
      'web',
      /already is ConfigMap web in b\.yaml/,
    ],
    'for a key that is taken': [
      { 'a.yaml': configMap.replace('url', 'url█').concat('  mode: y\n') },
      'mode',
      /already is key mode in a\.yaml/,
    ],
    'where two have the name, and it cannot be told which is meant': [
      { 'a.yaml': configMap.replace('app', 'app█'), 'x/b.yaml': configMap, 'c.yaml': deployment(uses) },
      'web',
      /more than one ConfigMap app \(a\.yaml, b\.yaml\)/,
    ],
    'where a use does not say the namespace': [
      {
        'a.yaml': configMap.replace('app', 'app█, namespace: one'),
        'b.yaml': configMap.replace('app', 'app, namespace: two'),
        'c.yaml': deployment(uses),
      },
      'web',
      /more than one ConfigMap app/,
    ],
    'of a namespace': [
      { 'a.yaml': 'apiVersion: v1\nkind: Namespace\nmetadata: { name: shop█ }\n' },
      'web',
      /Namespace shop cannot be renamed/,
    ],
    'of a number': [
      { 'a.yaml': service('web', 'app: web').replace('targetPort: http', 'targetPort: 8█0') },
      'web',
      /80 is the number of a port/,
    ],
    'of labels': [{ 'a.yaml': deployment(container).replace('tier', 'ti█er') }, 'web', /Only names/],
  };
  for (const [what, [files, newName, reason]] of Object.entries(cases)) {
    test(what, () => assert.match(refused(files, newName), reason));
  }
});

test('names of files', () => {
  assert.equal(fileName('untitled:Untitled-1'), 'untitled:Untitled-1');
  assert.equal(fileName('vscode-remote://host/k8s/a%20b.yaml'), 'a b.yaml');
  assert.equal(fileName('/k8s/100%.yaml'), '100%.yaml');
});
