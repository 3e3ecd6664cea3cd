import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, test } from 'node:test';
import {
  minorOf,
  newestVersion,
  schemaAt,
  supportedVersions,
} from '../../../src/core/schema/history/index.ts';
import {
  before,
  fieldAdded,
  isKnownField,
  isServed,
  lifecycleOf,
} from '../../../src/core/schema/history/index.ts';
import type { TypeName } from '../../../src/core/schema/generated/type-names.ts';

describe('versions', () => {
  test('the supported ones are in order, and the newest is the last', () => {
    assert.equal(supportedVersions.at(-1), newestVersion);
    assert.equal(supportedVersions[0], '1.29');
    assert.equal(supportedVersions.length, 8);
    supportedVersions
      .slice(1)
      .forEach((version, index) => assert.ok(before(supportedVersions[index] ?? '', version)));
  });

  test('are read with or without patch and prefix', () => {
    assert.equal(minorOf('1.31'), 31);
    assert.equal(minorOf('v1.9.3'), 9);
    assert.equal(minorOf('v1.33.1-gke.200'), 33);
    assert.equal(minorOf('2.1'), null);
    assert.equal(minorOf(''), null);
    assert.ok(before('1.9', '1.10'));
    assert.ok(!before('1.36', '1.36'));
  });

  test('one version has one schema; what is newer than known is taken for the newest', () => {
    assert.equal(schemaAt('1.31'), schemaAt('v1.31.9'));
    assert.equal(schemaAt('1.99'), schemaAt());
    assert.equal(schemaAt().version, newestVersion);
    assert.equal(schemaAt('1.30').version, '1.30');
  });
});

/** apiVersion, kind, deprecated, removed, replacement: as the deprecation guide and release notes of Kubernetes have it. */
const gone: readonly (readonly [string, string, string | null, string, string | null])[] = [
  ['extensions/v1beta1', 'Ingress', '1.14', '1.22', 'networking.k8s.io/v1'],
  ['extensions/v1beta1', 'Deployment', '1.8', '1.16', 'apps/v1'],
  ['extensions/v1beta1', 'DaemonSet', '1.8', '1.16', 'apps/v1'],
  ['extensions/v1beta1', 'ReplicaSet', '1.8', '1.16', 'apps/v1'],
  ['extensions/v1beta1', 'NetworkPolicy', '1.9', '1.16', 'networking.k8s.io/v1'],
  ['extensions/v1beta1', 'PodSecurityPolicy', '1.11', '1.16', 'policy/v1beta1'],
  ['apps/v1beta1', 'Deployment', '1.8', '1.16', 'apps/v1'],
  ['apps/v1beta1', 'StatefulSet', '1.8', '1.16', 'apps/v1'],
  ['apps/v1beta2', 'DaemonSet', '1.9', '1.16', 'apps/v1'],
  ['apps/v1beta2', 'ReplicaSet', '1.9', '1.16', 'apps/v1'],
  ['networking.k8s.io/v1beta1', 'Ingress', '1.19', '1.22', 'networking.k8s.io/v1'],
  ['networking.k8s.io/v1beta1', 'IngressClass', '1.19', '1.22', 'networking.k8s.io/v1'],
  ['policy/v1beta1', 'PodDisruptionBudget', '1.21', '1.25', 'policy/v1'],
  ['policy/v1beta1', 'PodSecurityPolicy', '1.21', '1.25', null],
  ['batch/v1beta1', 'CronJob', '1.21', '1.25', 'batch/v1'],
  ['autoscaling/v2beta1', 'HorizontalPodAutoscaler', '1.22', '1.25', 'autoscaling/v2'],
  ['autoscaling/v2beta2', 'HorizontalPodAutoscaler', '1.23', '1.26', 'autoscaling/v2'],
  ['rbac.authorization.k8s.io/v1beta1', 'Role', '1.17', '1.22', 'rbac.authorization.k8s.io/v1'],
  ['rbac.authorization.k8s.io/v1beta1', 'ClusterRoleBinding', '1.17', '1.22', 'rbac.authorization.k8s.io/v1'],
  ['apiextensions.k8s.io/v1beta1', 'CustomResourceDefinition', '1.16', '1.22', 'apiextensions.k8s.io/v1'],
  ['apiregistration.k8s.io/v1beta1', 'APIService', '1.19', '1.22', 'apiregistration.k8s.io/v1'],
  [
    'admissionregistration.k8s.io/v1beta1',
    'MutatingWebhookConfiguration',
    '1.16',
    '1.22',
    'admissionregistration.k8s.io/v1',
  ],
  ['certificates.k8s.io/v1beta1', 'CertificateSigningRequest', '1.19', '1.22', 'certificates.k8s.io/v1'],
  ['coordination.k8s.io/v1beta1', 'Lease', '1.19', '1.22', 'coordination.k8s.io/v1'],
  ['scheduling.k8s.io/v1beta1', 'PriorityClass', '1.14', '1.22', 'scheduling.k8s.io/v1'],
  ['storage.k8s.io/v1beta1', 'StorageClass', '1.19', '1.22', 'storage.k8s.io/v1'],
  ['storage.k8s.io/v1beta1', 'CSINode', '1.17', '1.22', 'storage.k8s.io/v1'],
  ['storage.k8s.io/v1beta1', 'CSIStorageCapacity', '1.24', '1.27', 'storage.k8s.io/v1'],
  ['node.k8s.io/v1beta1', 'RuntimeClass', '1.22', '1.25', null],
  ['discovery.k8s.io/v1beta1', 'EndpointSlice', '1.21', '1.25', 'discovery.k8s.io/v1'],
  ['events.k8s.io/v1beta1', 'Event', '1.22', '1.25', null],
  ['authentication.k8s.io/v1beta1', 'TokenReview', '1.19', '1.22', 'authentication.k8s.io/v1'],
  ['authorization.k8s.io/v1beta1', 'SubjectAccessReview', '1.19', '1.22', 'authorization.k8s.io/v1'],
  [
    'flowcontrol.apiserver.k8s.io/v1beta1',
    'FlowSchema',
    '1.23',
    '1.26',
    'flowcontrol.apiserver.k8s.io/v1beta3',
  ],
  [
    'flowcontrol.apiserver.k8s.io/v1beta2',
    'FlowSchema',
    '1.26',
    '1.29',
    'flowcontrol.apiserver.k8s.io/v1beta3',
  ],
  ['flowcontrol.apiserver.k8s.io/v1beta3', 'FlowSchema', '1.29', '1.32', 'flowcontrol.apiserver.k8s.io/v1'],
  ['resource.k8s.io/v1alpha2', 'ResourceClaim', null, '1.31', null],
  ['resource.k8s.io/v1beta1', 'ResourceClaim', '1.35', '1.38', null],
  ['admissionregistration.k8s.io/v1beta1', 'ValidatingAdmissionPolicy', '1.31', '1.34', null],
  ['networking.k8s.io/v1alpha1', 'IPAddress', '1.30', '1.33', null],
];

