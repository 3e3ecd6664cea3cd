import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { formatMessage } from '../../../src/core/index.ts';
import { schemaAt } from '../../../src/core/schema/history/index.ts';
import { check, fixed, only, titles } from '../marked.ts';
import { oldManifests } from './history-samples.ts';

/** Marks the value of the first apiVersion. */
function mark(text: string, code: string): string {
  return text.replace(/("?apiVersion"?: )("?[\w./]+"?)/, `$1«${code} $2»`);
}

describe('api-version-removed', () => {
  for (const { name, text, moved } of oldManifests) {
    test(`${name} moves to a version the server has`, () => {
      const finding = only(mark(text, 'api-version-removed'));
      assert.equal(finding.severity, 'error');
      assert.equal(finding.path, 'apiVersion');
      const result = fixed(finding);
      check(result);
      if (moved !== undefined) assert.equal(result, moved);
      else assert.equal(result.replace(/^apiVersion: \S+/m, ''), text.replace(/^apiVersion: \S+/m, ''));
    });
  }

  test('the finding names both versions', () => {
    const finding = only(
      'apiVersion: «api-version-removed scheduling.k8s.io/v1beta1»\nkind: PriorityClass\nmetadata: { name: a }\nvalue: 1\n',
      { schema: schemaAt('1.29') },
    );
    assert.equal(
      formatMessage(finding.message),
      'Kubernetes 1.22 removed PriorityClass of scheduling.k8s.io/v1beta1; use scheduling.k8s.io/v1',
    );
  });

  test('lines end as they did', () => {
    const text = `apiVersion: extensions/v1beta1
kind: Ingress
metadata: { name: a }
spec:
  backend:
    serviceName: a # why
    # port
    servicePort: 80
`;
    const result = fixed(only(mark(text, 'api-version-removed').replaceAll('\n', '\r\n')));
    assert.equal(result.replaceAll('\r\n', ''), result.replaceAll(/[\r\n]/g, ''));
    assert.ok(
      result.includes(
        '    service:\r\n      name: a # why\r\n      port:\r\n        # port\r\n        number: 80\r\n',
      ),
    );
    check(result);
  });

  test('an item of a list is moved by itself', () => {
    const finding = only(`apiVersion: v1
kind: List
items:
  - apiVersion: v1
    kind: ConfigMap
    metadata: { name: a }
  - apiVersion: «api-version-removed scheduling.k8s.io/v1beta1»
    kind: PriorityClass
    metadata: { name: a }
    value: 1
`);
    assert.equal(finding.path, 'items[1].apiVersion');
    check(fixed(finding));
  });

  test('where pods were left alone by default, the fix is not the only sensible one', () => {
    const { text = '' } = oldManifests.find(({ name }) => name.startsWith('DaemonSet')) ?? {};
    const finding = only(mark(text.replace(/ {2}updateStrategy.*\n/, ''), 'api-version-removed'));
    assert.deepEqual(titles(finding), ['Change to apps/v1 and move the fields']);
  });

  /** Nothing that editing text can decide. */
  const left: readonly (readonly [string, string])[] = [
    ['a PodSecurityPolicy', 'apiVersion: policy/v1beta1\nkind: PodSecurityPolicy\nmetadata: { name: a }\n'],
    [
      'a CustomResourceDefinition without a schema',
      `apiVersion: apiextensions.k8s.io/v1beta1
kind: CustomResourceDefinition
metadata: { name: as.example.com }
spec: { group: example.com, version: v1, scope: Namespaced, names: { kind: A, plural: as } }
`,
    ],
    [
      'a webhook that does not say what it does beside answering',
      `apiVersion: admissionregistration.k8s.io/v1beta1
kind: MutatingWebhookConfiguration
metadata: { name: a }
webhooks: [{ name: a.example.com, clientConfig: { url: "https://a.example.com" } }]
`,
    ],
    [
      'a budget whose selector means something else now',
      'apiVersion: policy/v1beta1\nkind: PodDisruptionBudget\nmetadata: { name: a }\nspec: { selector: {} }\n',
    ],
    [
      'shares that mean something else now',
      `apiVersion: flowcontrol.apiserver.k8s.io/v1beta3
kind: PriorityLevelConfiguration
metadata: { name: a }
spec: { type: Limited, limited: { nominalConcurrencyShares: 0 } }
`,
    ],
    [
      'a Deployment whose pods have no labels',
      `apiVersion: apps/v1beta1
kind: Deployment
metadata: { name: a }
spec: { template: { spec: { containers: [{ name: a, image: "a:1", resources: { requests: { cpu: 1, memory: 1Gi } } }] } } }
`,
    ],
    [
      'a Deployment that is to be rolled back',
      `apiVersion: extensions/v1beta1
kind: Deployment
metadata: { name: a }
spec:
  rollbackTo: { revision: 1 }
  template:
    metadata: { labels: { app: a } }
    spec: { containers: [{ name: a, image: "a:1", resources: { requests: { cpu: 1, memory: 1Gi } } }] }
`,
    ],
    [
      'a port in quotes',
      `apiVersion: extensions/v1beta1
kind: Ingress
metadata: { name: a }
spec: { backend: { serviceName: a, servicePort: "80" } }
`,
    ],
    [
      'a backend over several lines in braces',
      `apiVersion: extensions/v1beta1
kind: Ingress
metadata: { name: a }
spec:
  backend: { serviceName: a,
    servicePort: 80 }
`,
    ],
    [
      'a backend that takes its fields over from another place',
      `apiVersion: extensions/v1beta1
kind: Ingress
metadata: { name: a }
spec:
  backend: &b { serviceName: a, servicePort: 80 }
  rules:
    - http:
        paths:
          - pathType: Prefix
            path: /
            backend: { <<: *b }
`,
    ],
    [
      'an event',
      `apiVersion: events.k8s.io/v1beta1
kind: Event
metadata: { name: a }
eventTime: "2026-01-31T12:00:00.000000Z"
`,
    ],
  ];
  for (const [name, text] of left) {
    test(`leaves ${name} to a person`, () => {
      const finding = only(mark(text, 'api-version-removed'));
      assert.deepEqual(titles(finding), []);
    });
  }

  test('two aliases of one backend are moved once', () => {
    const finding = only(`apiVersion: «api-version-removed extensions/v1beta1»
kind: Ingress
metadata: { name: a }
spec:
  backend: &b { serviceName: a, servicePort: 80 }
  rules:
    - http:
        paths:
          - pathType: Prefix
            path: /
            backend: *b
`);
    const result = fixed(finding);
    assert.ok(result.includes('defaultBackend: &b { service: {name: a, port: {number: 80}} }'), result);
    check(result);
  });

  test('a patch gets what is written moved, and nothing added', () => {
    const finding = only(`apiVersion: «api-version-removed apps/v1beta1»
kind: Deployment
metadata: { name: a }
spec:
  template:
    metadata: { labels: { app: a } }
    spec:
      $patch: merge
      nodeSelector: { disk: ssd }
`);
    assert.deepEqual(titles(finding), ['Change to apps/v1 !']);
  });

  test('an old version is told of as the target has it', () => {
    const text = (code: string): string =>
      `apiVersion: ${code}\nkind: FlowSchema\nmetadata: { name: a }\nspec: { priorityLevelConfiguration: { name: a } }\n`;
    const version = 'flowcontrol.apiserver.k8s.io/v1beta3';
    check(text(`«api-version-removed ${version}»`), { schema: schemaAt('1.32') });
    check(text(`«api-version-deprecated ${version}»`), { schema: schemaAt('1.31') });
    check(text(version), { schema: schemaAt('1.28') });
  });
});

