import { podCase, templateCase } from '../../server-cases.ts';
import type { ServerCase } from '../../server-cases.ts';

const C = 'spec.containers[0]';
const one = (container: string): string => `containers: [{ name: a, image: a, ${container} }]`;
const two = (a: string, b: string): string =>
  `containers: [{ name: a, image: a, resources: { ${a} } }, { name: b, image: b, resources: { ${b} } }]`;

/** Requests, limits, claims, resizing, resources of whole pods. */
export const cases: readonly ServerCase[] = [
  resources(
    'of every kind',
    'limits: { cpu: 1, memory: 1Gi, ephemeral-storage: 1Gi, nvidia.com/gpu: 1, kubernetes.io/foo: 1, hugepages-2Mi: 4Mi }',
  ),
  resources('that are null', 'limits: ~, requests: { cpu: ~ }'),
  ...[
    'gpu',
    'storage',
    'pods',
    'requests.cpu',
    'CPU',
    'requests.nvidia.com/gpu',
    'a/b/c',
    '/a',
    'Nvidia.com/gpu',
    `${'a'.repeat(55)}.${'b'.repeat(190)}/c`,
  ].map((name) =>
    templateResources(`called ${name.slice(0, 30)}`, `limits: { cpu: 1, ${name}: 1 }`, [
      `resource-name-invalid limits[${name}]`,
    ]),
  ),
  templateResources('called hugepages-', 'limits: { cpu: 1, hugepages-: 1 }', [
    'resource-name-invalid limits[hugepages-]',
    'hugepages-invalid limits[hugepages-]',
  ]),
  resources('requested of no such name', 'requests: { foo: 1 }', ['resource-name-invalid requests[foo]']),
  templateResources('negative', 'limits: { cpu: -1 }, requests: { memory: -1 }', [
    'quantity-invalid limits[cpu]',
    'quantity-invalid requests[memory]',
  ]),
  resources('requested above the limit', 'requests: { cpu: 2 }, limits: { cpu: 1 }', [
    'request-above-limit requests',
  ]),
  resources('requested above a limit that is null', 'requests: { cpu: 2 }, limits: { cpu: }', [
    'request-above-limit requests',
  ]),
  resources('requested above the limit by a hair', 'requests: { cpu: 1m }, limits: { cpu: 0.5m }'),
  resources('of no limit at all', 'requests: { cpu: 2 }, limits: ~'),

  resources('of devices', 'requests: { a.b/c: 2 }, limits: { a.b/c: 2 }'),
  resources('of devices in bytes', 'limits: { a.b/c: 1Gi }'),
  resources('of devices without limit', 'requests: { a.b/c: 2 }', ['resource-not-overcommitted limits']),
  resources('of devices below the limit', 'requests: { a.b/c: 1 }, limits: { a.b/c: 2 }', [
    'resource-not-overcommitted requests',
  ]),
  resources('of devices above the limit', 'requests: { a.b/c: 3 }, limits: { a.b/c: 2 }', [
    'resource-not-overcommitted requests',
  ]),
  templateResources('of half a device', 'limits: { a.b/c: 0.5 }', [
    'resource-not-overcommitted limits[a.b/c]',
  ]),
  templateResources('of half a device, requested too', 'limits: { a.b/c: 500m }, requests: { a.b/c: 500m }', [
    'resource-not-overcommitted limits[a.b/c]',
    'resource-not-overcommitted requests[a.b/c]',
  ]),
  resources('of Kubernetes, without limit', 'requests: { kubernetes.io/foo: 1.5 }'),

  resources('of huge pages', 'limits: { hugepages-2Mi: 4Mi, memory: 1Gi }, requests: { hugepages-2Mi: 4Mi }'),
  templateResources('of huge pages without memory', 'limits: { hugepages-2Mi: 4Mi }', ['hugepages-invalid ']),
  templateResources(
    'of huge pages with a request of cpu',
    'limits: { hugepages-2Mi: 4Mi }, requests: { cpu: 1 }',
  ),
  templateResources('of part of a page', 'limits: { hugepages-2Mi: 3Mi, cpu: 1 }', [
    'hugepages-invalid limits[hugepages-2Mi]',
  ]),
  templateResources('of pages of 3Mi', 'limits: { hugepages-3Mi: 3Mi, cpu: 1 }'),
  templateResources('of pages of no size', 'limits: { hugepages-big: 3Mi, cpu: 1 }', [
    'hugepages-invalid limits[hugepages-big]',
  ]),
  templateResources('of pages of nothing', 'limits: { hugepages-0: 0, cpu: 1 }', [
    'hugepages-invalid limits[hugepages-0]',
  ]),
  templateResources('of no pages', 'limits: { hugepages-2Mi: 0, cpu: 1 }'),
  templateResources('of huge pages requested only', 'requests: { hugepages-2Mi: 4Mi, cpu: 1 }', [
    'resource-not-overcommitted limits',
  ]),
  templateResources(
    'of huge pages requested in part',
    'requests: { hugepages-2Mi: 2Mi, cpu: 1 }, limits: { hugepages-2Mi: 4Mi }',
    ['resource-not-overcommitted requests'],
  ),

  podCase('an overhead that is no resource', 'overhead: { gpu: 1 }', [
    'pod-overhead-set spec.overhead',
    'resource-name-invalid spec.overhead.limits[gpu]',
  ]),
  templateCase('an overhead', 'overhead: { cpu: 1, memory: 1Gi }'),
  templateCase('a strange overhead', 'overhead: { a.b/c: 0.5, hugepages-2Mi: 1Mi, cpu: -1 }', [
    'resource-not-overcommitted spec.overhead.limits[a.b/c]',
    'hugepages-invalid spec.overhead.limits[hugepages-2Mi]',
    'quantity-invalid spec.overhead.limits[cpu]',
  ]),
  templateCase('an overhead of huge pages', 'overhead: { hugepages-2Mi: 2Mi }', [
    'hugepages-invalid spec.overhead',
  ]),

  claims('of the pod', '{ name: gpu }'),
  claims('by request', '{ name: gpu, request: a }, { name: gpu, request: b }'),
  claims('of nobody', '{ name: gpus }', ['claims[0]']),
  claims('of no name', '{}', ['claims[0]']),
  claims('twice', '{ name: gpu }, { name: gpu }', ['claims[1]']),
  claims('whole and in part', '{ name: gpu }, { name: gpu, request: a }', ['claims[1]']),
  claims('in part and whole', '{ name: gpu, request: a }, { name: gpu }', ['claims[1]']),
  claims('by an impossible request', '{ name: gpu, request: A }', ['claims[0].request']),
  resources('of a claim the pod does not have', 'claims: [{ name: a }]', [
    'resource-claim-invalid claims[0]',
  ]),

  resize(
    'cpu and memory',
    '{ resourceName: cpu, restartPolicy: NotRequired }, { resourceName: memory, restartPolicy: RestartContainer }',
  ),
  resize('gpu', '{ resourceName: gpu, restartPolicy: NotRequired }', ['resizePolicy']),
  resize('nothing', '{}', ['resizePolicy']),
  resize(
    'cpu twice',
    '{ resourceName: cpu, restartPolicy: NotRequired }, { resourceName: cpu, restartPolicy: NotRequired }',
    ['resizePolicy[1]'],
  ),
  resize('cpu by Always', '{ resourceName: cpu, restartPolicy: Always }', ['resizePolicy']),
  podCase(
    'a pod that never restarts and is resized by a restart',
    `restartPolicy: Never\n${one('resizePolicy: [{ resourceName: cpu, restartPolicy: RestartContainer }]')}`,
    [`resize-policy-invalid ${C}.resizePolicy`],
  ),

  wholePod(
    'as much as its containers',
    'requests: { cpu: 3 }, limits: { cpu: 3 }',
    'requests: { cpu: 1 }',
    'requests: { cpu: 2 }',
  ),
  wholePod(
    'less than its containers',
    'requests: { cpu: 2 }',
    'requests: { cpu: 1 }',
    'requests: { cpu: 2 }',
    ['pod-resources-invalid requests[cpu]'],
  ),
  wholePod(
    'less limits than its containers request',
    'limits: { cpu: 2 }',
    'requests: { cpu: 1 }',
    'requests: { cpu: 2 }',
    ['pod-resources-invalid requests'],
  ),
  templateWholePod(
    'less limits than its containers request',
    'limits: { cpu: 2 }',
    'requests: { cpu: 1 }',
    'requests: { cpu: 2 }',
  ),
  wholePod(
    'a request below the limits of its containers',
    'requests: { cpu: 2 }',
    'limits: { cpu: 1 }',
    'limits: { cpu: 2 }',
    ['pod-resources-invalid requests[cpu]'],
  ),
  templateWholePod(
    'a request below the limits of its containers',
    'requests: { cpu: 2 }',
    'limits: { cpu: 1 }',
    'limits: { cpu: 2 }',
  ),
  wholePod(
    'a limit below one of its containers',
    'limits: { memory: 1Gi }',
    'limits: { memory: 2Gi }, requests: { memory: 1Mi }',
    'limits: { cpu: 2 }',
    ['pod-resources-invalid containers[0][memory].limits'],
  ),
  wholePod(
    'limits below the sum',
    'limits: { memory: 2Gi }',
    'limits: { memory: 2Gi }, requests: { memory: 0 }',
    'limits: { memory: 2Gi }, requests: { memory: 0 }',
  ),
  wholePod('claims', 'claims: []', '', '', ['pod-resources-invalid claims']),
  wholePod('devices', 'limits: { nvidia.com/gpu: 1 }', '', '', [
    'resource-name-invalid limits[nvidia.com/gpu]',
  ]),
  wholePod('storage', 'requests: { ephemeral-storage: 1Gi }', '', '', [
    'resource-name-invalid requests[ephemeral-storage]',
  ]),
  wholePod('requests above limits', 'requests: { cpu: 2 }, limits: { cpu: 1 }', '', '', [
    'request-above-limit requests',
  ]),
  wholePod(
    'huge pages',
    'requests: { cpu: 1, hugepages-2Mi: 4Mi }, limits: { hugepages-2Mi: 4Mi }',
    'limits: { cpu: 1, hugepages-2Mi: 2Mi }',
    'limits: { hugepages-2Mi: 2Mi, cpu: 0 }',
  ),
  wholePod(
    'too few huge pages',
    'limits: { cpu: 1, hugepages-2Mi: 2Mi }',
    'limits: { cpu: 1, hugepages-2Mi: 2Mi }',
    'limits: { hugepages-2Mi: 2Mi, cpu: 0 }',
    ['pod-resources-invalid limits[hugepages-2Mi]'],
  ),
  templateWholePod(
    'too few huge pages',
    'limits: { cpu: 1, hugepages-2Mi: 2Mi }',
    'limits: { cpu: 1, hugepages-2Mi: 2Mi }',
    'limits: { hugepages-2Mi: 2Mi, cpu: 0 }',
    ['pod-resources-invalid limits[hugepages-2Mi]'],
  ),
  wholePod('huge pages requested only', 'requests: { cpu: 1, hugepages-2Mi: 2Mi }', '', '', [
    'resource-not-overcommitted limits',
  ]),
  wholePod('huge pages alone', 'limits: { hugepages-2Mi: 2Mi }', '', '', ['hugepages-invalid ']),
  podCase(
    'the sum with sidecars and init containers',
    `resources: { requests: { cpu: 1100m } }\ncontainers: [{ name: a, image: a, resources: { requests: { cpu: 300m } } }]\ninitContainers: [{ name: s, image: s, restartPolicy: Always, resources: { requests: { cpu: 400m } } }, { name: i, image: i, resources: { requests: { cpu: 700m } } }]`,
  ),
  podCase(
    'less than a sidecar and an init container',
    `resources: { requests: { cpu: 1099m } }\ncontainers: [{ name: a, image: a, resources: { requests: { cpu: 300m } } }]\ninitContainers: [{ name: s, image: s, restartPolicy: Always, resources: { requests: { cpu: 400m } } }, { name: i, image: i, resources: { requests: { cpu: 700m } } }]`,
    ['pod-resources-invalid spec.resources.requests[cpu]'],
  ),
  podCase('nothing for the whole pod', 'resources: {}'),
];

