import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { formatMessage } from '../../../src/core/index.ts';
import { check, deployment, enough, fixed, only, titles } from '../marked.ts';

describe('duplicate-key', () => {
  test('points at the later key and back at the first', () => {
    const finding = only(
      'apiVersion: v1\nkind: Service\nspec:\n  type: ClusterIP\n  «duplicate-key type»: NodePort\n',
    );
    assert.equal(finding.path, 'spec.type');
    assert.equal(finding.severity, 'error');
    const [first] = finding.related;
    assert.equal(first?.range.start, finding.text.indexOf('type'));
    assert.deepEqual(titles(finding), ['Keep the first type', 'Keep the last type']);
    assert.equal(fixed(finding, 0), finding.text.replace('  type: NodePort\n', ''));
    assert.equal(fixed(finding, 1), finding.text.replace('  type: ClusterIP\n', ''));
  });

  test('a repetition can be removed at once', () => {
    const finding = only(
      'apiVersion: v1\nkind: Service\nspec:\n  selector:\n    app: a\n  «duplicate-key selector»:\n    app: a\n  type: x\n',
    );
    assert.deepEqual(titles(finding), ['Remove the repeated selector !']);
    check(fixed(finding));
  });

  test('in braces, in lists, under quoted keys, at any depth', () => {
    const { findings } = check(
      'apiVersion: example.com/v1\nkind: Thing\ndata: {a.b: 1, «duplicate-key "a.b"»: 2}\nx:\n- y: 1\n  «duplicate-key y»: 2\n  «duplicate-key y»: 3\n',
    );
    assert.deepEqual(
      findings.map(({ path }) => path),
      ['data[a.b]', 'x[0].true', 'x[0].true'],
    );
  });

  test('a key taken over by << may not be written again: to the API server it is there twice', () => {
    check(
      'apiVersion: v1\nkind: ConfigMap\nmetadata: &m {name: a}\ndata:\n  <<: *m\n  «duplicate-key name»: b\n',
    );
    check('apiVersion: v1\nkind: ConfigMap\nmetadata: &m {name: a}\ndata:\n  <<: *m\n  other: b\n');
  });

  test('of two blocks with one key, both are checked', () => {
    check(`apiVersion: apps/v1
kind: Deployment
metadata: { name: web }
spec:
  template:
    spec:
      containers:
        - name: «requests-missing a»
          image: a
«duplicate-key spec»:
  template:
    spec:
      containers:
        - name: b
          image: b
          resources:
            requests: { cpu: 1 }
          «duplicate-key resources»:
            limits: { memory: «quantity-invalid 1gb» }
`);
  });
});

