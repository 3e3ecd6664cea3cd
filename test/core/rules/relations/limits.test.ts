import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { autoscaler, deployment, found, sentences } from './around.ts';

const range = (limit: string, namespace = ''): string =>
  `apiVersion: v1\nkind: LimitRange\nmetadata: { name: limits${namespace} }\nspec: { limits: [${limit}] }\n`;
const quota = (hard: string, more = ''): string =>
  `apiVersion: v1\nkind: ResourceQuota\nmetadata: { name: quota${more} }\nspec:\n  hard: ${hard}\n`;
const asking = (resources: string): string => deployment({ container: `resources: ${resources}` });
const noHint = (lines: readonly string[]): readonly string[] =>
  lines.filter((line) => !line.includes('limit-range-default'));

describe('a LimitRange', () => {
  const at = (limit: string, resources: string): readonly string[] =>
    noHint(found({ 'web.yaml': asking(resources), 'lr.yaml': range(limit) }));

  test('has a most and a least', () => {
    const limit = '{ type: Container, max: { memory: 1Gi }, min: { memory: 64Mi } }';
    assert.deepEqual(at(limit, '{ requests: { memory: 128Mi }, limits: { memory: 1Gi } }'), []);
    assert.deepEqual(at(limit, '{ requests: { memory: 128Mi }, limits: { memory: 2Gi } }'), [
      'web.yaml:15 warning limit-range-exceeded: 2Gi',
    ]);
    assert.deepEqual(at(limit, '{ requests: { memory: 32Mi }, limits: { memory: 1Gi } }'), [
      'web.yaml:15 warning limit-range-exceeded: 32Mi',
    ]);
  });

  test('whose default limit is below a request is a trap', () => {
    const limit = '{ type: Container, default: { memory: 256Mi } }';
    assert.deepEqual(at(limit, '{ requests: { memory: 512Mi } }'), [
      'web.yaml:15 warning limit-range-exceeded: 512Mi',
    ]);
    assert.deepEqual(at(limit, '{ requests: { memory: 128Mi } }'), []);
    assert.deepEqual(at(limit, '{ requests: { memory: 512Mi }, limits: { memory: 512Mi } }'), []);
    // Where there is no default, the most there may be is it.
    assert.deepEqual(
      at('{ type: Container, max: { memory: 256Mi } }', '{ requests: { memory: 512Mi } }').length,
      1,
    );
  });

  test('has a ratio, exact to the last digit', () => {
    const limit = '{ type: Container, maxLimitRequestRatio: { cpu: 2.5 } }';
    assert.deepEqual(at(limit, '{ requests: { cpu: 400m }, limits: { cpu: 1 } }'), []);
    assert.deepEqual(at(limit, '{ requests: { cpu: 399m }, limits: { cpu: 1 } }'), [
      'web.yaml:15 warning limit-range-exceeded: 1',
    ]);
  });

  test('bounds whole pods, the sum of their containers', () => {
    const most = '{ type: Pod, max: { memory: 1Gi } }';
    const head = 'web.yaml:12 warning limit-range-exceeded: containers';
    assert.deepEqual(at(most, '{ requests: { memory: 128Mi }, limits: { memory: 1Gi } }'), []);
    assert.deepEqual(at(most, '{ limits: { memory: 2Gi } }'), [head]);
    // Nothing is filled in for a pod: one that has no limit is refused.
    assert.deepEqual(at(most, '{ requests: { memory: 128Mi } }'), [head]);
    const least = '{ type: Pod, min: { memory: 64Mi } }';
    assert.deepEqual(at(least, '{ limits: { memory: 128Mi } }'), []);
    assert.deepEqual(at(least, '{ requests: { memory: 32Mi } }'), [head]);
    assert.deepEqual(at(least, '{ requests: { cpu: 1 } }'), [head]);
  });

  test('bounds claims as well', () => {
    const claim =
      'apiVersion: v1\nkind: PersistentVolumeClaim\nmetadata: { name: d }\nspec: { accessModes: [ReadWriteOnce], resources: { requests: { storage: 20Gi } } }\n';
    const limit = range('{ type: PersistentVolumeClaim, max: { storage: 10Gi } }');
    assert.deepEqual(found({ 'pvc.yaml': claim, 'lr.yaml': limit }), [
      'pvc.yaml:4 warning limit-range-exceeded: 20Gi',
    ]);
  });

  test('tells what it fills in', () => {
    const limit = range('{ type: Container, default: { memory: 256Mi } }');
    assert.deepEqual(sentences({ 'web.yaml': deployment(), 'lr.yaml': limit }), [
      'LimitRange limits gives this container limits: memory 256Mi',
    ]);
    assert.deepEqual(found({ 'web.yaml': asking('{ limits: { memory: 1Gi } }'), 'lr.yaml': limit }), []);
  });

  test('of another folder counts only where the namespaces are written and equal', () => {
    const limit = range('{ type: Container, max: { memory: 1Gi } }').replace(
      'limits }',
      'limits, namespace: shop }',
    );
    const web = asking('{ limits: { memory: 2Gi } }');
    const there = web.replace('  name: web\n', '  name: web\n  namespace: shop\n');
    assert.deepEqual(found({ 'a/web.yaml': web, 'b/lr.yaml': limit }), []);
    assert.equal(found({ 'a/web.yaml': there, 'b/lr.yaml': limit }).length, 1);
  });

  test('of one of several namespaces is not held against what names none', () => {
    const of = (namespace: string): string =>
      range('{ type: Container, max: { memory: 1Gi } }', `, namespace: ${namespace}`);
    const files = { 'web.yaml': asking('{ limits: { memory: 2Gi } }'), 'shop.yaml': of('shop') };
    assert.equal(found(files).length, 1);
    assert.deepEqual(found({ ...files, 'till.yaml': of('till') }), []);
  });

  test('of a cluster wins over the file it was made from', () => {
    const limit = (most: string): string => range(`{ type: Container, max: { memory: ${most} } }`);
    const web = asking('{ limits: { memory: 2Gi } }');
    const files = { 'web.yaml': web, 'lr.yaml': limit('1Gi') };
    assert.equal(found(files).length, 1);
    assert.deepEqual(found({ ...files, 'cluster:dev/shop': limit('4Gi') }), []);
    assert.equal(found({ 'web.yaml': web, 'cluster:dev/shop': limit('1Gi') }).length, 1);
  });
});

