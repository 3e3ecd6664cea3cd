import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { analyze } from '../../../src/core/index.ts';
import { deployment, enough } from '../marked.ts';
import { proposed } from './proposals.ts';

const pod = (lines: string): string => `apiVersion: v1\nkind: Pod\nmetadata:\n  name: a\n${lines}`;
const container = (lines: string): string =>
  pod(`spec:\n  containers:\n    - name: a\n      image: a:1\n${lines}`);

/** Labels that are proposed, and that must not be. */
function proposes(marked: string, wanted: readonly string[], unwanted: readonly string[] = []): void {
  const { labels } = proposed(marked);
  for (const label of wanted)
    assert.ok(labels.includes(label), `${label} is proposed among ${labels.join(' ')}`);
  for (const label of unwanted) assert.ok(!labels.includes(label), `${label} is not proposed`);
}

function only(marked: string, expected: readonly string[], others: readonly string[] = []): void {
  assert.deepEqual(proposed(marked, others).labels, expected);
}

describe('fields', () => {
  test('of the type at the place, without those that are written', () => {
    proposes(container('      ¦\n'), ['resources', 'env', 'livenessProbe'], ['name', 'image', 'containers']);
    proposes(pod('¦'), ['spec'], ['metadata', 'kind', 'status']);
    proposes(pod('  ¦\nspec: {}\n'), ['labels', 'namespace'], ['name', 'spec']);
    proposes(pod('spec:\n  con¦'), ['containers', 'initContainers']);
  });

  test('those that have to be there come first, those of the server last', () => {
    assert.equal(proposed(pod('spec:\n  ¦\n')).labels[0], 'containers');
    assert.equal(proposed('apiVersion: apps/v1\nkind: Deployment\nspec:\n  ¦\n').labels[0], 'selector');
    const { labels } = proposed(pod('  ¦\n'));
    assert.ok(labels.indexOf('labels') < labels.indexOf('annotations') + 2);
    assert.equal(labels.at(-1), 'uid');
  });

  test('bring what they require, indented for their place', () => {
    assert.equal(
      proposed('apiVersion: apps/v1\nkind: Deployment\nspec:\n  ¦\n').accept('selector'),
      'apiVersion: apps/v1\nkind: Deployment\nspec:\n  selector:\n    matchLabels:\n      \n',
    );
    assert.equal(
      proposed(pod('spec:\n  ¦\n')).accept('containers'),
      pod('spec:\n  containers:\n    - name: \n      image: \n'),
    );
    const flush = pod('spec:\n  volumes:\n  - name: a\n  ¦\n');
    assert.equal(
      proposed(flush).accept('containers'),
      flush.replace('¦', 'containers:\n  - name: \n    image: '),
    );
    assert.equal(proposed(pod('spec: { ¦ }\n')).accept('hostNetwork'), pod('spec: { hostNetwork: true }\n'));
  });

  test('a key that has its colon keeps its value', () => {
    assert.equal(
      proposed(container('      imagePul¦: Always\n')).accept('imagePullPolicy'),
      container('      imagePullPolicy: Always\n'),
    );
  });

  test('in half-typed and broken documents', () => {
    proposes(container('      ¦\n      ports: [\n'), ['resources']);
    proposes(container('      ¦\n  }\n  hostname: "a\n'), ['resources']);
    proposes(container('      resources:\n        ¦\n      - broken: [\n'), ['requests', 'limits']);
    proposes('kind: Deployment\n¦', ['apiVersion', 'metadata', 'spec']);
    proposes(`${container('')}---\n${container('      ¦\n')}---\nkind: [\n`, ['resources']);
  });

  test('in Lists, with any line break, with tabs in comments', () => {
    const list = 'apiVersion: v1\nkind: List\nitems:\n- apiVersion: v1\n  kind: Service\n  spec:\n    ¦\n';
    proposes(list, ['selector', 'ports'], ['containers']);
    proposes(container('      # \t note\n      ¦\n').replaceAll('\n', '\r\n'), ['resources']);
  });

  test('nowhere else', () => {
    only(container('      # ¦\n'), []);
    only('a: b\n¦\n', []);
    only('services:\n  web:\n    ¦\n', []);
    only('apiVersion: v1\nkind: ConfigMap\ndata:\n  a: |\n    ¦\n', []);
    only('apiVersion: v1\nkind: ConfigMap\ndata:\n  ¦\n', []);
    only('apiVersion: example.com/v1\nkind: Thing\nspec:\n  ¦\n', []);
  });
});

