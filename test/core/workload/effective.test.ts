import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { effectiveLimits, effectiveRequests, formatQuantity, qosClass } from '../../../src/core/index.ts';
import type { ResourceAmounts } from '../../../src/core/index.ts';

function shown(amounts: ResourceAmounts): Record<string, string> {
  return Object.fromEntries([...amounts].map(([name, amount]) => [name, formatQuantity(amount)]));
}

const cpu = (amount: string, more: object = {}): object => ({
  name: 'c',
  resources: { requests: { cpu: amount } },
  ...more,
});
const sidecar = { restartPolicy: 'Always' };

describe('effectiveRequests', () => {
  const cases: Record<string, readonly [spec: unknown, requests: Record<string, string>]> = {
    nothing: [{}, {}],
    'no object at all': [null, {}],
    'containers add up': [{ containers: [cpu('250m'), cpu('0.5')] }, { cpu: '750m' }],
    'init containers run one by one': [
      { initContainers: [cpu('1'), cpu('2')], containers: [cpu('500m')] },
      { cpu: '2' },
    ],
    'containers win over smaller init containers': [
      { initContainers: [cpu('1')], containers: [cpu('2')] },
      { cpu: '2' },
    ],
    'a sidecar runs beside the containers': [
      { initContainers: [cpu('400m', sidecar)], containers: [cpu('300m')] },
      { cpu: '700m' },
    ],
    'a sidecar before an init container': [
      { initContainers: [cpu('400m', sidecar), cpu('700m')], containers: [cpu('300m')] },
      { cpu: '1.1' },
    ],
    'a sidecar after an init container': [
      { initContainers: [cpu('700m'), cpu('400m', sidecar)], containers: [cpu('300m')] },
      { cpu: '700m' },
    ],
    'a limit is a request, per resource': [
      { containers: [{ resources: { requests: { cpu: 1 }, limits: { cpu: 2, memory: '1Gi' } } }] },
      { memory: '1Gi', cpu: '1' },
    ],
    'the pod’s own resources replace what the containers say': [
      { containers: [cpu('3')], resources: { requests: { cpu: '2' }, limits: { memory: '2Gi' } } },
      { cpu: '2', memory: '2Gi' },
    ],
    'but not of resources a pod cannot ask for': [
      {
        containers: [{ resources: { limits: { 'example.com/gpu': 1 } } }],
        resources: { limits: { 'example.com/gpu': 5 } },
      },
      { 'example.com/gpu': '1' },
    ],
    'overhead is added last': [
      {
        containers: [cpu('1')],
        resources: { requests: { cpu: '2' } },
        overhead: { cpu: '100m', memory: '10Mi' },
      },
      { cpu: '2.1', memory: '10Mi' },
    ],
    'ephemeral containers count for nothing': [{ ephemeralContainers: [cpu('5')] }, {}],
    'what cannot be read is left out': [{ containers: [cpu('lots'), cpu('1')] }, { cpu: '1' }],
  };
  for (const [name, [spec, expected]] of Object.entries(cases)) {
    test(name, () => assert.deepEqual(shown(effectiveRequests(spec)), expected));
  }
});

test('effectiveLimits adds overhead to limits that are set only', () => {
  const spec = {
    containers: [{ resources: { requests: { memory: '1Gi' }, limits: { cpu: '1' } } }],
    overhead: { cpu: '100m', memory: '10Mi' },
  };
  assert.deepEqual(shown(effectiveLimits(spec)), { cpu: '1.1' });
});

describe('qosClass', () => {
  const pod = (...resources: unknown[]): unknown => ({
    containers: resources.map((one) => ({ resources: one })),
  });
  const both = { cpu: '1', memory: '1Gi' };
  const cases: Record<string, readonly [spec: unknown, expected: string]> = {
    'nothing set': [pod({}, undefined), 'BestEffort'],
    'zero is nothing': [pod({ requests: { cpu: 0 } }), 'BestEffort'],
    'other resources do not count': [pod({ limits: { 'example.com/gpu': 1 } }), 'BestEffort'],
    'requests equal limits': [pod({ requests: both, limits: both }), 'Guaranteed'],
    'equal in amount': [pod({ requests: { cpu: '1000m', memory: '1024Mi' }, limits: both }), 'Guaranteed'],
    'limits alone': [pod({ limits: both }), 'Guaranteed'],
    'one limit missing': [pod({ limits: { cpu: '1' } }), 'Burstable'],
    'requests alone': [pod({ requests: both }), 'Burstable'],
    'one container without': [pod({ limits: both }, {}), 'Burstable'],
    'a request below its limit': [pod({ requests: { cpu: '500m' }, limits: both }), 'Burstable'],
    'an init container without': [
      { ...(pod({ limits: both }) as object), initContainers: [{}] },
      'Burstable',
    ],
    'the pod’s own resources stand for all': [
      { ...(pod({}, {}) as object), resources: { limits: both } },
      'Guaranteed',
    ],
  };
  for (const [name, [spec, expected]] of Object.entries(cases)) {
    test(name, () => assert.equal(qosClass(spec), expected));
  }
});
