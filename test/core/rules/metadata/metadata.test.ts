import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { check, deployment, enough, fixed, only, titles } from '../../marked.ts';

/** An object of any kind that has nothing but metadata wrong with it. */
function config(metadata: string): string {
  return `apiVersion: v1\nkind: ConfigMap\nmetadata:\n${metadata.replaceAll(/^/gm, '  ')}\n`;
}

function object(apiVersion: string, kind: string, metadata: string, rest = ''): string {
  return `apiVersion: ${apiVersion}\nkind: ${kind}\nmetadata: ${metadata}\n${rest}`;
}

describe('name-missing', () => {
  test('is told on the kind, or on metadata where that is written', () => {
    const bare = only('apiVersion: v1\nkind: «name-missing ConfigMap»\n');
    assert.equal(bare.path, 'metadata.name');
    assert.equal(bare.severity, 'error');
    check('apiVersion: v1\nkind: ConfigMap\n«name-missing metadata»: {}\n');
    check('apiVersion: v1\nkind: ConfigMap\nmetadata: { name: «name-missing ""» }\n');
  });

  test('not where the server makes a name, nor for other people’s kinds, patches and templates', () => {
    check(object('v1', 'LimitRange', '{}', 'spec: { limits: [] }\n'));
    check(config('generateName: a-'));
    check('apiVersion: authorization.k8s.io/v1\nkind: SelfSubjectRulesReview\nspec: { namespace: a }\n');
    check('apiVersion: example.com/v1\nkind: Thing\nmetadata: {}\n');
    check('apiVersion: v1\nkind: ConfigMap\nmetadata: {}\n$patch: merge\n');
    check(config('name: ${NAME}'));
  });

  test('names the object of a List', () => {
    const list = 'apiVersion: v1\nkind: List\nitems:\n  - apiVersion: v1\n    kind: «name-missing Secret»\n';
    assert.equal(only(list).path, 'items[0].metadata.name');
  });
});

describe('name-invalid', () => {
  const wrong: readonly (readonly [string, string, string, string | null])[] = [
    ['v1', 'ConfigMap', 'My_Config', 'my-config'],
    ['v1', 'Namespace', 'a.b', 'a-b'],
    ['v1', 'Namespace', 'a'.repeat(64), null],
    ['rbac.authorization.k8s.io/v1', 'Role', 'a/b', 'a-b'],
    ['v1', 'ConfigMap', '---', null],
    ['networking.k8s.io/v1', 'ServiceCIDR', 'Web', 'web'],
  ];
  for (const [apiVersion, kind, name, meant] of wrong) {
    test(`${kind} ${name.slice(0, 20)}`, () => {
      const rest = kind === 'ServiceCIDR' ? 'spec: { cidrs: [10.0.0.0/24] }\n' : '';
      const finding = only(object(apiVersion, kind, `{ name: «name-invalid ${name}» }`, rest));
      assert.equal(finding.path, 'metadata.name');
      assert.deepEqual(titles(finding), meant === null ? [] : [`Change to ${meant}`]);
      if (meant !== null) check(fixed(finding));
    });
  }

  test('each kind has its own form', () => {
    check(config('name: a.b'));
    check(object('rbac.authorization.k8s.io/v1', 'ClusterRole', '{ name: "system:A b" }'));
    check(object('policy/v1', 'PodDisruptionBudget', '{ name: A_b }'));
    const parent = 'spec: { parentRef: { resource: a, name: b } }\n';
    check(object('networking.k8s.io/v1', 'IPAddress', '{ name: "2001:db8::1" }', parent));
    check(object('networking.k8s.io/v1', 'IPAddress', '{ name: «name-invalid "2001:DB8::1"» }', parent));
  });

  test('a prefix obeys it too, with five characters behind it', () => {
    check(config('generateName: fine-'));
    check(config('generateName: ' + 'a'.repeat(250)));
    check(config('name: a\ngenerateName: «name-invalid A-b»'));
    // The server judges this prefix without its last two characters, and then the name that it made of it.
    assert.equal(only(config('generateName: «name-invalid a_-»')).path, 'metadata.name');
    assert.equal(only(config('generateName: «name-invalid a.»')).path, 'metadata.generateName');
    const long = 'a'.repeat(64);
    check(object('v1', 'Namespace', `{ generateName: «name-invalid ${long}» }`));
  });
});

