import { absent, type Mutation, onField, onList, onMapping } from '../mutation.ts';
import { isTree, raw } from '../tree.ts';
import { flags, labelValues, names, quantities } from './values.ts';
import { inKind, ofKind, specOf } from './where.ts';

const configMaps = ofKind('ConfigMap');
const secrets = ofKind('Secret');
const limits = inKind('LimitRange', 'spec.limits.*');
const quotas = specOf('ResourceQuota');

const keys: readonly string[] = [
  ...[
    'a',
    'A_b.c-9',
    'a b',
    '',
    '.',
    '..',
    '..a',
    '.a',
    'a/b',
    'x'.repeat(253),
    'x'.repeat(254),
    'r\u00e9',
    'a:b',
    '...',
    '-',
  ],
];
const values: readonly unknown[] = [
  ...[
    'text',
    '',
    5,
    1.5,
    true,
    null,
    {},
    ['a'],
    raw('yes'),
    raw('2026-01-02'),
    raw('0x1F'),
    raw('1e3'),
    raw('~'),
    raw('12:30'),
    'line\nline\n',
    raw('null'),
    raw('08'),
  ],
];
const encoded: readonly unknown[] = [
  ...[
    'aGk=',
    'aGk',
    'not base64!',
    '',
    'aGk=\n',
    'a Gk=',
    5,
    null,
    raw('>\n    aGk=\n    aGk='),
    raw('|\n    aGk=\n'),
    'aGk==',
    '=',
    'aG-_',
    raw('>-\n    aGk='),
    true,
  ],
];

function put(key: string, contents: readonly unknown[], where: typeof secrets, name: string): Mutation {
  return onMapping('config', name, where, (object, random) => {
    const held = isTree(object[key]) ? object[key] : {};
    held[random.pick([...keys, 'a', 'b', 'c'])] = random.pick(contents);
    object[key] = held;
  });
}

const amountKeys = [
  'cpu',
  'memory',
  'storage',
  'nvidia.com/gpu',
  'pods',
  'CPU',
  'a b',
  'requests.cpu',
  'hugepages-2Mi',
  'kubernetes.io/x',
  '',
];
const tracked: readonly string[] = [
  ...[
    'requests.cpu',
    'limits.memory',
    'pods',
    'count/deployments.apps',
    'count/widgets.example.com',
    'requests.nvidia.com/gpu',
    'nvidia.com/gpu',
    'limits.nvidia.com/gpu',
    'cpus',
    'storage',
    'requests.storage',
  ],
  ...[
    'persistentvolumeclaims',
    'configmaps',
    'services.nodeports',
    'Pods',
    'requests.ephemeral-storage',
    'gold.storageclass.storage.k8s.io/requests.storage',
    'gold.storageclass.storage.k8s.io/x',
    'requests.hugepages-2Mi',
    'hugepages-2Mi',
    'count/',
    'a b',
    '',
    'limits.cpu',
    'deployments.apps',
    'services.loadbalancers',
    'requests.pods',
  ],
];