describe('api-version-deprecated', () => {
  test('says until when, and moves', () => {
    const finding = only(
      `apiVersion: «api-version-deprecated flowcontrol.apiserver.k8s.io/v1beta3»
kind: FlowSchema
metadata: { name: a }
spec: { priorityLevelConfiguration: { name: a } }
`,
      { schema: schemaAt('1.30') },
    );
    assert.equal(finding.severity, 'warning');
    assert.equal(
      formatMessage(finding.message),
      'Kubernetes 1.32 removes FlowSchema of flowcontrol.apiserver.k8s.io/v1beta3; use flowcontrol.apiserver.k8s.io/v1',
    );
    check(fixed(finding), { schema: schemaAt('1.30') });
  });

  test('a beta version moves to the stable one of its group', () => {
    const finding = only(
      'apiVersion: «api-version-deprecated resource.k8s.io/v1beta2»\nkind: DeviceClass\nmetadata: { name: a }\nspec: {}\n',
    );
    assert.deepEqual(titles(finding), ['Change to resource.k8s.io/v1 !']);
    check(fixed(finding));
  });

  test('a kind that another one replaces is left to a person', () => {
    const text = 'apiVersion: v1\nkind: Endpoints\nmetadata: { name: a }\n';
    const finding = only(mark(text, 'api-version-deprecated'));
    assert.equal(
      formatMessage(finding.message),
      'Endpoints is deprecated; use EndpointSlice of discovery.k8s.io/v1',
    );
    assert.deepEqual(titles(finding), []);
    check(text, { schema: schemaAt('1.32') });
  });

  test('says nothing where the newer version does not exist yet', () => {
    const text =
      'apiVersion: storage.k8s.io/v1beta1\nkind: VolumeAttributesClass\nmetadata: { name: a }\ndriverName: a\nparameters: { speed: fast }\n';
    check(text, { schema: schemaAt('1.33') });
    const finding = only(mark(text, 'api-version-deprecated'), { schema: schemaAt('1.34') });
    assert.deepEqual(titles(finding), ['Change to storage.k8s.io/v1 !']);
  });
});

describe('field-too-new', () => {
  const pod = (resources: string): string => `apiVersion: v1
kind: Pod
metadata: { name: a }
spec:
  ${resources}:
    requests: { cpu: "1", memory: 1Gi }
  containers:
    - name: a
      image: a:1
      resources: { requests: { cpu: 100m, memory: 64Mi } }
`;

  test('a field of a later version can be removed', () => {
    const finding = only(pod('«field-too-new resources»'), { schema: schemaAt('1.31') });
    assert.equal(finding.severity, 'error');
    assert.equal(finding.path, 'spec.resources');
    assert.equal(formatMessage(finding.message), 'resources came with Kubernetes 1.32; the target is 1.31');
    assert.deepEqual(titles(finding), ['Remove resources']);
    check(fixed(finding), { schema: schemaAt('1.31') });
  });

  test('is none from its version on', () => {
    check(pod('resources'), { schema: schemaAt('1.32') });
    check(pod('resources'));
  });

  test('a field no version has is unknown, and told once', () => {
    check(pod('«field-unknown resourcez»'), { schema: schemaAt('1.31') });
  });
});

describe('kind-too-new', () => {
  const text = (version: string): string =>
    `apiVersion: ${version}\nkind: ServiceCIDR\nmetadata: { name: a }\nspec: { cidrs: [10.0.0.0/24] }\n`;

  test('a kind of a later version', () => {
    const finding = only(text('«kind-too-new networking.k8s.io/v1»'), { schema: schemaAt('1.32') });
    assert.equal(finding.severity, 'error');
    assert.equal(finding.path, 'apiVersion');
    check(text('networking.k8s.io/v1'), { schema: schemaAt('1.33') });
  });
});
