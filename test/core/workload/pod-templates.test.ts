import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { containers, podTemplates, selectorText } from '../../../src/core/index.ts';

describe('podTemplates', () => {
  const spec = { containers: [{ name: 'a' }] };
  const objects: readonly (readonly [object, readonly string[]])[] = [
    [{ apiVersion: 'v1', kind: 'Pod', spec }, ['']],
    [{ apiVersion: 'v1', kind: 'PodTemplate', template: { spec } }, ['template']],
    [{ apiVersion: 'apps/v1', kind: 'Deployment', spec: { template: { spec } } }, ['spec.template']],
    [
      { apiVersion: 'batch/v1', kind: 'CronJob', spec: { jobTemplate: { spec: { template: { spec } } } } },
      ['spec.jobTemplate.spec.template'],
    ],
    [
      {
        apiVersion: 'v1',
        kind: 'List',
        items: [
          { apiVersion: 'v1', kind: 'Service' },
          { apiVersion: 'v1', kind: 'Pod', spec },
          { apiVersion: 'apps/v1', kind: 'DaemonSet', spec: { template: { spec } } },
        ],
      },
      ['items[1]', 'items[2].spec.template'],
    ],
    [{ apiVersion: 'v1', kind: 'Service', spec }, []],
    [{ apiVersion: 'apps/v1', kind: 'Deployment' }, []],
    [{ apiVersion: 'example.com/v1', kind: 'Deployment', spec: { template: { spec } } }, []],
  ];
  for (const [object, paths] of objects) {
    test(`${JSON.stringify(object).slice(0, 60)}…`, () => {
      const templates = podTemplates(object);
      assert.deepEqual(
        templates.map(({ path }) => path),
        paths,
      );
      for (const template of templates) assert.deepEqual(template.spec, spec);
    });
  }

  test('whatever it is given', () => {
    for (const value of [null, undefined, 1, 'x', [], {}, { kind: 'Pod' }, { kind: 'PodList', items: 3 }]) {
      for (const { spec: found } of podTemplates(value)) assert.deepEqual(found, {});
    }
  });
});

test('containers come in the order they start', () => {
  assert.deepEqual(
    containers({
      containers: [{ name: 'web' }],
      initContainers: [{ name: 'setup' }, { name: 'proxy', restartPolicy: 'Always' }],
      ephemeralContainers: [{ name: 'debug' }],
    }).map(({ name, path, sidecar }) => [name, path, sidecar]),
    [
      ['setup', 'initContainers[0]', false],
      ['proxy', 'initContainers[1]', true],
      ['web', 'containers[0]', false],
      ['debug', 'ephemeralContainers[0]', false],
    ],
  );
});

test('selectorText writes selectors as the API takes them in a query', () => {
  assert.equal(
    selectorText({
      matchLabels: { app: 'web', tier: 'front' },
      matchExpressions: [
        { key: 'a', operator: 'In', values: ['x', 'y'] },
        { key: 'b', operator: 'NotIn', values: ['z'] },
        { key: 'c', operator: 'Exists' },
        { key: 'd', operator: 'DoesNotExist' },
      ],
    }),
    'app=web,tier=front,a in (x,y),b notin (z),c,!d',
  );
  assert.equal(selectorText({}), '');
  assert.equal(selectorText(null), '');
});
