import assert from 'node:assert/strict';
import { type SharedCluster, sharedCluster } from '../harness/shared.ts';
import { themes } from '../harness/vscode/editions.ts';
import type { Workbench } from './driver.ts';
import { type MadeKubeconfigs, makeKubeconfigs } from './kubeconfigs.ts';
import { uiSuite } from './suite.ts';
import { deployment, listOf } from './workloads.ts';

const namespace = 'tree-shop';
const many = 'tree-many';
const view = 'Clusters';

let cluster: SharedCluster;
let kubeconfigs: MadeKubeconfigs;

const apply = (...items: readonly object[]): Promise<string> =>
  cluster.kubectl(['apply', '-f', '-'], listOf(...items));
const inShop = (apiVersion: string, kind: string, name: string, rest: object): object => ({
  apiVersion,
  kind,
  metadata: { name, namespace },
  ...rest,
});

const definition = {
  apiVersion: 'apiextensions.k8s.io/v1',
  kind: 'CustomResourceDefinition',
  metadata: { name: 'widgets.tree.example' },
  spec: {
    group: 'tree.example',
    scope: 'Namespaced',
    names: { kind: 'Widget', plural: 'widgets', singular: 'widget' },
    versions: [
      {
        name: 'v1',
        served: true,
        storage: true,
        schema: { openAPIV3Schema: { type: 'object', 'x-kubernetes-preserve-unknown-fields': true } },
        additionalPrinterColumns: [{ name: 'Size', type: 'string', jsonPath: '.spec.size' }],
      },
    ],
  },
};

/** What a visitor may see: the workloads of one namespace, and nothing else. */
const visitorRights = [
  inShop('rbac.authorization.k8s.io/v1', 'Role', 'visitor', {
    rules: [
      {
        apiGroups: ['', 'apps', 'batch'],
        resources: [
          'pods',
          'pods/log',
          'services',
          'deployments',
          'replicasets',
          'statefulsets',
          'daemonsets',
          'jobs',
          'cronjobs',
        ],
        verbs: ['get', 'list', 'watch'],
      },
    ],
  }),
  inShop('rbac.authorization.k8s.io/v1', 'RoleBinding', 'visitor', {
    roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name: 'visitor' },
    subjects: [{ apiGroup: 'rbac.authorization.k8s.io', kind: 'User', name: 'reader' }],
  }),
];

async function setTheScene(): Promise<NodeJS.ProcessEnv> {
  cluster = await sharedCluster('node');
  const image = `${cluster.registry}/app`;
  for (const name of [namespace, many]) await cluster.kubectl(['create', 'namespace', name]);
  await apply(definition);
  await cluster.kubectl(['wait', '--for=condition=Established', 'crd/widgets.tree.example']);
  await cluster.kubectl(['apply', '-n', namespace, '-f', '-'], listOf(deployment('web', `${image}:1`)));
  await apply(
    inShop('v1', 'Service', 'web', { spec: { selector: { app: 'web' }, ports: [{ port: 80 }] } }),
    inShop('networking.k8s.io/v1', 'NetworkPolicy', 'closed', { spec: { podSelector: {} } }),
    inShop('v1', 'ConfigMap', 'settings', { data: { mode: 'quiet' } }),
    inShop('v1', 'Secret', 'login', { stringData: { password: 'nobody-reads-this' } }),
    inShop('v1', 'ResourceQuota', 'pods', { spec: { hard: { pods: '20' } } }),
    inShop('v1', 'PersistentVolumeClaim', 'data', {
      spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } } },
    }),
    inShop('tree.example/v1', 'Widget', 'blue', { spec: { size: 'large' } }),
    inShop('v1', 'Secret', 'sh.helm.release.v1.shop.v2', {
      metadata: {
        name: 'sh.helm.release.v1.shop.v2',
        namespace,
        labels: { owner: 'helm', name: 'shop', version: '2', status: 'deployed' },
      },
      type: 'helm.sh/release.v1',
      stringData: { release: 'H4sI' },
    }),
    ...visitorRights,
    ...[...Array(230).keys()].map((index) => ({
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: `map-${String(index).padStart(3, '0')}`, namespace: many },
    })),
  );
  await cluster.kubectl(['rollout', 'status', '-n', namespace, 'deployment/web', '--timeout=60s']);
  kubeconfigs = await makeKubeconfigs(cluster.kubeconfig, [
    { name: 'dev', namespace },
    { name: 'visitor', namespace, token: 'reader-token' },
  ]);
  return { KUBECONFIG: kubeconfigs.path };
}

async function clear(): Promise<void> {
  await kubeconfigs.remove();
  // Another window may want the same names at once.
  await cluster.kubectl(['delete', 'namespace', namespace, many, '--timeout=60s']);
  await cluster.kubectl(['delete', 'crd', 'widgets.tree.example']);
  await cluster.release();
}

async function dev(vscode: Workbench) {
  await vscode.openView('Elastic Containers');
  const tree = vscode.tree(view);
  await tree.expand(/^\s*dev/);
  return tree;
}

