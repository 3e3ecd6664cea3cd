import { absent, type Mutation, onField, onList, onMapping, onParts } from '../mutation.ts';
import { isTree } from '../tree.ts';
import { anyContainers, containers, initContainers, ofContainers, probes, under } from './where.ts';
import { counts, flags, images, names, portNames, ports, quantities } from './values.ts';

const handlers = ['exec', 'httpGet', 'tcpSocket', 'grpc'];

const resourceNames: readonly string[] = [
  ...['cpu', 'memory', 'ephemeral-storage', 'CPU', 'mem', 'storage', 'pods', 'gpu', 'nvidia.com/gpu'],
  ...[
    'hugepages-2Mi',
    'hugepages-3Mi',
    'hugepages-2M',
    'hugepages-',
    'requests.nvidia.com/gpu',
    'example.com/a b',
  ],
  ...['kubernetes.io/foo', 'limits.cpu', 'attachable-volumes-x', 'example.com/', '', 'Example.com/x'],
];

export const containerMutations: readonly Mutation[] = [
  onField('pods', 'container-name', anyContainers, 'name', names),
  onField('pods', 'container-image', anyContainers, 'image', images),
  onField('pods', 'container-pull-policy', anyContainers, 'imagePullPolicy', [
    ...['Always', 'IfNotPresent', 'Never', 'always', 'ifNotPresent', '', null, true, absent],
  ]),
  onField('pods', 'container-termination-policy', anyContainers, 'terminationMessagePolicy', [
    ...['File', 'FallbackToLogsOnError', 'file', '', null, 'Logs'],
  ]),
  onField('pods', 'container-restart', anyContainers, 'restartPolicy', [
    ...['Always', 'Never', 'OnFailure', 'always', '', null],
  ]),
  onField('pods', 'container-command', anyContainers, 'command', [
    ...['run', ['run', 5], ['run', '5'], [], null, ['sh', '-c', true], [null], ['']],
  ]),
  onField('pods', 'container-flags', anyContainers, 'stdin', flags),
  onField('pods', 'request-cpu', anyContainers, 'resources.requests.cpu', quantities),
  onField('pods', 'request-memory', anyContainers, 'resources.requests.memory', quantities),
  onField('pods', 'limit-cpu', anyContainers, 'resources.limits.cpu', quantities),
  onField('pods', 'limit-memory', anyContainers, 'resources.limits.memory', quantities),
  onField('pods', 'limit-storage', anyContainers, 'resources.limits.ephemeral-storage', quantities),
  onMapping('pods', 'resource-name', anyContainers, (container, random) => {
    const resources = (container.resources ??= {});
    if (!isTree(resources)) return false;
    const amounts = (resources[random.pick(['requests', 'limits'])] ??= {});
    if (!isTree(amounts)) return false;
    amounts[random.pick(resourceNames)] = random.pick([1, '2Mi', '500m', 0]);
    return true;
  }),
  onMapping('pods', 'resource-name-both', anyContainers, (container, random) => {
    const resources = (container.resources ??= {});
    if (!isTree(resources)) return false;
    const name = random.pick(resourceNames);
    const [request, limit] = random.pick([
      ...[
        ['1', '1'],
        ['2', '1'],
        ['1', '2'],
        ['4Mi', '4Mi'],
        ['3Mi', '3Mi'],
        ['500m', '500m'],
        ['0', '0'],
      ],
      ...[
        ['1', '1.0'],
        ['1000m', '1'],
        ['1Gi', '1024Mi'],
        ['-1', '-1'],
      ],
    ]);
    resources.requests = { ...(isTree(resources.requests) ? resources.requests : {}), [name]: request };
    resources.limits = { ...(isTree(resources.limits) ? resources.limits : {}), [name]: limit };
    return true;
  }),
  onField('pods', 'resources-shape', anyContainers, 'resources', [
    ...[
      null,
      {},
      [],
      { cpu: '1' },
      { request: { cpu: 1 } },
      { requests: [] },
      { requests: null, limits: null },
    ],
    ...[{ requests: { cpu: null } }, { limits: { cpu: { value: 1 } } }, { requests: 'cpu: 1' }],
    ...[{ claims: [{ name: 'nowhere' }] }, { claims: [{ name: 'gpu', request: 'x' }] }, { claims: [{}] }],
  ]),
  onList('pods', 'container-port', containers, 'ports', [
    ...[{ containerPort: 80 }, { containerPort: 0 }, { containerPort: 65536 }, { containerPort: '80' }, {}],
    ...[{ name: 'http', containerPort: 81 }, { name: 'x', containerPort: 8080 }, { port: 80 }, 80, '80:80'],
    ...[
      { containerPort: 82, protocol: 'tcp' },
      { containerPort: 83, protocol: 'SCTP' },
      { containerPort: 84, protocol: 'HTTP' },
    ],
    ...[
      { containerPort: 85, hostPort: 85 },
      { containerPort: 86, hostPort: 99999 },
      { containerPort: 87, hostPort: 9100 },
    ],
    ...[
      { containerPort: 88, hostIP: 'x' },
      { containerPort: 89, hostIP: '10.0.0.1', hostPort: 89 },
      { containerPort: 90, hostPort: 0 },
    ],
  ]),
  onField('pods', 'container-port-number', ofContainers('ports'), 'containerPort', ports),
  onField('pods', 'container-port-host', ofContainers('ports'), 'hostPort', ports),
  onField('pods', 'container-port-name', ofContainers('ports'), 'name', portNames),
  onField('pods', 'container-port-protocol', ofContainers('ports'), 'protocol', [
    ...['TCP', 'UDP', 'SCTP', 'tcp', 'Udp', 'HTTP', '', null, 'QUIC'],
  ]),
  ...['livenessProbe', 'readinessProbe', 'startupProbe'].map((probe) =>
    onField('pods', `probe-${probe.replace('Probe', '')}`, anyContainers, probe, [
      ...[
        { httpGet: { port: 80 } },
        { httpGet: { path: 'live', port: 80 } },
        { httpGet: { path: '/' } },
        { httpGet: { path: '/', port: 'Http' } },
      ],
      ...[
        { tcpSocket: { port: 80 } },
        { tcpSocket: {} },
        { tcpSocket: { port: 'http' } },
        { exec: { command: [] } },
        { exec: {} },
        { exec: { command: ['a'] } },
      ],
      ...[
        { grpc: { port: 80 } },
        { grpc: { port: 'http' } },
        { grpc: { service: 'x' } },
        {},
        null,
        { http: { port: 80 } },
        { httpGet: { port: 80 }, tcpSocket: { port: 80 } },
      ],
      ...[
        { httpGet: { port: 80, scheme: 'https' } },
        { httpGet: { port: 80, scheme: 'HTTPS' } },
        { httpGet: { port: 80, httpHeaders: [{ name: 'a b', value: 'x' }] } },
      ],
      ...[
        { httpGet: { port: 80, httpHeaders: [{ value: 'x' }] } },
        { httpGet: { port: 80, headers: {} } },
        { exec: 'a' },
        { exec: { command: 'a' } },
        { periodSeconds: 5 },
      ],
    ]),
  ),
  onParts('pods', 'probe-handler', probes, handlers, [
    ...[
      {},
      { httpGet: { port: 80 } },
      { exec: { command: ['a'] } },
      { tcpSocket: { port: '80' } },
      { grpc: { port: 1 } },
      { exec: { command: ['a'] }, grpc: { port: 1 } },
    ],
  ]),
  ...[
    'initialDelaySeconds',
    'timeoutSeconds',
    'periodSeconds',
    'successThreshold',
    'failureThreshold',
    'terminationGracePeriodSeconds',
  ].map((key) =>
    onField('pods', `probe-${key.replace(/[A-Z].*/, '').toLowerCase()}-seconds`, probes, key, counts),
  ),
  onField('pods', 'probe-port', [...['httpGet', 'tcpSocket'].map((key) => `**.${key}`)], 'port', ports),
  onField('pods', 'probe-path', '**.httpGet', 'path', [
    '/',
    'live',
    '',
    '/a b',
    'http://x/',
    null,
    '/%zz',
    absent,
    5,
  ]),
  onField('pods', 'lifecycle', anyContainers, 'lifecycle', [
    ...[
      {},
      null,
      { preStop: { exec: { command: ['a'] } } },
      { preStop: {} },
      { preStop: { sleep: { seconds: 0 } } },
      { preStop: { sleep: { seconds: -1 } } },
    ],
    ...[
      { preStop: { sleep: { seconds: 5 } } },
      { preStop: { sleep: { seconds: 100000 } } },
      { preStop: { sleep: 5 } },
      { preStop: { exec: {} } },
    ],
    ...[
      { postStart: { httpGet: { port: 'nope' } } },
      { postStart: { tcpSocket: { port: 80 } } },
      { preStop: { command: ['a'] } },
      { preStop: { exec: ['a'] } },
    ],
    ...[
      { stopSignal: 'SIGTERM' },
      { stopSignal: 'TERM' },
      { stop: {} },
      { postStart: { exec: { command: ['a'] }, sleep: { seconds: 1 } } },
    ],
  ]),
  onField('pods', 'init-handlers', initContainers, 'readinessProbe', [
    { exec: { command: ['a'] } },
    {},
    null,
  ]),
  onList('pods', 'container-twice', podSpecHolders(), 'containers', [
    ...[
      { name: 'app', image: 'a' },
      { name: 'web', image: 'a' },
      { name: 'second', image: 'a' },
      { image: 'a' },
      { name: 'second' },
      {},
      null,
      'nginx',
    ],
    ...[
      { name: 'second', image: 'a', resources: { limits: { cpu: 1 } } },
      { name: 'work', image: 'a' },
      { name: 'second', image: 'a', ports: [{ containerPort: 80 }] },
    ],
  ]),
  onList('pods', 'container-init', podSpecHolders(), 'initContainers', [
    ...[
      { name: 'app', image: 'a' },
      { name: 'first', image: 'a' },
      { name: 'first' },
      { name: 'first', image: 'a', restartPolicy: 'Always' },
    ],
    ...[
      { name: 'first', image: 'a', restartPolicy: 'Never' },
      { name: 'first', image: 'a', lifecycle: { preStop: { exec: { command: ['a'] } } } },
    ],
    ...[
      { name: 'first', image: 'a', livenessProbe: { exec: { command: ['a'] } } },
      { name: 'first', image: 'a', restartPolicy: 'Always', startupProbe: { exec: { command: ['a'] } } },
    ],
    ...[
      { name: 'first', image: 'a', restartPolicy: 'OnFailure' },
      { name: 'first', image: 'a', ports: [{ name: 'http', containerPort: 80 }] },
    ],
  ]),
  onList('pods', 'resize-policy', anyContainers, 'resizePolicy', [
    ...[
      { resourceName: 'cpu', restartPolicy: 'NotRequired' },
      { resourceName: 'memory', restartPolicy: 'RestartContainer' },
      { resourceName: 'storage', restartPolicy: 'NotRequired' },
    ],
    ...[
      { resourceName: 'cpu', restartPolicy: 'Always' },
      { resourceName: 'cpu' },
      { restartPolicy: 'NotRequired' },
      {},
    ],
  ]),
  onField('pods', 'restart-rules', anyContainers, 'restartPolicyRules', [
    ...[
      [],
      [{ action: 'Restart', exitCodes: { operator: 'In', values: [42] } }],
      [{ action: 'Stop' }],
      [{ action: 'Restart', exitCodes: { operator: 'Is', values: [] } }],
      null,
    ],
  ]),
  onField('pods', 'working-directory', anyContainers, 'workingDir', ['/x', 'x', '', null, 5]),
  onField('pods', 'request-number', under(under(anyContainers, 'resources'), 'requests'), 'cpu', quantities),
];

function podSpecHolders(): readonly string[] {
  return ['spec.template.spec', 'template.spec', 'spec.jobTemplate.spec.template.spec'];
}
