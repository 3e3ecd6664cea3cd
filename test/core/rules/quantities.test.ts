import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { formatMessage } from '../../../src/core/index.ts';
import { check, deployment, fixed, only, titles } from '../marked.ts';

const resources = (limits: string): string =>
  deployment(`resources: { requests: { cpu: 0, memory: 0 }, limits: { ${limits} } }`);
const place = 'spec.template.spec.containers[0].resources';

describe('quantity-invalid', () => {
  const suggestions: readonly (readonly [string, readonly string[]])[] = [
    ['memory: «quantity-invalid 500Mb»', ['Change to 500Mi', 'Change to 500M']],
    ['memory: «quantity-invalid 1 Gi»', ['Change to 1Gi !']],
    ['memory: «quantity-invalid 100mi»', ['Change to 100Mi !']],
    ['memory: «quantity-invalid "2GB"»', ['Change to 2Gi', 'Change to 2G']],
    ['cpu: «quantity-invalid 1K»', ['Change to 1k', 'Change to 1Ki']],
    ['cpu: «quantity-invalid 2 cores»', ['Change to 2 !']],
    ['cpu: «quantity-invalid fast»', []],
    ['cpu: «quantity-invalid ""»', []],
    ['cpu: «quantity-invalid yes»', []],
    ['«quantity-invalid cpu»: [1]', []],
    ['«quantity-invalid cpu»: {a: 1}', []],
    ['cpu: «quantity-invalid -1»', []],
    ['cpu: «quantity-invalid 2024-01-02»', []],
    ['cpu: «quantity-invalid 1e99999»', []],
  ];
  for (const [limit, expected] of suggestions) {
    test(limit, () => {
      const finding = only(resources(limit));
      assert.deepEqual(titles(finding), expected);
      assert.equal(finding.severity, 'error');
      assert.equal(finding.path, `${place}.limits[${/\w+(?=»?:)/.exec(limit)?.[0] ?? ''}]`);
    });
  }

  test('says what to do in one short sentence', () => {
    for (const [limit] of suggestions) {
      const text = formatMessage(only(resources(limit)).message);
      assert.ok(text.length <= 120 && !text.includes('{'), text);
    }
    const long = only(resources(`cpu: «quantity-invalid ${'x'.repeat(500)}»`));
    assert.ok(formatMessage(long.message).length <= 120);
  });

  test('its fix replaces the value and nothing else', () => {
    const finding = only(resources('memory: «quantity-invalid 1 Gi», cpu: 1'));
    assert.equal(fixed(finding), finding.text.replace('1 Gi', '1Gi'));
  });

  test('accepts what the API server accepts', () => {
    for (const value of ['0x10', '64_000', '0644', '1e3', '" 64Mi "', '1E', '.5', '+1', '0', '"1"', '1.5']) {
      check(resources(`cpu: ${value}`));
    }
  });

  test('leaves values alone that are filled in later', () => {
    for (const value of ['"{{ .memory }}"', '$(MEMORY)', '"${MEMORY}"', ''])
      check(resources(`memory: ${value}`));
  });

  const elsewhere: Record<string, string> = {
    'a volume': deployment(
      'resources: { limits: { cpu: 1, memory: 1Gi } }',
      'volumes: [{ name: a, emptyDir: { sizeLimit: «quantity-invalid 1gb» } }]',
    ),
    'the sign of a volume’s size': deployment(
      'resources: { limits: { cpu: 1, memory: 1Gi } }',
      'volumes: [{ name: a, emptyDir: { sizeLimit: «quantity-invalid -1Gi» } }]',
    ),
    'a claim of a volume': deployment(
      'resources: { limits: { cpu: 1, memory: 1Gi } }',
      'volumes: [{ name: a, ephemeral: { volumeClaimTemplate: { spec: { resources: { requests: { storage: «quantity-invalid 1gi» } } } } } }]',
    ),
    'the pod and its overhead': deployment(
      'stdin: true',
      'overhead: { cpu: «quantity-invalid 1K» }\nresources: { limits: { cpu: «quantity-invalid 1mi», memory: 1Gi } }',
    ),
    'a resource field': deployment(
      'resources: { limits: { cpu: 1, memory: 1Gi } }\nenv: [{ name: A, valueFrom: { resourceFieldRef: { resource: limits.cpu, divisor: «quantity-invalid 1M i» } } }]',
    ),
    'a claim':
      'apiVersion: v1\nkind: PersistentVolumeClaim\nspec: {resources: {requests: {storage: «quantity-invalid 5GB»}}}\n',
    'a volume of the cluster':
      'apiVersion: v1\nkind: PersistentVolume\nspec: {capacity: {storage: «quantity-invalid 5 Gi»}}\n',
    'a quota':
      'apiVersion: v1\nkind: ResourceQuota\nspec: {hard: {requests.memory: «quantity-invalid 5gi», pods: "5"}}\n',
    'a limit range':
      'apiVersion: v1\nkind: LimitRange\nspec: {limits: [{type: Container, max: {cpu: 1}, default: {memory: «quantity-invalid 5GiB»}}]}\n',
    'an autoscaler':
      'apiVersion: autoscaling/v2\nkind: HorizontalPodAutoscaler\nspec: {metrics: [{type: Pods, pods: {target: {type: AverageValue, averageValue: «quantity-invalid 5 k»}}}]}\n',
    'claims of a StatefulSet':
      'apiVersion: apps/v1\nkind: StatefulSet\nspec: {volumeClaimTemplates: [{spec: {resources: {requests: {storage: «quantity-invalid 1ti»}}}}]}\n',
  };
  for (const [name, marked] of Object.entries(elsewhere)) test(`looks at ${name}`, () => void check(marked));

  test('names the path of a quantity elsewhere as the API server does', () => {
    assert.equal(only(elsewhere['a quota'] ?? '').path, 'spec.hard[requests.memory]');
    assert.equal(only(elsewhere['a volume'] ?? '').path, 'spec.template.spec.volumes[0].emptyDir.sizeLimit');
  });
});

