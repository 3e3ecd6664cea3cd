import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { RenderedParams, RenderedResult } from '../../src/core/protocol.ts';
import type { TestClient } from './client.ts';
import { connected } from './connected.ts';

const deployment = (memory: string): string => `apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
spec:
  selector:
    matchLabels: {app: web}
  template:
    metadata:
      labels: {app: web}
    spec:
      containers:
        - name: web
          image: web:1
          resources:
            requests: {cpu: 100m, memory: 64Mi}
            limits: {memory: ${memory}}
`;

function rendered(client: TestClient, params: unknown): Promise<RenderedResult> {
  return client.connection.sendRequest('elastic/rendered', params);
}

function overlay(output: string, base: string): RenderedParams {
  return {
    output,
    by: 'kustomize',
    root: '/shop/overlay/kustomization.yaml',
    files: [
      ['/shop/overlay/kustomization.yaml', 'resources: [../base]\npatches: [{path: limit.yaml}]\n'],
      [
        '/shop/overlay/limit.yaml',
        `apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec: {template: {spec: {containers: [{name: web, resources: {limits: {memory: 32MB}}}]}}}
`,
      ],
      ['/shop/base/kustomization.yaml', 'resources: [web.yaml]\n'],
      ['/shop/base/web.yaml', base],
    ],
    values: [],
    origins: null,
  };
}

function places({ files }: RenderedResult): readonly string[] {
  return files.flatMap(({ path, findings }) =>
    findings.map(({ code, range }) => `${path}:${range.start.line + 1} ${code}`),
  );
}

test('findings of a rendered output are told of the files it comes from', async (t) => {
  const client = connected(t);
  await client.initialize();
  const result = await rendered(client, overlay(deployment('32MB'), deployment('64Mi')));
  assert.deepEqual(places(result), ['/shop/overlay/limit.yaml:4 quantity-invalid']);
  const [found] = result.files[0]?.findings ?? [];
  assert.match(found?.message ?? '', /^In the rendered output: 32MB is not a quantity/);
  assert.equal(found?.severity, 'error');
});

test('a large output is checked in a thread of its own, with the same answer', async (t) => {
  const client = connected(t);
  await client.initialize();
  const others = Array.from({ length: 600 }, (_, index) =>
    deployment('64Mi').replace('name: web', `name: other-${index}`),
  );
  const output = [deployment('32MB'), ...others].join('---\n');
  const result = await rendered(client, overlay(output, deployment('64Mi')));
  assert.deepEqual(places(result), ['/shop/overlay/limit.yaml:4 quantity-invalid']);
});

test('a chart is told of its templates and values', async (t) => {
  const client = connected(t);
  await client.initialize();
  const params: RenderedParams = {
    output: `---\n# Source: shop/templates/web.yaml\n${deployment('32MB')}`,
    by: 'helm',
    root: '/shop',
    files: [
      ['/shop/values.yaml', 'memory: 64Mi\n'],
      ['/shop/prod.yaml', '# large\nmemory: 32MB\n'],
      [
        '/shop/templates/web.yaml',
        deployment('{{ .Values.memory }}')
          .replace('{memory: {{', '\n              memory: {{')
          .replace('}}}', '}}'),
      ],
    ],
    values: ['/shop/prod.yaml'],
    origins: null,
  };
  assert.deepEqual(places(await rendered(client, params)), ['/shop/prod.yaml:2 quantity-invalid']);
});

test('parameters of the wrong shape are refused', async (t) => {
  const client = connected(t);
  await client.initialize();
  const params = overlay('', '');
  for (const wrong of [
    {},
    { ...params, files: [['a']] },
    { ...params, files: 'a' },
    { ...params, origins: {} },
  ]) {
    await assert.rejects(rendered(client, wrong), { code: -32602 });
  }
});