describe('kind-unknown', () => {
  const object = (apiVersion: string, kind: string): string =>
    `apiVersion: ${apiVersion}\nkind: ${kind}\nmetadata: { name: a }\n`;
  const wrong: readonly (readonly [string, string, string, string])[] = [
    ['apps/v1', '«kind-unknown deployment»', 'error', 'Change to Deployment !'],
    ['apps/v1', '«kind-unknown Deploymnet»', 'error', 'Change to Deployment !'],
    ['apps/v1', '«kind-unknown Deployments»', 'error', 'Change to Deployment !'],
    ['v1', '«kind-unknown Configmap»', 'error', 'Change to ConfigMap !'],
    ['batch/v1', '«kind-unknown Cronjob»', 'error', 'Change to CronJob !'],
    ['«kind-unknown v1»', 'Deployment', 'error', 'Change to apps/v1 !'],
    ['«kind-unknown apps/v1»', 'Service', 'error', 'Change to v1 !'],
    ['«kind-unknown app/v1»', 'Deployment', 'error', 'Change to apps/v1 !'],
    ['«kind-unknown apps/V1»', 'Deployment', 'error', 'Change to apps/v1 !'],
    ['«kind-unknown apps»', 'Deployment', 'error', 'Change to apps/v1 !'],
    ['«kind-unknown V1»', 'Pod', 'error', 'Change to v1 !'],
    ['«kind-unknown networking.k8.io/v1»', 'Ingress', 'error', 'Change to networking.k8s.io/v1 !'],
    ['«kind-unknown apps/v1beta2»', 'CronJob', 'warning', 'Change to batch/v1 !'],
    ['apps/v1', '«kind-unknown Microservice»', 'warning', ''],
  ];
  for (const [apiVersion, kind, severity, title] of wrong) {
    test(`${apiVersion} ${kind}`, () => {
      const finding = only(object(apiVersion, kind));
      assert.equal(finding.severity, severity);
      assert.deepEqual(titles(finding), title === '' ? [] : [title]);
      if (title !== '') check(fixed(finding));
    });
  }

  test('both words wrong are two findings', () => {
    const { findings } = check(object('«kind-unknown v1»', '«kind-unknown deployment»'));
    assert.deepEqual(
      findings.map(({ path }) => path),
      ['apiVersion', 'kind'],
    );
  });

  const right: readonly (readonly [string, string])[] = [
    ['v1', 'Pod'],
    ['v1', 'Config'],
    ['v1', 'Template'],
    ['autoscaling/v1', 'HorizontalPodAutoscaler'],
    ['events.k8s.io/v1', 'Event'],
    ['resource.k8s.io/v1beta2', 'ResourceClaim'],
    ['storage.k8s.io/v1beta1', 'VolumeAttributesClass'],
    ['example.com/v1', 'deployment'],
    ['serving.knative.dev/v1', 'Service'],
    ['traefik.io/v1alpha1', 'IngressRoute'],
    ['kustomize.config.k8s.io/v1beta1', 'Kustomization'],
    ['skaffold/v4beta6', 'Config'],
    ['"{{ .version }}"', 'Deployment'],
  ];
  for (const [apiVersion, kind] of right) {
    test(`accepts ${apiVersion} ${kind}`, () => void check(object(apiVersion, kind)));
  }
  for (const [apiVersion, kind] of [
    ['v1', 'PodList'],
    ['apps/v1', 'DeploymentList'],
  ] as const) {
    test(`accepts ${apiVersion} ${kind}, with what the metadata of a list may have`, () => {
      check(`apiVersion: ${apiVersion}\nkind: ${kind}\nmetadata: { resourceVersion: '1' }\nitems: []\n`);
    });
  }

  test('a missing apiVersion can be added', () => {
    const finding = only('kind: «kind-unknown Deployment»\nmetadata: { name: a }\n');
    assert.equal(finding.path, 'apiVersion');
    assert.equal(fixed(finding), `apiVersion: apps/v1\n${finding.text}`);
    check('kind: secret\nname: password\nget: { path: a }\n');
    check('kind: pipeline\nmetadata: { name: a }\n');
  });

  test('a missing kind is told only where it is surely one of Kubernetes', () => {
    const finding = only('apiVersion: «kind-unknown apps/v1»\nmetadata: { name: a }\nspec: {}\n');
    assert.equal(finding.path, 'kind');
    check('apiVersion: v2\nname: chart\nversion: 1.0.0\n');
    check('apiVersion: v1\nname: chart\nversion: 1.0.0\n');
  });
});