describe('namespace-invalid', () => {
  test('where the kind lives in a namespace', () => {
    assert.equal(only(config('name: a\nnamespace: «namespace-invalid team_a»')).path, 'metadata.namespace');
    check(config('name: a\nnamespace: ""'));
    check(object('v1', 'Namespace', '{ name: a, namespace: team_a }'));
  });
});

describe('label-invalid', () => {
  test('keys and values, in the name of all labels', () => {
    const { findings } = check(
      config(
        'name: a\nlabels:\n  «label-invalid a b»: c\n  owner: «label-invalid Team A»\n  c: null\n  d: ""\n  e: ${X}',
      ),
    );
    assert.deepEqual(
      findings.map(({ path }) => path),
      ['metadata.labels', 'metadata.labels'],
    );
  });

  test('a value can be tidied up, and stays a text', () => {
    const finding = only(config('name: a\nlabels:\n  owner: «label-invalid Team A»'));
    assert.deepEqual(titles(finding), ['Change to Team-A']);
    check(fixed(finding));
    assert.ok(fixed(only(config('name: a\nlabels: { a: «label-invalid "yes!"» }'))).includes('"yes"'));
    assert.deepEqual(titles(only(config('name: a\nlabels: { a: «label-invalid "!"» }'))), []);
  });

  test('the server calls those of a pod template by another path', () => {
    const marked = deployment(enough).replace(
      '{ app: web }\n    spec',
      '{ app: web, x: «label-invalid "a b"» }\n    spec',
    );
    assert.equal(only(marked).path, 'spec.template.labels');
  });

  test('nobody looks at those of a Job’s template in a CronJob', () => {
    check(`apiVersion: batch/v1
kind: CronJob
metadata: { name: a }
spec:
  schedule: '@daily'
  jobTemplate:
    metadata: { name: A_b, labels: { 'a b': c } }
    spec:
      template:
        spec:
          restartPolicy: Never
          containers: [{ name: a, image: a, ${enough} }]
`);
  });
});

describe('annotation-invalid', () => {
  test('keys, whatever their letter case', () => {
    const finding = only(
      config('name: a\nannotations:\n  Example.COM/Owner: any text, é\n  «annotation-invalid a/b/c»: d'),
    );
    assert.equal(finding.path, 'metadata.annotations');
  });

  test('all together have at most 256 KiB, counted in bytes', () => {
    const of = (mark: string, value: string): string => config(`name: a\n${mark}:\n  a: "${value}"`);
    check(of('annotations', 'x'.repeat(262_143)));
    check(of('«annotation-invalid annotations»', 'x'.repeat(262_144)));
    check(of('annotations', 'é'.repeat(131_071)));
    check(of('«annotation-invalid annotations»', 'é'.repeat(131_072)));
    check(of('annotations', '😀'.repeat(65_535)));
    check(of('«annotation-invalid annotations»', '😀'.repeat(65_536)));
  });
});

describe('owner-reference-invalid', () => {
  test('all four parts are needed; the server does not say of which owner', () => {
    const { findings } = check(
      config(
        'name: a\nownerReferences:\n' +
          '  - { apiVersion: apps/v1, kind: «owner-reference-invalid Deployment», name: web }\n' +
          '  - { apiVersion: «owner-reference-invalid apps/», kind: Pod, name: a, uid: b }',
      ),
    );
    assert.deepEqual(
      findings.map(({ path }) => path),
      ['metadata.ownerReferences.uid', 'metadata.ownerReferences.apiVersion'],
    );
  });

  test('one controller, and no Event', () => {
    const { findings } = check(
      config(`name: a
ownerReferences:
  - { apiVersion: v1, kind: Pod, name: a, uid: b, controller: true }
  - { apiVersion: v1, kind: «owner-reference-invalid Event», name: a, uid: b }
  - { apiVersion: v1, kind: «owner-reference-invalid Pod», name: c, uid: d, controller: true }`),
    );
    assert.deepEqual(new Set(findings.map(({ path }) => path)), new Set(['metadata.ownerReferences']));
  });
});

