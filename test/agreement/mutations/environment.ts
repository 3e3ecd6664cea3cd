import { absent, type Mutation, onField, onList, onMapping } from '../mutation.ts';
import { anyContainers, ofContainers } from './where.ts';
import { counts, flags } from './values.ts';

export const environmentMutations: readonly Mutation[] = [
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
  onField('pods', 'security-itself', anyContainers, 'securityContext', [
    null,
    {},
    [],
    'privileged',
    { privileged: null },
    { runAsNonRoot: 'yes' },
    { RunAsUser: 1 },
  ]),
];

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