const options = { workspace: 'examples/shop', env: setTheScene, cleanUp: clear, height: 1400 };

uiSuite('Tree of a cluster', options, (ui) => {
  ui.test('the cluster: figures, nodes, pods on them', async (vscode) => {
    const tree = await dev(vscode);
    await tree.row(/^\s*dev.*v1\.\S+ · 1 node · \d+ % cpu requested/);
    await tree.expand(/^\s*Overview/);
    await tree.row(/^\s*Nodes\s*1 of 1 ready/);
    await tree.row(/^\s*CPU\s*\S+ of \S+ requested/);
    await tree.expand(/^\s*Nodes\s*1$/);
    await tree.expand(/^\s*localhost\s*Ready · cpu \d+ % · mem \d+ % · \d+ pods?/);
    await tree.row(/^\s*web-…-\w{5}\s*tree-shop · Running · localhost/);
    await vscode.screenshot('tree-cluster');
    await tree.collapse(/^\s*localhost/);
    await tree.collapse(/^\s*Nodes/);
    await tree.collapse(/^\s*Overview/);
  });

  ui.test('a namespace: each category shows what the server has', async (vscode) => {
    const tree = await dev(vscode);
    await tree.expand(namespace);
    await tree.row(/^\s*web\s*1\/1 · v1/);
    await tree.expand(/^\s*Network/);
    await tree.expand(/^\s*Services\s*1/);
    await tree.expand(/^\s*web\s*1\/1 endpoint · ClusterIP · \d+\./);
    await tree.row(/^\s*\d+\.\d+\.\d+\.\d+\s*ready · web-\S+ · localhost/);
    await tree.row(/^\s*NetworkPolicies\s*1/);
    await tree.collapse(/^\s*Network/);
    await tree.expand(/^\s*Configuration/);
    await tree.row(/^\s*Quotas\s*1/);
    await tree.expand(/^\s*Secrets/);
    await tree.row(/^\s*Secrets\s*1/);
    await tree.expand(/^\s*login/);
    await tree.row(/^\s*password\s*•••••• · 17 bytes/);
    await vscode.screenshot('tree-configuration');
    await tree.collapse(/^\s*Configuration/);
    await tree.expand(/^\s*Storage/);
    await tree.expand(/^\s*Claims\s*1/);
    await tree.row(/^\s*data\s*Pending/);
    await tree.collapse(/^\s*Storage/);
    await tree.expand(/^\s*Access/);
    await tree.expand(/^\s*Role bindings/);
    await tree.row(/^\s*visitor\s*Role visitor/);
    await tree.collapse(/^\s*Access/);
    await tree.expand(/^\s*Custom resources/);
    await tree.expand(/^\s*Widget/);
    await tree.row(/^\s*blue\s*large/);
    await tree.collapse(/^\s*Custom resources/);
    await tree.expand(/^\s*Helm releases/);
    await tree.row(/^\s*shop\s*deployed · v2/);
    await tree.expand(/^\s*Events/);
    await tree.row(/^\s*Scheduled\s*Pod web-/);
    await vscode.screenshot('tree-namespace');
    await tree.collapse(/^\s*Helm releases/);
    await tree.collapse(/^\s*Events/);
  });

  ui.test(
    'pods that nothing owns any more still show, and trouble in a closed namespace as well',
    async (vscode) => {
      const tree = await dev(vscode);
      await tree.expand(namespace);
      const labels = { app: 'lone' };
      const container = { name: 'app', image: `${cluster.registry}/app:1` };
      await apply(
        inShop('apps/v1', 'ReplicaSet', 'lone', {
          spec: {
            replicas: 1,
            selector: { matchLabels: labels },
            template: { metadata: { labels }, spec: { containers: [container] } },
          },
        }),
        {
          apiVersion: 'v1',
          kind: 'Pod',
          metadata: { name: 'broken', namespace: many },
          spec: { containers: [{ ...container, image: `${cluster.registry}/nobody-has-this:1` }] },
        },
      );
      await tree.expand(/^\s*ReplicaSets\s*1$/);
      await tree.expand(/^\s*lone\s*1\/1/);
      await cluster.kubectl(['delete', '-n', namespace, 'replicaset/lone', '--cascade=orphan']);
      await tree.expand(/^\s*Pods\s*1$/);
      await tree.row(/^\s*lone-\w{5}\s*Running · localhost/);
      await tree.row(/^\s*tree-many\s*1 unhealthy$/);
      await vscode.screenshot('tree-orphans');
      await cluster.kubectl(['delete', '-n', namespace, 'pod', '-l', 'app=lone', '--now']);
      await cluster.kubectl(['delete', '-n', many, 'pod/broken', '--now']);
      await tree.row(/^\s*tree-many$/);
    },
  );

  ui.test('a probe that fails is said in the row of its pod and in the tooltip', async (vscode) => {
    const tree = await dev(vscode);
    await tree.expand(namespace);
    // The cluster's, of the Deployment alone: what the test before made has gone.
    const pods = async (): Promise<string> =>
      (await tree.rows()).filter((row) => row.startsWith('Pods')).join(', ');
    for (let left = 150; left > 0 && (await pods()) !== 'Pods 1'; left--)
      await vscode.page.waitForTimeout(100);
    const probe = { tcpSocket: { port: 81 }, periodSeconds: 5 };
    await apply(
      inShop('v1', 'Pod', 'deaf', {
        spec: { containers: [{ name: 'app', image: `${cluster.registry}/app:1`, readinessProbe: probe }] },
      }),
    );
    // Those of the cluster are two with that of the Deployment.
    await tree.row(/^\s*Pods\s*2$/);
    await tree.expand(/^\s*Pods\s*1$/);
    const row = /^\s*deaf\s*Running, 0\/1 ready · Readiness probe failed: connection refused · localhost/;
    await tree.expand(row);
    await tree.row(/^\s*app\s*Running · Readiness probe failed: connection refused/);
    assert.match(await tree.tooltip(row), /Unhealthy.*: Readiness probe failed: dial tcp .*:81: /);
    await vscode.screenshot('tree-probe');
    await cluster.kubectl(['delete', '-n', namespace, 'pod/deaf', '--now']);
  });

  ui.test('what was open and chosen stays so while pods come and go', async (vscode) => {
    const tree = await dev(vscode);
    await tree.expand(/^\s*web\s*\d\/1/);
    const chosen = /^\s*v1\s*\d pods?/;
    // A click chooses the row and opens it.
    await (await tree.row(chosen)).click();
    for (const replicas of [4, 2, 3]) {
      await cluster.kubectl(['scale', '-n', namespace, 'deployment/web', `--replicas=${replicas}`]);
      await tree.row(new RegExp(`^\\s*web\\s*${replicas}/${replicas}`));
    }
    const row = await tree.row(chosen);
    assert.equal(await row.getAttribute('aria-selected'), 'true');
    assert.equal(await row.getAttribute('aria-expanded'), 'true');
    await tree.expand(/^\s*web-…-\w{5}\s*Running/);
    await tree.row(/^\s*app\s*Running · app:1/);
    await tree.collapse(/^\s*web\s*3\/3/);
  });

  ui.test('pods are grouped by what a person chooses', async (vscode) => {
    const tree = await dev(vscode);
    await tree.expand(/^\s*Pods\s*\d+/);
    await tree.row(/^\s*tree-shop\s*3/);
    await vscode.palette('Elastic: Group pods…');
    await vscode.quickInput.pick('By owner');
    await tree.expand(/^\s*Deployment web\s*3/);
    await tree.row(/^\s*web-…-\w{5}\s*tree-shop · Running/);
    await vscode.palette('Elastic: Group pods…');
    await vscode.quickInput.pick('By namespace');
    await tree.row(/^\s*tree-shop\s*3/);
    await tree.collapse(/^\s*Pods\s*\d+/);
  });

  ui.test('the filter leaves what fits, and is cleared in its own row', async (vscode) => {
    const tree = await dev(vscode);
    await vscode.palette('Elastic: Filter clusters…');
    await vscode.quickInput.type('web namespace:tree-shop');
    await vscode.quickInput.accept();
    await tree.row(/^\s*Filter: web namespace:tree-shop/);
    await tree.row(/^\s*web\s*3\/3/);
    assert.ok(!(await tree.rows()).some((row) => row.startsWith(many)));
    await vscode.screenshot('tree-filter');
    await tree.press(/^\s*Filter:/, 'Clear filter');
    await tree.row(many);
  });

  ui.test('a long list goes on where asked, and stays live', async (vscode) => {
    const tree = await dev(vscode);
    await tree.collapse(namespace);
    await tree.expand(many);
    await tree.expand(/^\s*Configuration/);
    await tree.expand(/^\s*ConfigMaps/);
    await tree.seek(/1–200 of 231/);
    await vscode.screenshot('tree-more');
    await cluster.kubectl(['delete', 'configmap', '-n', many, 'map-229']);
    await (await tree.row(/1–200 of 230/)).click();
    await tree.seek(/map-228/);
    await tree.collapse(many);
  });

  ui.test('a person who may read one namespace has a tree that works', async (vscode) => {
    const tree = await dev(vscode);
    await tree.collapse(/^\s*dev/);
    await tree.expand(/^\s*visitor/);
    await tree.row('Not allowed to list namespaces');
    await tree.row(/^\s*Nodes\s*not allowed/);
    await tree.expand(namespace);
    await tree.row(/^\s*web\s*3\/3/);
    await tree.expand(/^\s*Network/);
    await tree.row(/^\s*Ingresses\s*not allowed/);
    await tree.row(/^\s*Services\s*1/);
    assert.match(await tree.tooltip(/^\s*web\s*3\/3/), /Not allowed here: delete deployments/);
    for (const theme of themes) {
      await vscode.setTheme(theme);
      await vscode.screenshot(`tree-visitor-${theme}`);
    }
    await vscode.setTheme('dark');
  });
});