describe('finalizer-invalid', () => {
  test('has a domain, or is one of Kubernetes’ own', () => {
    const { findings } = check(
      config(
        'name: a\nfinalizers: [orphan, example.com/a, «finalizer-invalid cleanup», «finalizer-invalid a b/c»]',
      ),
    );
    assert.deepEqual(
      findings.map(({ path }) => path),
      ['metadata.finalizers[2]', 'metadata.finalizers'],
    );
    check(config('name: a\n«finalizer-invalid finalizers»: [orphan, foregroundDeletion]'));
    check(object('coordination.k8s.io/v1', 'Lease', '{ name: a, finalizers: [cleanup] }'));
  });
});

describe('generation-invalid', () => {
  test('where the server keeps what is written', () => {
    const finding = only(config('name: a\ngeneration: «generation-invalid -1»'));
    assert.equal(finding.path, 'metadata.generation');
    assert.equal(fixed(finding), config('name: a'));
    check(deployment(enough).replace('name: web\n', 'name: web\n  generation: -1\n'));
  });
});

describe('resource-version-set', () => {
  test('is advice', () => {
    const finding = only(config('name: a\nresourceVersion: «resource-version-set "1"»'));
    assert.equal(finding.severity, 'warning');
    check(fixed(finding));
  });
});

describe('pod-security-label-invalid', () => {
  const namespace = (labels: string): string =>
    object('v1', 'Namespace', `{ name: a, labels: { ${labels} } }`);
  const mode = 'pod-security.kubernetes.io/';
  test('levels and versions', () => {
    check(namespace(`${mode}enforce: baseline, ${mode}enforce-version: v1.30, ${mode}warn-version: latest`));
    const finding = only(namespace(`${mode}warn: «pod-security-label-invalid Restricted»`));
    assert.equal(finding.path, 'metadata.labels[pod-security.kubernetes.io/warn]');
    assert.deepEqual(titles(finding), ['Change to restricted !']);
    for (const version of ['v1.05', '"1.30"', 'v2.1', '""']) {
      check(namespace(`${mode}audit-version: «pod-security-label-invalid ${version}»`));
    }
    check(object('v1', 'ConfigMap', `{ name: a, labels: { ${mode}enforce: any } }`));
  });
});

describe('template-metadata-forbidden', () => {
  test('labels and annotations only', () => {
    const of = (metadata: string): string =>
      object(
        'resource.k8s.io/v1',
        'ResourceClaimTemplate',
        '{ name: a }',
        `spec:\n  metadata: ${metadata}\n  spec: { devices: {} }\n`,
      );
    check(
      of('{ labels: { a: b }, annotations: { c: d }, name: "", generation: 0, creationTimestamp: null }'),
    );
    assert.equal(only(of('{ name: «template-metadata-forbidden a» }')).path, 'spec.metadata.name');
    assert.equal(only(of('{ uid: «template-metadata-forbidden a» }')).path, 'spec.metadata.uID');
    check(of('{ «template-metadata-forbidden finalizers»: [] }'));
  });
});

describe('definition-name-mismatch', () => {
  test('is plural and group', () => {
    const of = (name: string): string =>
      object(
        'apiextensions.k8s.io/v1',
        'CustomResourceDefinition',
        `{ name: ${name} }`,
        `spec:
  group: maps.example.com
  scope: Namespaced
  names: { plural: places, kind: Place }
  versions: [{ name: v1, served: true, storage: true, schema: { openAPIV3Schema: { type: object } } }]
`,
      );
    check(of('places.maps.example.com'));
    const finding = only(of('«definition-name-mismatch place»'));
    assert.equal(finding.path, 'metadata.name');
    check(fixed(finding));
  });
});