describe('lifecycles', () => {
  for (const [apiVersion, kind, deprecated, removed, replacement] of gone) {
    test(`${kind} of ${apiVersion} went with ${removed}`, () => {
      const { introduced, ...rest } = lifecycleOf(apiVersion, kind) ?? assert.fail('it has a history');
      assert.deepEqual(rest, { deprecated, removed, replacement, replacementKind: null });
      assert.ok(introduced === null || before(introduced, removed));
    });
  }

  const came: readonly (readonly [string, string, string])[] = [
    ['admissionregistration.k8s.io/v1', 'ValidatingAdmissionPolicy', '1.30'],
    ['admissionregistration.k8s.io/v1', 'MutatingAdmissionPolicy', '1.36'],
    ['networking.k8s.io/v1', 'ServiceCIDR', '1.33'],
    ['networking.k8s.io/v1', 'IPAddress', '1.33'],
    ['resource.k8s.io/v1', 'ResourceClaim', '1.34'],
    ['storage.k8s.io/v1', 'VolumeAttributesClass', '1.34'],
  ];
  for (const [apiVersion, kind, version] of came) {
    test(`${kind} of ${apiVersion} came with ${version}`, () => {
      assert.equal(lifecycleOf(apiVersion, kind)?.introduced, version);
      const previous = `1.${(minorOf(version) ?? 0) - 1}`;
      assert.ok(!isServed(apiVersion, kind, previous));
      assert.ok(isServed(apiVersion, kind, version));
      assert.equal(schemaAt(previous).typeOf(apiVersion, kind), null);
      assert.notEqual(schemaAt(version).typeOf(apiVersion, kind), null);
    });
  }

  test('a kind may be replaced by another one, and stay', () => {
    const { deprecated, removed, replacement, replacementKind } = lifecycleOf('v1', 'Endpoints') ?? {};
    assert.deepEqual(
      [deprecated, removed, replacement, replacementKind],
      ['1.33', null, 'discovery.k8s.io/v1', 'EndpointSlice'],
    );
    assert.ok(isServed('v1', 'Endpoints', newestVersion));
  });

  test('lists go with their kind', () => {
    assert.equal(lifecycleOf('extensions/v1beta1', 'IngressList')?.removed, '1.22');
    assert.equal(schemaAt().typeOf('extensions/v1beta1', 'IngressList'), null);
  });

  test('kinds that were always there, and kinds of others, have none', () => {
    assert.equal(lifecycleOf('v1', 'Pod'), null);
    assert.equal(lifecycleOf('apps/v1', 'Deployment'), null);
    assert.equal(lifecycleOf('example.com/v1beta1', 'Ingress'), null);
    assert.equal(lifecycleOf('constructor', 'toString'), null);
    assert.ok(isServed('example.com/v1beta1', 'Ingress', '1.36'));
  });
});