describe('quantity-unusual', () => {
  test('a unit without a number counts as zero', () => {
    const finding = only(resources('memory: «quantity-unusual Mi»'));
    assert.equal(finding.severity, 'warning');
    assert.deepEqual(finding.fixes, []);
  });

  test('a number that ends in a dot', () => {
    const finding = only(resources('memory: «quantity-unusual 5.Gi»'));
    assert.deepEqual(titles(finding), ['Change to 5Gi !']);
    check(resources('cpu: «quantity-unusual "5."»'));
    // Without quotes YAML reads a number, and the dot never reaches the API server.
    check(resources('cpu: 5.'));
  });
});

describe('memory-millibytes', () => {
  const cases: readonly (readonly [string, readonly string[]])[] = [
    ['memory: «memory-millibytes 128m»', ['Change to 128Mi !']],
    ['memory: «memory-millibytes 0.5»', ['Change to 0.5Gi', 'Change to 0.5Mi']],
    ['memory: «memory-millibytes 64000000.5»', ['Change to 64000001 !']],
    ['ephemeral-storage: «memory-millibytes 500m»', ['Change to 500Mi !']],
    ['memory: «memory-millibytes 1.3Gi»', ['Change to 1395864372 !']],
    ['memory: «memory-millibytes 536870912001m»', ['Change to 536870913 !']],
  ];
  for (const [limit, expected] of cases) {
    test(limit, () => {
      const { findings } = check(resources(limit));
      const [finding] = findings;
      assert.ok(finding);
      assert.deepEqual(titles(finding), expected);
      assert.equal(finding.severity, 'warning');
    });
  }

  test('says how little it is', () => {
    const text = resources('memory: «memory-millibytes 128m»');
    assert.equal(formatMessage(only(text).message), 'Memory limit 128m is 0.128 bytes; did you mean 128Mi?');
  });

  test('whole bytes in any form are fine', () => {
    for (const value of ['128Mi', '128000m', '1.5Gi', '0', '1e3', '1073741824']) {
      check(resources(`memory: ${value}`));
    }
    check(resources('cpu: 128m'));
  });
});

describe('request-above-limit', () => {
  const pair = (requests: string, limits: string): string =>
    deployment(`resources: { requests: { cpu: 1m, memory: 1, ${requests} }, limits: { ${limits} } }`);

  test('names both amounts and offers both ways out', () => {
    const finding = only(
      deployment(
        'resources: { requests: { cpu: 1, memory: «request-above-limit 1Gi» }, limits: { memory: 512Mi } }',
      ),
    );
    assert.equal(
      formatMessage(finding.message),
      'Memory request 1Gi is above the limit 512Mi; raise the limit or lower the request',
    );
    assert.equal(finding.path, `${place}.requests`);
    assert.deepEqual(titles(finding), ['Raise the limit to 1Gi', 'Lower the request to 512Mi']);
    assert.equal(fixed(finding, 0), finding.text.replace('512Mi', '1Gi'));
    assert.equal(fixed(finding, 1), finding.text.replace('1Gi', '512Mi'));
    const [limit] = finding.related;
    assert.equal(finding.text.slice(limit?.range.start, limit?.range.end), '512Mi');
  });

  test('writes the name of a device as it is', () => {
    const device =
      'resources: { requests: { cpu: 1, memory: 1, nvidia.com/gpu: «resource-not-overcommitted 2» }, limits: { nvidia.com/gpu: 1 } }';
    assert.match(formatMessage(only(deployment(device)).message), /The request of nvidia\.com\/gpu /);
  });

  test('compares amounts, not texts', () => {
    check(pair('example.com/x: 1', 'example.com/x: 1.0'));
    check(
      deployment('resources: { requests: { cpu: 1000m, memory: 1024Ki }, limits: { cpu: 1, memory: 1Mi } }'),
    );
    check(
      deployment(
        'resources: { requests: { cpu: «request-above-limit 1001m», memory: 1 }, limits: { cpu: 1 } }',
      ),
    );
    check(
      deployment(
        'resources: { requests: { cpu: «request-above-limit 9007199254740993», memory: 1 }, limits: { cpu: 9007199254740992 } }',
      ),
    );
  });

  test('rounds up to a thousandth first, as the API server does', () => {
    check(deployment('resources: { requests: { cpu: 1m, memory: 1 }, limits: { cpu: 0.5m } }'));
  });

  test('looks at init containers, sidecars and the pod as a whole', () => {
    check(
      deployment(
        'stdin: true',
        'resources: { requests: { cpu: «request-above-limit 2», memory: 1Gi }, limits: { cpu: 1 } }\ninitContainers:\n  - { name: a, image: a, resources: { requests: { cpu: «request-above-limit 2» }, limits: { cpu: 1 } } }',
      ),
    );
  });

  test('is silent where an amount cannot be read', () => {
    check(
      deployment('resources: { requests: { cpu: «quantity-invalid 2x», memory: 1 }, limits: { cpu: 1 } }'),
    );
    check(deployment('resources: { requests: { cpu: "{{ .cpu }}", memory: 1 }, limits: { cpu: 1 } }'));
  });
});
