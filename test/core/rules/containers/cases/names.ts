import { podCase, templateCase } from '../../server-cases.ts';
import type { ServerCase } from '../../server-cases.ts';

const one = (container: string): string => `containers: [{ ${container} }]`;
const C = 'spec.containers[0]';

/** Names, images, policies, environment. */
export const cases: readonly ServerCase[] = [
  podCase('a name of digits', one('name: "1", image: a')),
  podCase('no name', one('image: a'), [`container-name-invalid ${C}.name`]),
  podCase('an empty name', one('name: "", image: a'), [`container-name-invalid ${C}.name`]),
  podCase('a null name', one('name: , image: a'), [`container-name-invalid ${C}.name`]),
  podCase('capitals in a name', one('name: Web, image: a'), [`container-name-invalid ${C}.name`]),
  podCase('a long name', one(`name: ${'a'.repeat(64)}, image: a`), [`container-name-invalid ${C}.name`]),
  podCase('nothing for a container', 'containers:\n  -', [
    `container-name-invalid ${C}.name`,
    `image-invalid ${C}.image`,
  ]),
  podCase('a name twice', 'containers: [{ name: a, image: a }, { name: a, image: b }]', [
    'container-name-invalid spec.containers[1].name',
  ]),
  templateCase(
    'the name of an init container again',
    'containers: [{ name: a, image: a }]\ninitContainers: [{ name: a, image: b }, { name: b, image: b }, { name: b, image: b }]',
    [
      'container-name-invalid spec.initContainers[0].name',
      'container-name-invalid spec.initContainers[2].name',
    ],
  ),

  podCase('no image', one('name: a'), [`image-invalid ${C}.image`]),
  templateCase('no image in a template', 'containers: [{ name: a, image: "" }]', [
    `image-invalid ${C}.image`,
  ]),
  podCase('spaces around an image', one('name: a, image: " a"'), [`image-invalid ${C}.image`]),
  podCase('an image of a space', one('name: a, image: " "'), [`image-invalid ${C}.image`]),
  templateCase('spaces around an image of a template', one('name: a, image: "a "')),
  podCase('a strange image', one('name: a, image: "A B:://"')),

  podCase('policies', one('name: a, image: a, imagePullPolicy: Never, terminationMessagePolicy: File')),
  podCase('empty policies', one('name: a, image: a, imagePullPolicy: "", terminationMessagePolicy: ')),
  podCase(
    'policies in small letters',
    one('name: a, image: a, imagePullPolicy: always, terminationMessagePolicy: file'),
    [
      `container-policy-invalid ${C}.imagePullPolicy`,
      `container-policy-invalid ${C}.terminationMessagePolicy`,
    ],
  ),

  podCase(
    'strange names of variables',
    env('{ name: MY VAR, value: a }, { name: 1, value: a }'.replace('1', '"1"')),
  ),
  podCase('a variable without value', env('{ name: A }, { name: B, value: }')),
  podCase('a variable twice', env('{ name: A }, { name: A, value: b }')),
  podCase('a variable without name', env('{ value: a }'), [`env-invalid ${C}.env[0].name`]),
  podCase('nothing for a variable', `${one('name: a, image: a, env: [~]')}`, [
    `env-invalid ${C}.env[0].name`,
  ]),
  podCase('an equals sign in a name', env('{ name: "A=B" }'), [`env-invalid ${C}.env[0].name`]),
  podCase('a letter that is not ASCII', env('{ name: Ä }'), [`env-invalid ${C}.env[0].name`]),
  podCase('an empty source', env('{ name: A, valueFrom: {} }'), [`env-invalid ${C}.env[0].valueFrom`]),
  podCase('a null source', env('{ name: A, valueFrom: ~ }')),
  podCase('a source that is null', env('{ name: A, valueFrom: { secretKeyRef: ~ } }'), [
    `env-invalid ${C}.env[0].valueFrom`,
  ]),
  podCase(
    'an empty value beside a source',
    env('{ name: A, value: "", valueFrom: { secretKeyRef: { name: a, key: b } } }'),
  ),
  podCase(
    'a value beside a source',
    env('{ name: A, value: a, valueFrom: { secretKeyRef: { name: a, key: b } } }'),
    [`env-invalid ${C}.env[0].valueFrom`],
  ),
  podCase(
    'two sources',
    env(
      '{ name: A, valueFrom: { secretKeyRef: { name: a, key: b }, fieldRef: { fieldPath: metadata.name } } }',
    ),
    [`env-invalid ${C}.env[0].valueFrom`],
  ),

  source('a key of a ConfigMap', 'configMapKeyRef: { name: a.b, key: _a.B-c, optional: true }'),
  source('no name of a ConfigMap', 'configMapKeyRef: { key: a }', ['configMapKeyRef.name']),
  source('no key', 'secretKeyRef: { name: a }', ['secretKeyRef.key']),
  source('neither name nor key', 'secretKeyRef: {}', ['secretKeyRef.key', 'secretKeyRef.name']),
  source('an impossible name', 'secretKeyRef: { name: a/b, key: c }', ['secretKeyRef.name']),
  source('an impossible key', 'secretKeyRef: { name: a, key: b/c }', ['secretKeyRef.key']),
  source('a key that leads out', 'secretKeyRef: { name: a, key: ..b }', ['secretKeyRef.key']),

  ...[
    'metadata.name',
    'metadata.namespace',
    'metadata.uid',
    'spec.nodeName',
    'spec.serviceAccountName',
    'spec.host',
    'status.hostIP',
    'status.hostIPs',
    'status.podIP',
    'status.podIPs',
    "metadata.labels['a.b/C']",
    "metadata.annotations['A.b/C']",
  ].map((path) => source(path, `fieldRef: { fieldPath: "${path}" }`)),
  ...[
    'metadata.labels',
    'metadata.annotations',
    'status.phase',
    'spec.restartPolicy',
    'metadata',
    "spec['a']",
  ].map((path) => source(path, `fieldRef: { fieldPath: "${path}" }`, ['fieldRef.fieldPath'])),
  source('no path', 'fieldRef: {}', ['fieldRef.fieldPath']),
  source('a version', 'fieldRef: { apiVersion: v1, fieldPath: metadata.name }'),
  source('an empty version', 'fieldRef: { apiVersion: "", fieldPath: metadata.name }'),
  source('another version', 'fieldRef: { apiVersion: v2, fieldPath: metadata.name }', ['fieldRef.fieldPath']),
  source('an impossible label', `fieldRef: { fieldPath: "metadata.labels['A.b/C']" }`, ['fieldRef']),
  source('no label', `fieldRef: { fieldPath: "metadata.labels['']" }`, ['fieldRef']),

  ...[
    'limits.cpu',
    'requests.memory',
    'limits.ephemeral-storage',
    'limits.hugepages-2Mi',
    'requests.hugepages-',
  ].map((resource) => source(resource, `resourceFieldRef: { resource: ${resource} }`)),
  ...['cpu', 'limits.gpu', 'requests.storage', 'Limits.cpu', 'limits.nvidia.com/gpu'].map((resource) =>
    source(resource, `resourceFieldRef: { resource: ${resource} }`, ['resourceFieldRef.resource']),
  ),
  source('no resource', 'resourceFieldRef: { containerName: a }', ['resourceFieldRef.resource']),
  source('another container', 'resourceFieldRef: { containerName: x, resource: limits.cpu }'),
  ...[
    'limits.cpu, divisor: 1m',
    'limits.cpu, divisor: 1',
    'limits.cpu, divisor: 0',
    'limits.memory, divisor: 1Gi',
  ].map((resource) => source(resource, `resourceFieldRef: { resource: ${resource} }`)),
  ...[
    'limits.cpu, divisor: 1k',
    'limits.cpu, divisor: 100m',
    'limits.cpu, divisor: -1',
    'limits.memory, divisor: 1m',
    'limits.memory, divisor: 2Mi',
  ].map((resource) =>
    source(resource, `resourceFieldRef: { resource: ${resource} }`, ['resourceFieldRef.divisor']),
  ),
  ...['limits.cpu, divisor: 1000m', 'limits.cpu, divisor: 0.001', 'limits.memory, divisor: 1024Ki'].map(
    (resource) => source(resource, `resourceFieldRef: { resource: ${resource} }`),
  ),
  source('a divisor of no unit', 'resourceFieldRef: { resource: limits.memory, divisor: 1024 }', [
    'resourceFieldRef.divisor',
  ]),

  podCase(
    'a file',
    `${env('{ name: A, valueFrom: { fileKeyRef: { volumeName: v, path: a/b, key: A.B } } }')}\nvolumes: [{ name: v, emptyDir: {} }]`,
  ),
  podCase(
    'a file of a volume that is bare',
    `${env('{ name: A, valueFrom: { fileKeyRef: { volumeName: v, path: a/b, key: A.B } } }')}\nvolumes: [{ name: v }]`,
  ),
  podCase(
    'a file of another volume',
    `${env('{ name: A, valueFrom: { fileKeyRef: { volumeName: v, path: a/b, key: A.B } } }')}\nvolumes: [{ name: v, configMap: { name: a } }]`,
    [`env-source-invalid ${C}.env[0].valueFrom.fileKeyRef.volumeName`],
  ),
  source('a file of no volume', 'fileKeyRef: { volumeName: v, path: a, key: A }', ['fileKeyRef.volumeName']),
  source('a file that leads out', 'fileKeyRef: { volumeName: V, path: a/../b, key: A=B }', [
    'fileKeyRef.key',
    'fileKeyRef.path',
    'fileKeyRef.volumeName',
  ]),
  source('nothing of a file', 'fileKeyRef: {}', [
    'fileKeyRef.key',
    'fileKeyRef.path',
    'fileKeyRef.volumeName',
  ]),

  envFrom('sets of variables', '{ prefix: A_, configMapRef: { name: a.b } }, { secretRef: { name: b- } }'),
  envFrom('no source', '{}', ['envFrom']),
  envFrom('nothing', '~', ['envFrom']),
  envFrom('two sources', '{ configMapRef: { name: a }, secretRef: { name: b } }', ['envFrom']),
  envFrom('no name', '{ configMapRef: {} }, { secretRef: { name: "" } }', [
    'envFrom[0].configMapRef.name',
    'envFrom[1].secretRef.name',
  ]),
  envFrom('impossible names', '{ prefix: "A=", configMapRef: { name: A } }, { secretRef: { name: "-" } }', [
    'envFrom[0].configMapRef.name',
    'envFrom[0].prefix',
    'envFrom[1].secretRef.name',
  ]),
];

function env(variables: string): string {
  return one(`name: a, image: a, env: [${variables}]`);
}

function source(title: string, text: string, errors: readonly string[] = []): ServerCase {
  return podCase(
    `${title}, as a source`,
    env(`{ name: A, valueFrom: { ${text} } }`),
    errors.map((path) => `env-source-invalid ${C}.env[0].valueFrom.${path}`),
  );
}

function envFrom(title: string, text: string, errors: readonly string[] = []): ServerCase {
  return podCase(
    `${title}, from a whole object`,
    one(`name: a, image: a, envFrom: [${text}]`),
    errors.map((path) => `env-from-invalid ${C}.${path}`),
  );
}
