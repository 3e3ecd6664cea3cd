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
  onList('pods', 'env-added', anyContainers, 'env', [
    ...[
      { name: 'A', value: 'x' },
      { name: 'A' },
      { name: 'A', value: '' },
      { name: 'A', value: null },
      { value: 'x' },
      {},
    ],
    ...[
      { name: '1A', value: 'x' },
      { name: 'MY VAR', value: 'x' },
      { name: 'A=B', value: 'x' },
      { name: '', value: 'x' },
    ],
    ...[
      { name: 'a.b-c', value: 'x' },
      { name: '..', value: 'x' },
      { name: 'r\u00e9', value: 'x' },
      { name: 'A', values: 'x' },
    ],
    ...[
      { A: 'x' },
      'A=x',
      { name: 'A', value: 5 },
      { name: 'A', value: true },
      { name: 'A', value: { b: 1 } },
    ],
    ...[
      { name: 'A', valueFrom: {} },
      { name: 'A', valueFrom: null },
      { name: 'A', value: 'x', valueFrom: { fieldRef: { fieldPath: 'metadata.name' } } },
    ],
    ...[
      { name: 'A', value: '', valueFrom: { fieldRef: { fieldPath: 'metadata.name' } } },
      { Name: 'A', value: 'x' },
    ],
  ]),
  onList('pods', 'env-source', anyContainers, 'env', [
    ...fieldPaths().map((fieldPath) => ({ name: 'F', valueFrom: { fieldRef: { fieldPath } } })),
    ...[
      { fieldRef: { apiVersion: 'v2', fieldPath: 'metadata.name' } },
      { fieldRef: { apiVersion: 'v1' } },
      { fieldRef: {} },
      { fieldRef: 'metadata.name' },
    ].map((valueFrom) => ({ name: 'G', valueFrom })),
    ...[
      'limits.cpu',
      'requests.memory',
      'cpu',
      'limits.gpu',
      'limits.hugepages-2Mi',
      '',
      'limits.ephemeral-storage',
      'requests.nvidia.com/gpu',
    ].flatMap((resource) =>
      ['1', '1m', '1Mi', '0', '2', '10m', '1k', null].map((divisor) => ({
        name: 'R',
        valueFrom: { resourceFieldRef: { resource, divisor } },
      })),
    ),
    ...[
      { name: 'c', key: 'k' },
      { name: 'c' },
      { key: 'k' },
      { name: '', key: 'k' },
      { name: 'C_', key: 'k' },
      { name: 'c', key: 'a b' },
      { name: 'c', key: '..' },
      { name: 'c', key: 'k', optional: 'true' },
    ].flatMap((ref) => [
      { name: 'C', valueFrom: { configMapKeyRef: ref } },
      { name: 'S', valueFrom: { secretKeyRef: ref } },
    ]),
    {
      name: 'T',
      valueFrom: { configMapKeyRef: { name: 'c', key: 'k' }, secretKeyRef: { name: 's', key: 'k' } },
    },
    { name: 'T', valueFrom: { fileKeyRef: { volumeName: 'v', path: 'p', key: 'K' } } },
    { name: 'T', valueFrom: { secretRef: { name: 's' } } },
    { name: 'T', configMapKeyRef: { name: 'c', key: 'k' } },
  ]),
  onList('pods', 'env-from', anyContainers, 'envFrom', [
    ...[
      { configMapRef: { name: 'c' } },
      { secretRef: { name: 's' } },
      { configMapRef: {} },
      { secretRef: { name: 'S_' } },
      {},
    ],
    ...[
      { configMapRef: { name: 'c' }, secretRef: { name: 's' } },
      { prefix: 'P_', secretRef: { name: 's' } },
      { prefix: '1-', secretRef: { name: 's' } },
    ],
    ...[
      { prefix: 'a b', configMapRef: { name: 'c' } },
      { prefix: 'a=', configMapRef: { name: 'c' } },
      { configMapRef: 'c' },
      { name: 'c' },
      'c',
    ],
    ...[
      { configMapRef: { name: 'c', key: 'k' } },
      { configMapRef: { name: 'c', optional: 'yes' } },
      { prefix: 'P_' },
    ],
  ]),
  onField('pods', 'env-shape', anyContainers, 'env', [
    { A: 'x' },
    [],
    null,
    'A=x',
    [
      { name: 'A', value: '1' },
      { name: 'A', value: '2' },
    ],
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
  onField('pods', 'security-capabilities', anyContainers, 'securityContext.capabilities', [
    ...[
      { add: ['SYS_ADMIN'] },
      { add: ['CAP_SYS_ADMIN'] },
      { drop: ['all'] },
      { drop: 'ALL' },
      { add: ['net_admin'] },
      { add: [''] },
      null,
      { dropped: ['ALL'] },
    ],
  ]),
  onField('pods', 'security-escalation', anyContainers, 'securityContext.allowPrivilegeEscalation', flags),
  onField('pods', 'security-privileged', anyContainers, 'securityContext.privileged', flags),
  onField('pods', 'security-user', anyContainers, 'securityContext.runAsUser', [
    ...counts,
    -1,
    65534,
    4_294_967_296,
    2_147_483_648,
    'root',
  ]),
  onField('pods', 'security-proc-mount', anyContainers, 'securityContext.procMount', [
    'Default',
    'Unmasked',
    'default',
    '',
    null,
  ]),
  onField('pods', 'security-seccomp', anyContainers, 'securityContext.seccompProfile', profiles()),
  onField('pods', 'security-apparmor', anyContainers, 'securityContext.appArmorProfile', profiles()),
  onMapping('pods', 'security-conflict', anyContainers, (container, random) => {
    container.securityContext = structuredClone(
      random.pick([
        ...[
          { allowPrivilegeEscalation: false, privileged: true },
          { allowPrivilegeEscalation: true, privileged: true },
        ],
        ...[
          { allowPrivilegeEscalation: false, capabilities: { add: ['SYS_ADMIN'] } },
          { allowPrivilegeEscalation: false, capabilities: { add: ['CAP_SYS_ADMIN'] } },
        ],
        ...[
          { fsGroup: 5 },
          { sysctls: [] },
          { runAsUser: 0, runAsNonRoot: true },
          { runAsGroup: 5 },
          { windowsOptions: { runAsUserName: 'x' } },
        ],
        ...[
          { supplementalGroups: [1] },
          { readOnlyRootFilesystem: 'true' },
          { seLinuxOptions: { level: 's0' } },
          {},
        ],
      ]),
    );
  }),
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
  onList('pods', 'volume-mount', anyContainers, 'volumeMounts', [
    ...[
      { name: 'nowhere', mountPath: '/x' },
      { name: 'data', mountPath: '/x' },
      { name: 'config', mountPath: '/x' },
      { name: 'data' },
      { mountPath: '/x' },
    ],
    ...[
      { name: 'cache', mountPath: '/cache' },
      { name: 'data', mountPath: 'x' },
      { name: 'data', mountPath: '' },
      { name: 'data', mountPath: '/v:ro' },
    ],
    ...[
      { name: 'data', mountPath: '/y', subPath: '/abs' },
      { name: 'data', mountPath: '/y', subPath: '../up' },
      { name: 'data', mountPath: '/y', subPath: 'a', subPathExpr: 'b' },
    ],
    ...[
      { name: 'data', mountPath: '/y', readonly: true },
      { name: 'data', mountPath: '/y', mountPropagation: 'Bidirectional' },
      { name: 'data', mountPath: '/y', mountPropagation: 'None' },
    ],
    ...[
      { name: 'data', mountPath: '/y', recursiveReadOnly: 'Enabled' },
      { name: 'data', mountPath: '/y', readOnly: true, recursiveReadOnly: 'Enabled' },
      {},
    ],
  ]),
  onField('pods', 'volume-mount-path', ofContainers('volumeMounts'), 'mountPath', [
    '/',
    '/x',
    'x',
    '',
    '/a:b',
    null,
    absent,
    '/data',
    '/tmp',
    5,
    '/../x',
  ]),
  onField('pods', 'volume-mount-name', ofContainers('volumeMounts'), 'name', [
    'nowhere',
    '',
    'data',
    absent,
    null,
    'Data',
  ]),
  onField('pods', 'volume-mount-sub-path', ofContainers('volumeMounts'), 'subPath', [
    'a',
    '/a',
    '../a',
    'a/../b',
    '',
    null,
    '..',
    'a/..',
    '..a',
    '.',
  ]),
  onField('pods', 'volume-mount-propagation', ofContainers('volumeMounts'), 'mountPropagation', [
    'None',
    'Bidirectional',
    'HostToContainer',
    'bidirectional',
    '',
    null,
  ]),
  onField('pods', 'volume-mount-recursive', ofContainers('volumeMounts'), 'recursiveReadOnly', [
    'Disabled',
    'IfPossible',
    'Enabled',
    'enabled',
    '',
    null,
  ]),
  onList('pods', 'volume-device', anyContainers, 'volumeDevices', [
    ...[
      { name: 'data', devicePath: '/dev/x' },
      { name: 'nowhere', devicePath: '/dev/x' },
      { name: 'cache', devicePath: '/dev/y' },
      { name: 'data' },
      { devicePath: '/dev/x' },
    ],
    ...[
      { name: 'data', devicePath: '../x' },
      { name: 'disk', devicePath: '/dev/xvda' },
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
  onField('pods', 'security-itself', anyContainers, 'securityContext', [
    null,
    {},
    [],
    'privileged',
    { privileged: null },
    { runAsNonRoot: 'yes' },
    { RunAsUser: 1 },
  ]),
  onField('pods', 'request-number', under(under(anyContainers, 'resources'), 'requests'), 'cpu', quantities),
];

function podSpecHolders(): readonly string[] {
  return ['spec.template.spec', 'template.spec', 'spec.jobTemplate.spec.template.spec'];
}

function fieldPaths(): readonly string[] {
  return [
    ...[
      'metadata.name',
      'metadata.namespace',
      'metadata.uid',
      'metadata.labels',
      'metadata.annotations',
      "metadata.labels['app']",
    ],
    ...[
      "metadata.annotations['example.com/a']",
      "metadata.labels['sp ace']",
      "metadata.annotations['Upper.com/X']",
      'metadata.labels["app"]',
    ],
    ...[
      'metadata.labels.app',
      'spec.nodeName',
      'spec.serviceAccountName',
      'status.hostIP',
      'status.hostIPs',
      'status.podIP',
      'status.podIPs',
    ],
    ...[
      'spec.containers',
      'status.phase',
      'name',
      '',
      'metadata.Name',
      "metadata.labels['']",
      "metadata.name['x']",
      '.metadata.name',
      'spec.hostname',
    ],
  ];
}

function profiles(): readonly unknown[] {
  return [
    ...[
      { type: 'RuntimeDefault' },
      { type: 'Unconfined' },
      { type: 'Localhost' },
      { type: 'Localhost', localhostProfile: 'a/b.json' },
    ],
    ...[
      { type: 'RuntimeDefault', localhostProfile: 'a' },
      { type: 'runtime/default' },
      {},
      { type: '' },
      { localhostProfile: 'a' },
    ],
    ...[
      { type: 'Localhost', localhostProfile: '/abs' },
      { type: 'Localhost', localhostProfile: '../up' },
      { type: 'Localhost', localhostProfile: '' },
      null,
      'RuntimeDefault',
    ],
    ...[
      { type: 'Localhost', localhostProfile: ' a' },
      { type: 'Localhost', localhostProfile: '  ' },
    ],
  ];
}