/** Type, field, the first version with it. */
const added: readonly (readonly [TypeName, string, string])[] = [
  ['core/v1.PodSpec', 'resources', '1.32'],
  ['core/v1.PodSpec', 'hostnameOverride', '1.34'],
  ['core/v1.PodSpec', 'schedulingGroup', '1.36'],
  ['core/v1.PodSecurityContext', 'appArmorProfile', '1.30'],
  ['core/v1.PodSecurityContext', 'supplementalGroupsPolicy', '1.31'],
  ['core/v1.PodSecurityContext', 'seLinuxChangePolicy', '1.32'],
  ['core/v1.SecurityContext', 'appArmorProfile', '1.30'],
  ['core/v1.Container', 'restartPolicyRules', '1.34'],
  ['core/v1.EphemeralContainer', 'restartPolicyRules', '1.34'],
  ['core/v1.EnvVarSource', 'fileKeyRef', '1.34'],
  ['core/v1.Lifecycle', 'stopSignal', '1.33'],
  ['core/v1.Volume', 'image', '1.31'],
  ['core/v1.VolumeMount', 'recursiveReadOnly', '1.30'],
  ['core/v1.VolumeProjection', 'podCertificate', '1.34'],
  ['core/v1.ServiceSpec', 'trafficDistribution', '1.30'],
  ['batch/v1.JobSpec', 'successPolicy', '1.30'],
  ['batch/v1.JobSpec', 'managedBy', '1.30'],
  ['autoscaling/v2.HPAScalingRules', 'tolerance', '1.33'],
  ['apps/v1.DeploymentStatus', 'terminatingReplicas', '1.33'],
  ['apiextensions/v1.CustomResourceDefinitionVersion', 'selectableFields', '1.30'],
  ['storage/v1.CSIDriverSpec', 'serviceAccountTokenInSecrets', '1.35'],
];

describe('fields', () => {
  for (const [type, field, version] of added) {
    test(`${type} has ${field} since ${version}`, () => {
      assert.equal(fieldAdded(type, field), version);
      const previous = `1.${(minorOf(version) ?? 0) - 1}`;
      assert.ok(!isKnownField(type, field, previous));
      assert.ok(isKnownField(type, field, version));
      assert.ok(!schemaAt(previous).type(type).fields.has(field));
      assert.ok(schemaAt(version).type(type).fields.has(field));
    });
  }

  test('of long ago are in every version', () => {
    for (const version of supportedVersions) {
      const pod = schemaAt(version).type('core/v1.PodSpec');
      assert.ok(
        pod.fields.has('containers') && pod.fields.has('hostUsers') && pod.fields.has('schedulingGates'),
      );
    }
    assert.ok(isKnownField('core/v1.PodSpec', 'containers', '1.29'));
  });

  test('that are gone are in the versions that had them', () => {
    const has = (version: string, type: TypeName, field: string): boolean =>
      schemaAt(version).type(type).fields.has(field);
    assert.ok(has('1.30', 'core/v1.PodResourceClaim', 'source'));
    assert.ok(!has('1.31', 'core/v1.PodResourceClaim', 'source'));
    assert.ok(!has('1.34', 'core/v1.PodSpec', 'workloadRef'));
    assert.ok(has('1.35', 'core/v1.PodSpec', 'workloadRef'));
    assert.ok(!has('1.36', 'core/v1.PodSpec', 'workloadRef'));
  });

  test('every change is of a type that the schema has, and its newest fields are in it', () => {
    const source = readFileSync(
      new URL('../../../src/core/schema/history/fields.ts', import.meta.url),
      'utf8',
    );
    const [additions = ''] = source.split('removedFields');
    const changes = [...additions.matchAll(/'([a-z]+\/v\w+\.\w+)': '([\w ]+)'/g)];
    assert.ok(changes.length > 40);
    for (const [, type = '', fields = ''] of changes) {
      const known = schemaAt().type(type as TypeName);
      assert.ok(!known.open, `${type} is in the schema`);
      for (const field of fields.split(' ')) {
        assert.ok(
          known.fields.has(field) || !isKnownField(type, field, newestVersion),
          `${type} has ${field}`,
        );
      }
    }
  });
});

test('the facts are small', () => {
  const size = ['fields.ts', 'lifecycle.ts']
    .map((name) => readFileSync(new URL(`../../../src/core/schema/history/${name}`, import.meta.url)).length)
    .reduce((sum, length) => sum + length, 0);
  assert.ok(size < 40_000, `${size} bytes`);
});