function resources(title: string, text: string, errors: readonly string[] = []): ServerCase {
  return podCase(`resources ${title}`, one(`resources: { ${text} }`), errors.map(inResources));
}

function templateResources(title: string, text: string, errors: readonly string[] = []): ServerCase {
  return templateCase(`resources ${title}`, one(`resources: { ${text} }`), errors.map(inResources));
}

function inResources(error: string): string {
  const [code = '', path = ''] = error.split(' ');
  return `${code} ${C}.resources${path === '' ? '' : `.${path}`}`;
}

function claims(title: string, list: string, errors: readonly string[] = []): ServerCase {
  return podCase(
    `claims ${title}`,
    `resourceClaims: [{ name: gpu, resourceClaimName: gpu }]\n${one(`resources: { claims: [${list}] }`)}`,
    errors.map((path) => `resource-claim-invalid ${C}.resources.${path}`),
  );
}

function resize(title: string, list: string, errors: readonly string[] = []): ServerCase {
  return podCase(
    `a resize policy for ${title}`,
    one(`resizePolicy: [${list}]`),
    errors.map((path) => `resize-policy-invalid ${C}.${path}`),
  );
}

function wholePod(
  title: string,
  own: string,
  a: string,
  b: string,
  errors: readonly string[] = [],
): ServerCase {
  return podCase(`a pod with ${title}`, `resources: { ${own} }\n${two(a, b)}`, errors.map(inPod));
}

function templateWholePod(
  title: string,
  own: string,
  a: string,
  b: string,
  errors: readonly string[] = [],
): ServerCase {
  return templateCase(`a pod with ${title}`, `resources: { ${own} }\n${two(a, b)}`, errors.map(inPod));
}

function inPod(error: string): string {
  const [code = '', path = ''] = error.split(' ');
  return `${code} spec.resources${path === '' ? '' : `.${path}`}`;
}