export const configMutations: readonly Mutation[] = [
  put('data', values, configMaps, 'config-data'),
  put('binaryData', encoded, configMaps, 'config-binary'),
  onField('config', 'config-data-shape', configMaps, 'data', [
    {},
    null,
    [],
    'text',
    ['a=b'],
    { a: { b: 'c' } },
    [{ a: 'b' }],
    absent,
  ]),
  onField('config', 'config-immutable', configMaps, 'immutable', flags),
  onMapping('config', 'config-key-both', configMaps, (object, random) => {
    object.data = { a: 'b', [random.pick(keys)]: 'c' };
    object.binaryData = { [random.pick(['a', 'z', ...keys])]: 'aGk=' };
  }),
  onField('config', 'config-size', configMaps, 'data.big', [
    'x'.repeat(1_048_577),
    'x'.repeat(1_000_000),
    'x'.repeat(1_048_576),
  ]),
  onField('config', 'config-spec', [''], 'data', [{ a: 'b' }, null, {}]),
  put('data', encoded, secrets, 'secret-data'),
  put('stringData', values, secrets, 'secret-string-data'),
  onField('config', 'secret-data-shape', secrets, 'data', [{}, null, [], 'aGk=', absent, { a: { b: 'c' } }]),
  onField('config', 'secret-type', secrets, 'type', [
    ...[
      'Opaque',
      'opaque',
      'kubernetes.io/tls',
      'kubernetes.io/basic-auth',
      'kubernetes.io/ssh-auth',
      'kubernetes.io/dockerconfigjson',
      'kubernetes.io/dockercfg',
      'kubernetes.io/service-account-token',
      'example.com/mine',
      '',
      null,
      absent,
      'bootstrap.kubernetes.io/token',
      'TLS',
    ],
  ]),
  onField('config', 'secret-docker', secrets, 'stringData', [
    ...[
      { '.dockerconfigjson': '{"auths":{}}' },
      { '.dockerconfigjson': 'not json' },
      { '.dockerconfigjson': '[]' },
      { '.dockercfg': '{}' },
      { '.dockercfg': '{' },
      { 'tls.crt': 'a', 'tls.key': 'b' },
      { 'tls.crt': 'a' },
      { username: 'a' },
      { password: 'a' },
      { 'ssh-privatekey': '' },
      { 'ssh-privatekey': 'a' },
      {},
    ],
  ]),
  onField('config', 'secret-immutable', secrets, 'immutable', flags),
  onField('config', 'account-secrets', ofKind('ServiceAccount'), 'secrets', [
    [],
    null,
    [{ name: 'a' }],
    ['a'],
    [{}],
    [{ name: 'A_' }],
    {},
    [{ secretName: 'a' }],
  ]),
  onField('config', 'account-pull-secrets', ofKind('ServiceAccount'), 'imagePullSecrets', [
    [],
    null,
    [{ name: 'a' }],
    ['a'],
    [{}],
    [{ name: '' }],
  ]),
  onField('config', 'account-token', ofKind('ServiceAccount'), 'automountServiceAccountToken', flags),
  onField('config', 'account-spec', ofKind('ServiceAccount'), 'spec', [{}, null, { a: 1 }]),
  onMapping('config', 'namespace-label', ofKind('Namespace'), (object, random) => {
    const metadata = isTree(object.metadata) ? object.metadata : {};
    const mode = random.pick([
      'enforce',
      'warn',
      'audit',
      'enforce-version',
      'warn-version',
      'Enforce',
      'level',
    ]);
    metadata.labels = {
      [`pod-security.kubernetes.io/${mode}`]: random.pick([
        'baseline',
        'restricted',
        'privileged',
        'Restricted',
        'none',
        '',
        'v1.30',
        'latest',
        '1.30',
        'v1.99',
        'v1',
      ]),
    };
    object.metadata = metadata;
  }),
  onField(
    'config',
    'namespace-name-label',
    inKind('Namespace', 'metadata'),
    'labels',
    labelValues
      .filter((each) => typeof each === 'string')
      .map((each) => ({ 'kubernetes.io/metadata.name': each })),
  ),
  onField('config', 'namespace-finalizers', ofKind('Namespace'), 'spec', [
    {},
    null,
    { finalizers: [] },
    { finalizers: ['kubernetes'] },
    { finalizers: ['example.com/a'] },
    { finalizers: ['plain'] },
    { finalizers: [''] },
    { finalizers: null },
    { finalizers: 'kubernetes' },
  ]),
  onField('config', 'limit-type', limits, 'type', [
    'Container',
    'Pod',
    'PersistentVolumeClaim',
    'container',
    'Node',
    '',
    null,
    absent,
    'example.com/Thing',
    'a b',
  ]),
  ...['min', 'max', 'default', 'defaultRequest', 'maxLimitRequestRatio'].map((key) =>
    onMapping('config', `limit-${key.toLowerCase()}`, limits, (limit, random) => {
      const amounts = isTree(limit[key]) ? limit[key] : {};
      amounts[random.pick(['cpu', 'cpu', 'memory', 'memory', ...amountKeys])] = random.pick(
        quantities.filter((each) => each !== absent),
      );
      limit[key] = amounts;
    }),
  ),
  onList('config', 'limit-added', specOf('LimitRange'), 'limits', [
    ...[
      {},
      { type: 'Container' },
      { type: 'Pod' },
      { type: 'Pod', default: { cpu: 1 } },
      { type: 'PersistentVolumeClaim' },
      { type: 'PersistentVolumeClaim', min: { storage: '1Gi' } },
      { type: 'PersistentVolumeClaim', min: { cpu: 1 } },
      { type: 'Pod', min: { cpu: 2 }, max: { cpu: 1 } },
      { type: 'openshift.io/Image', max: { storage: '1Gi' } },
    ],
  ]),
  onField('config', 'limits-shape', specOf('LimitRange'), 'limits', [
    [],
    null,
    absent,
    {},
    [{}],
    [{ type: 'Container', limits: {} }],
    [{ type: 'Container', max: null }],
  ]),
  onMapping('config', 'quota-name', quotas, (spec, random) => {
    const hard = isTree(spec.hard) ? spec.hard : {};
    hard[random.pick(tracked)] = random.pick([1, '1', '10Gi', '500m', '1.5', 0]);
    spec.hard = hard;
  }),
  onMapping('config', 'quota-amount', quotas, (spec, random) => {
    const hard = isTree(spec.hard) ? spec.hard : {};
    hard[random.pick(Object.keys(hard))] = random.pick(quantities.filter((each) => each !== absent));
    spec.hard = hard;
  }),
  onField('config', 'quota-hard', quotas, 'hard', [
    {},
    null,
    [],
    absent,
    'pods: 5',
    { requests: { cpu: 1 } },
    { pods: null },
  ]),
  onField('config', 'quota-scopes', quotas, 'scopes', [
    ...[
      [],
      null,
      ['Terminating'],
      ['NotTerminating'],
      ['BestEffort'],
      ['NotBestEffort'],
      ['Terminating', 'NotTerminating'],
      ['BestEffort', 'NotBestEffort'],
      ['bestEffort'],
      ['PriorityClass'],
      ['CrossNamespacePodAffinity'],
      ['Terminating', 'Terminating'],
      'Terminating',
      ['VolumeAttributesClass'],
    ],
  ]),
  onField('config', 'quota-scope-selector', quotas, 'scopeSelector', [
    ...[
      {},
      null,
      { matchExpressions: [] },
      { matchExpressions: [{}] },
      { matchExpressions: [{ scopeName: 'PriorityClass', operator: 'In', values: ['a'] }] },
      { matchExpressions: [{ scopeName: 'PriorityClass', operator: 'In' }] },
      { matchExpressions: [{ scopeName: 'PriorityClass', operator: 'Exists' }] },
    ],
    ...[
      { matchExpressions: [{ scopeName: 'PriorityClass', operator: 'Exists', values: ['a'] }] },
      { matchExpressions: [{ scopeName: 'BestEffort', operator: 'In', values: ['a'] }] },
      { matchExpressions: [{ scopeName: 'BestEffort', operator: 'Exists' }] },
      { matchExpressions: [{ scopeName: 'Nope', operator: 'Exists' }] },
    ],
    ...[
      {
        matchExpressions: [
          { scopeName: 'Terminating', operator: 'Exists' },
          { scopeName: 'NotTerminating', operator: 'Exists' },
        ],
      },
      { matchExpressions: [{ scopeName: 'PriorityClass', operator: 'Is' }] },
      { matchExpressions: [{ scopeName: 'PriorityClass', operator: 'In', values: ['sp ace'] }] },
    ],
  ]),
  onField(
    'config',
    'config-name',
    inKind(['ConfigMap', 'Secret', 'Namespace', 'ServiceAccount'], 'metadata'),
    'name',
    names,
  ),
];