describe('field-misplaced', () => {
  const astray = (field: string, container = ''): string => deployment(`${enough}\n${field}${container}`);

  test('a field of the pod inside a container, with a way home', () => {
    const finding = only(astray('«field-misplaced nodeSelector»:\n  disk: ssd'));
    assert.equal(finding.severity, 'error');
    assert.equal(finding.path, 'spec.template.spec.containers[0].nodeSelector');
    assert.match(formatMessage(finding.message), /belongs in spec\.template\.spec$/);
    assert.deepEqual(titles(finding), ['Move nodeSelector to its place !']);
    assert.equal(fixed(finding), `${deployment(enough)}      nodeSelector:\n        disk: ssd\n`);
  });

  test('restartPolicy inside a container is the pod’s by mistake', () => {
    const finding = only(astray('«restart-policy-misplaced restartPolicy»: Always'));
    assert.equal(finding.severity, 'warning');
    assert.deepEqual(titles(finding), ['Move restartPolicy to its place']);
    assert.equal(fixed(finding), `${deployment(enough)}      restartPolicy: Always\n`);
    const there = only(
      deployment(`${enough}\n«restart-policy-misplaced restartPolicy»: Always`, 'restartPolicy: Always'),
    );
    assert.deepEqual(titles(there), ['Remove restartPolicy here']);
    check(fixed(there));
  });

  test('restartPolicy of a sidecar, or with rules of its own, is where it belongs', () => {
    check(deployment(enough, `initContainers: [{ name: a, image: a, restartPolicy: Always, ${enough} }]`));
    check(astray('restartPolicy: Never\nrestartPolicyRules: []'));
    check(
      deployment(
        enough,
        'initContainers: [{ name: a, image: a, «restart-policy-misplaced restartPolicy»: Never }]',
      ),
    );
  });

  const cases: Record<string, readonly [marked: string, path: string, belongs: string | undefined]> = {
    'replicas inside the template': [
      deployment(enough).replace('  template:\n', '  template:\n    «field-misplaced replicas»: 3\n'),
      'spec.template.replicas',
      'spec',
    ],
    'strategy inside the pod': [
      deployment(enough, '«field-misplaced strategy»: { type: Recreate }'),
      'spec.template.spec.strategy',
      'spec',
    ],
    'replicas beside kind': [
      deployment(enough).replace('spec:\n  replicas: 2', '«field-misplaced replicas»: 2\nspec:'),
      'replicas',
      'spec',
    ],
    'labels beside kind': [`«field-misplaced labels»: {}\n${deployment(enough)}`, 'labels', 'metadata'],
    'labels beside the template’s spec': [
      deployment(enough).replace('    metadata:\n      labels', '    «field-misplaced labels»'),
      'spec.template.labels',
      'spec.template.metadata',
    ],
    'spec inside metadata': [
      'apiVersion: v1\nkind: Pod\nmetadata:\n  name: a\n  «field-misplaced spec»: {}\n',
      'metadata.spec',
      '',
    ],
    'image beside containers': [
      deployment(enough, '«field-misplaced imagePullPolicy»: Always'),
      'spec.template.spec.imagePullPolicy',
      'spec.template.spec.containers[0]',
    ],
    'resources beside the template': [
      deployment('stdin: true').replace('  template:', '  «field-misplaced resources»: {}\n  template:'),
      'spec.resources',
      'spec.template.spec.containers[0]',
    ],
    'limits outside resources': [
      deployment('«field-misplaced limits»: { cpu: 1, memory: 1Gi }'),
      'spec.template.spec.containers[0].limits',
      'spec.template.spec.containers[0].resources',
    ],
    'cpu directly under resources': [
      deployment('resources: { «field-misplaced cpu»: 1, «field-misplaced memory»: 1Gi }'),
      'spec.template.spec.containers[0].resources.cpu',
      undefined,
    ],
    'a Job’s field in a CronJob': [
      'apiVersion: batch/v1\nkind: CronJob\nspec:\n  «field-misplaced backoffLimit»: 1\n  jobTemplate: {spec: {template: {spec: {}}}}\n',
      'spec.backoffLimit',
      'spec.jobTemplate.spec',
    ],
    'a CronJob’s field in its Job': [
      'apiVersion: batch/v1\nkind: CronJob\nspec:\n  jobTemplate: {spec: {«field-misplaced schedule»: x, template: {spec: {}}}}\n',
      'spec.jobTemplate.spec.schedule',
      'spec',
    ],
  };
  for (const [name, [marked, path, belongs]] of Object.entries(cases)) {
    test(name, () => {
      const [finding] = check(marked).findings;
      assert.ok(finding);
      assert.equal(finding.path, path);
      assert.equal(finding.message.args[1], belongs);
    });
  }

  test('paths inside a List are told from the List, places from the object', () => {
    const [finding] = check(
      `apiVersion: v1\nkind: List\nitems:\n- apiVersion: v1\n  kind: Pod\n  «field-misplaced containers»: []\n  spec: {}\n`,
    ).findings;
    assert.equal(finding?.path, 'items[0].containers');
    assert.equal(finding?.message.args[1], 'spec');
  });

  test('with several containers no place is offered', () => {
    const text = deployment(
      `${enough}\n- { name: b, image: b, ${enough} }`.replace('\n-', '\n-'),
      '«field-misplaced tty»: true',
    );
    const marked = text.replace('          - { name: b', '        - { name: b');
    assert.deepEqual(only(marked).fixes, []);
  });

  test('what every part allows is no finding', () => {
    check(
      deployment(
        `${enough}\nsecurityContext: {}\nterminationMessagePath: /x`,
        'securityContext: {}\noverhead: {}\nhostUsers: false',
      ),
    );
    check(deployment(`${enough}\n«field-unknown nonsense»: 1`, '«field-unknown nonsense»: 2'));
    check('apiVersion: v1\nkind: PodTemplate\nmetadata: {name: a}\ntemplate: {metadata: {}, spec: {}}\n');
    check(
      'apiVersion: batch/v1\nkind: Job\nspec: {suspend: true, template: {spec: {activeDeadlineSeconds: 1}}}\n',
    );
  });

  test('moving text keeps its lines as they are', () => {
    const moved = only(
      astray('«field-misplaced dnsConfig»: # why\n  searches:\n    - a\n\n    # b\n    - c', '\nstdin: true'),
    );
    assert.equal(
      fixed(moved),
      `${deployment(`${enough}\nstdin: true`)}      dnsConfig: # why\n        searches:\n          - a\n\n          # b\n          - c\n`,
    );
  });
});