describe('values', () => {
  test('what the schema lists', () => {
    only(container('      imagePullPolicy: ¦\n'), ['Always', 'IfNotPresent', 'Never']);
    only(container('      tty: ¦\n'), ['false', 'true']);
    proposes(container('      securityContext: { capabilities: { drop: [¦] } }\n'), ['ALL']);
    proposes(pod('spec:\n  tolerations:\n    - effect: "¦"\n'), ['NoSchedule']);
    only('apiVersion: v1\nkind: PersistentVolumeClaim\nspec:\n  accessModes:\n    - ¦\n', [
      'ReadOnlyMany',
      'ReadWriteMany',
      'ReadWriteOnce',
      'ReadWriteOncePod',
    ]);
  });

  test('which of them counts where none is written, and what each means', () => {
    const { proposals } = proposed('apiVersion: v1\nkind: Service\nspec:\n  type: ¦\n');
    const preset = proposals.filter(({ detail }) => detail !== undefined);
    assert.deepEqual(
      preset.map(({ label }) => label),
      ['ClusterIP'],
    );
    assert.match(preset[0]?.meaning ?? '', /only be accessible inside the cluster/);
  });

  test('a key whose value can be proposed asks for it, others do not', () => {
    const isOpen = (marked: string, label: string): boolean | undefined =>
      proposed(marked).proposals.find((one) => one.label === label)?.open;
    assert.equal(isOpen(container('      resources:\n        limits:\n          ¦\n'), 'cpu'), true);
    assert.equal(isOpen('metadata: {}\nkind: Pod\n¦\n', 'apiVersion'), true);
    assert.equal(isOpen(container('      ¦\n'), 'workingDir'), false);
    assert.equal(isOpen(container('      ¦\n'), 'imagePullPolicy'), false);
  });

  test('in the quotes that were begun', () => {
    const text = container('      imagePullPolicy: "Al¦"\n');
    assert.equal(proposed(text).labels.length, 3);
  });

  test('kinds and API versions', () => {
    proposes('kind: ¦\n', ['Deployment', 'Service', 'CronJob'], ['PodList', 'TokenReview']);
    assert.equal(proposed('kind: De¦\n').accept('Deployment'), 'apiVersion: apps/v1\nkind: Deployment\n');
    const listed = 'apiVersion: v1\nkind: List\nitems:\n  - kind: ¦\n';
    assert.match(proposed(listed).accept('Job'), /\n {2}- apiVersion: batch\/v1\n {4}kind: Job\n$/);
    proposes('apiVersion: apps/v1\nkind: ¦\n', ['Deployment'], ['Service']);
    assert.deepEqual(proposed('kind: ¦\n').labels.slice(0, 3), ['Deployment', 'Service', 'ConfigMap']);
    only('kind: CronJob\napiVersion: ¦\n', ['batch/v1']);
    proposes('apiVersion: ¦\n', ['v1', 'apps/v1'], ['extensions/v1beta1']);
    assert.deepEqual(proposed('apiVersion: ¦\n').labels.slice(0, 3), ['v1', 'apps/v1', 'batch/v1']);
    only('kind: HorizontalPodAutoscaler\napiVersion: ¦\n', ['autoscaling/v2', 'autoscaling/v1']);
  });

  test('amounts', () => {
    const limits = (lines: string): string => container(`      resources:\n        limits:\n${lines}`);
    proposes(limits('          ¦\n'), ['cpu', 'memory']);
    only(limits('          cpu: ¦\n'), ['100m', '250m', '500m', '1']);
    only(limits('          memory: 300¦\n'), ['300Mi', '300Gi', '300Ki', '300Ti']);
  });

  test('items of lists', () => {
    proposes(pod('spec:\n  containers:\n    ¦\n'), ['- ']);
    proposes(pod('spec:\n  containers:\n    - name: a\n    ¦\n'), ['- ']);
    proposes(pod('spec:\n  containers:\n  - name: a\n  ¦\n'), ['- ', 'volumes']);
    assert.equal(
      proposed(pod('spec:\n  containers:\n    - name: a\n    ¦\n')).accept('- '),
      pod('spec:\n  containers:\n    - name: a\n    - name: \n      image: \n'),
    );
  });
});