describe('a quota', () => {
  test('is not for more than it allows', () => {
    const web = (replicas: string): string =>
      deployment({ replicas, container: 'resources: { requests: { memory: 1Gi } }' });
    const at = (replicas: string, hard = '{ requests.memory: 4Gi }'): readonly string[] =>
      found({ 'web.yaml': web(replicas), 'q.yaml': quota(hard) });
    assert.deepEqual(at('4'), []);
    assert.deepEqual(at('5'), ['web.yaml:6 warning quota-exceeded: 5']);
    assert.deepEqual(at('5', '{ pods: 4 }'), ['web.yaml:6 warning quota-exceeded: 5']);
    assert.deepEqual(at('5', '{ services: 4 }'), []);
    assert.deepEqual(sentences({ 'web.yaml': web('5'), 'q.yaml': quota('{ requests.memory: 4Gi }') }), [
      '5 replicas take 5Gi of requests.memory; quota quota allows 4Gi',
    ]);
  });

  test('is for all workloads together', () => {
    const web = (name: string): string =>
      deployment({
        name,
        labels: `{ app: ${name} }`,
        replicas: '3',
        container: 'resources: { requests: { memory: 1Gi } }',
      });
    assert.deepEqual(
      found({ 'a.yaml': web('a'), 'b.yaml': web('b'), 'q.yaml': quota('{ requests.memory: 4Gi }') }),
      ['q.yaml:5 warning quota-exceeded: 4Gi'],
    );
  });

  test('is held against the most an autoscaler makes', () => {
    const web = deployment({ container: 'resources: { requests: { cpu: 500m } }' });
    const files = { 'web.yaml': web, 'q.yaml': quota('{ requests.cpu: 4 }') };
    assert.deepEqual(found({ ...files, 'hpa.yaml': autoscaler('maxReplicas: 8') }), []);
    assert.deepEqual(found({ ...files, 'hpa.yaml': autoscaler('maxReplicas: 9') }), [
      'hpa.yaml:10 warning hpa-exceeds-quota: 9',
    ]);
  });

  test('demands what it counts of every container', () => {
    const web = deployment({ container: 'resources: { requests: { memory: 64Mi } }' });
    const files = { 'web.yaml': web, 'q.yaml': quota('{ requests.memory: 4Gi, limits.memory: 4Gi }') };
    assert.deepEqual(found(files), ['web.yaml:15 warning quota-request-missing: resources']);
    assert.deepEqual(
      noHint(found({ ...files, 'lr.yaml': range('{ type: Container, default: { memory: 1Gi } }') })),
      [],
    );
    const whole = deployment({ pod: 'resources: { requests: { memory: 64Mi }, limits: { memory: 64Mi } }' });
    assert.deepEqual(found({ ...files, 'web.yaml': whole }), []);
  });

  test('for some pods only is not judged', () => {
    const scoped = `${quota('{ requests.memory: 4Gi }')}  scopes: [NotTerminating]\n`;
    assert.deepEqual(found({ 'web.yaml': deployment(), 'q.yaml': scoped }), []);
  });
});
