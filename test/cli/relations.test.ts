import assert from 'node:assert/strict';
import { test } from 'node:test';
import { elastic, folder } from './elastic.ts';

const service = `apiVersion: v1
kind: Service
metadata: { name: web, namespace: shop }
spec:
  selector: { app: web }
  ports: [{ port: 80 }]
`;
const deployment = (app: string): string => `apiVersion: apps/v1
kind: Deployment
metadata: { name: web, namespace: shop }
spec:
  selector: { matchLabels: { app: ${app} } }
  template:
    metadata: { labels: { app: ${app} } }
    spec:
      containers:
        - name: web
          image: web:1
`;

interface Entry {
  readonly file: string;
  readonly code: string;
  readonly related: readonly { readonly file: string }[];
}

async function about(code: string, args: readonly string[], cwd: string): Promise<readonly Entry[]> {
  const { stdout } = await elastic(['lint', '-f', 'json', ...args], { cwd });
  return (JSON.parse(stdout) as Entry[]).filter((entry) => entry.code === code);
}

test('objects of different files are related', async (t) => {
  const cwd = await folder(t, {
    'k8s/service.yaml': service,
    'k8s/web.yaml': deployment('web'),
    'other/service.yaml': service,
    'other/web.yaml': deployment('wbe'),
  });
  const selects = 'service-selects-nothing';
  assert.deepEqual(await about(selects, ['k8s'], cwd), []);
  assert.deepEqual(
    (await about(selects, ['other'], cwd)).map(({ file }) => file),
    ['other/service.yaml'],
  );
  // What one file alone does not hold may stand in another.
  assert.deepEqual(await about(selects, ['other/service.yaml'], cwd), []);
});

test('a place in another file is shown where it is', async (t) => {
  const wanting = `${deployment('web')}          envFrom: [{ configMapRef: { name: setings } }]\n`;
  const cwd = await folder(t, {
    'k8s/settings.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: settings, namespace: shop }\n',
    'k8s/web.yaml': wanting,
  });
  const [missing] = await about('config-map-missing', ['k8s'], cwd);
  assert.deepEqual(
    missing?.related.map(({ file }) => file),
    ['k8s/settings.yaml'],
  );
  const { stdout } = await elastic(['lint', 'k8s'], { cwd });
  assert.match(stdout, /^ +\| +\^+\n += k8s\/settings\.yaml:3:19: /m);
});

test('charts and kustomizations around a file say what it is', async (t) => {
  const cwd = await folder(t, {
    'chart/Chart.yaml': 'apiVersion: v2\nname: web\nversion: 0.1.0\n',
    'chart/templates/web.yaml': 'kind: Pod\nspec:\n  {{ if }}\n',
    'chart/values.yaml': 'kind: Pod\napiVersion: v1\nspec: 1\n',
    'overlay/kustomization.yaml': 'patches:\n  - path: patches/web.yaml\n',
    'overlay/patches/web.yaml': 'apiVersion: apps/v1\nkind: Deployment\nmetadata: { name: web }\nspec: {}\n',
  });
  const { code, stdout } = await elastic(['lint', '--preset', 'server-only'], { cwd });
  assert.deepEqual([code, stdout], [0, '5 files checked, nothing found.\n']);
  const alone = await elastic(['lint', '-q', 'chart/values.yaml', 'overlay/patches/web.yaml'], { cwd });
  assert.deepEqual(alone, { code: 0, stdout: '', stderr: '' });
});

test('definitions of custom resources count, whichever file comes first', async (t) => {
  const definition = `apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: { name: shops.example.com }
spec:
  group: example.com
  names: { plural: shops, kind: Shop }
  scope: Namespaced
  versions:
    - name: v1
      served: true
      storage: true
      schema:
        openAPIV3Schema:
          type: object
          properties: { spec: { type: object, properties: { size: { type: integer } } } }
`;
  const cwd = await folder(t, {
    'a.yaml': 'apiVersion: example.com/v1\nkind: Shop\nmetadata: { name: a }\nspec: { size: large }\n',
    'b.yaml': definition,
  });
  assert.deepEqual(
    (await about('type-invalid', [], cwd)).map(({ file }) => file),
    ['a.yaml'],
  );
});

test('what a kustomization sets is not missing in the files it is built of', async (context) => {
  const files = {
    'base/namespace.yaml': 'apiVersion: v1\nkind: Namespace\nmetadata: { name: _ }\n',
    'base/web.yaml': `apiVersion: apps/v1
kind: Deployment
metadata: { name: web }
spec:
  template:
    spec:
      containers:
        - { name: web, image: web, resources: { requests: { cpu: 1, memory: 1Gi }, limits: { memory: 1Gi } } }
`,
    'base/kustomization.yaml': 'resources: [namespace.yaml, web.yaml]\n',
  };
  const overlay = `namespace: shop
labels: [{ pairs: { app: web }, includeSelectors: true }]
images: [{ name: web, newTag: 1.2.3 }]
resources: [../base]
`;
  const alone = await elastic(['lint', '--format', 'json', await folder(context, files)]);
  const built = await elastic([
    'lint',
    await folder(context, { ...files, 'overlay/kustomization.yaml': overlay }),
  ]);
  for (const code of ['name-invalid', 'selector-missing', 'image-latest']) {
    assert.match(alone.stdout, new RegExp(`"${code}"`));
  }
  assert.equal(built.code, 0, built.stdout);
  assert.match(built.stdout, /nothing found/);
});