describe('names', () => {
  const settings = `apiVersion: v1\nkind: ConfigMap\nmetadata: { name: settings }\ndata: { colour: red, "8080": a }\n`;
  const credentials = `apiVersion: v1\nkind: Secret\nmetadata: { name: credentials, namespace: shop }\nstringData: { password: a }\n`;
  const web = deployment(`${enough}\nports:\n  - name: http\n    containerPort: 8080`);

  test('of other objects', () => {
    only(
      container('      envFrom:\n        - configMapRef: { name: ¦ }\n'),
      ['settings'],
      [settings, credentials],
    );
    only(
      container('      envFrom:\n        - secretRef:\n            name: cr¦\n'),
      ['credentials'],
      [settings, credentials],
    );
    only(
      pod('spec:\n  volumes:\n    - name: a\n      secret: { secretName: ¦ }\n'),
      ['credentials'],
      [settings, credentials],
    );
    only(pod('  namespace: ¦\n'), ['shop'], [credentials]);
    proposes(pod('spec:\n  priorityClassName: ¦\n'), ['system-node-critical']);
  });

  test('not of other namespaces', () => {
    only(pod('  namespace: other\nspec:\n  volumes: [{ secret: { secretName: ¦ } }]\n'), [], [credentials]);
  });

  test('of keys', () => {
    const env = container(
      '      env:\n        - valueFrom:\n            configMapKeyRef: { name: settings, key: ¦ }\n',
    );
    only(env, ['8080', 'colour'], [settings]);
    assert.match(proposed(env, [settings]).accept('8080'), /key: "8080" \}/);
    only(
      pod(
        'spec:\n  volumes:\n    - configMap:\n        name: settings\n        items:\n          - key: ¦\n',
      ),
      ['8080', 'colour'],
      [settings],
    );
  });

  test('of workloads, their labels and ports', () => {
    const service = (lines: string): string =>
      `apiVersion: v1\nkind: Service\nmetadata: { name: web }\nspec:\n${lines}`;
    only(service('  selector:\n    ¦\n'), ['app: web'], [web]);
    only(service('  selector:\n    app: ¦\n'), ['web'], [web]);
    only(service('  selector: { app: web }\n  ports:\n    - targetPort: ¦\n'), ['http', '8080'], [web]);
    const hpa = `apiVersion: autoscaling/v2\nkind: HorizontalPodAutoscaler\nspec:\n  scaleTargetRef:\n`;
    only(`${hpa}    kind: Deployment\n    name: ¦\n`, ['web'], [web]);
    only(`${hpa}    kind: StatefulSet\n    name: ¦\n`, [], [web]);
    proposes(`${hpa}    kind: ¦\n`, ['Deployment']);
    const http = service('  ports: [{ name: http, port: 80 }]\n');
    const backend = (lines: string): string =>
      `apiVersion: networking.k8s.io/v1\nkind: Ingress\nspec:\n  defaultBackend:\n    service:\n${lines}`;
    only(backend('      name: ¦\n'), ['web'], [http]);
    only(backend('      name: web\n      port:\n        name: ¦\n'), ['http'], [http]);
    only(backend('      name: web\n      port: { number: ¦ }\n'), ['80'], [http]);
  });

  test('of the same pod', () => {
    const volumes = '  volumes:\n    - name: data\n      emptyDir: {}\n';
    only(container(`      volumeMounts:\n        - name: ¦\n${volumes}`), ['data']);
    const ports = '      ports: [{ name: http, containerPort: 80 }]\n';
    only(container(`${ports}      livenessProbe:\n        httpGet:\n          port: ¦\n`), ['80', 'http']);
    const workload = deployment(enough).replace('labels: { app: web }', 'labels: { ¦ }');
    assert.equal(proposed(workload).labels[0], 'app: web');
  });
});

describe('what is accepted', () => {
  /** Proposals at sample places bring nothing that the place does not have. */
  for (const marked of [
    pod('spec:\n  ¦\n'),
    container('      ¦\n'),
    pod('  ¦\n'),
    'apiVersion: v1\nkind: Service\nmetadata: { name: a }\nspec:\n  ¦\n',
    'apiVersion: v1\nkind: Service\nmetadata: { name: a }\nspec: { ¦ }\n',
    'apiVersion: apps/v1\nkind: StatefulSet\nmetadata: { name: a }\nspec:\n  ¦\n',
    'apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: { name: a }\nspec:\n  ingress:\n  - ¦\n',
    'apiVersion: autoscaling/v2\nkind: HorizontalPodAutoscaler\nmetadata: { name: a }\nspec:\n  metrics:\n    - ¦\n',
    container('      livenessProbe:\n        ¦\n'),
    container('      securityContext:\n        ¦\n'),
    `kind: List\napiVersion: v1\nitems:\n  - ${pod('spec:\n  ¦\n').replaceAll('\n', '\n    ').trimEnd()}`,
  ]) {
    test(JSON.stringify(marked.slice(-60)), () => {
      const at = proposed(marked);
      assert.ok(at.proposals.length > 0);
      for (const { label } of at.proposals) {
        const findings = analyze(at.accept(label)).findings.filter(({ code }) =>
          ['field-unknown', 'yaml-syntax', 'duplicate-key', 'field-misplaced'].includes(code),
        );
        assert.deepEqual(
          findings.map(({ code, path }) => `${label}: ${code} ${path}`),
          [],
        );
      }
    });
  }
});
