import assert from 'node:assert/strict';
import { type SharedCluster, sharedCluster } from '../harness/shared.ts';
import { themes } from '../harness/vscode/editions.ts';
import { type MadeKubeconfigs, makeKubeconfigs } from './kubeconfigs.ts';
import { uiSuite } from './suite.ts';
import { deployment, listOf } from './workloads.ts';

const namespace = 'failover-shop';
const node = 'worker-7';
/** Short, so that a test need not wait for long: a kubelet's is 40 s. */
const leaseSeconds = 5;

let cluster: SharedCluster;
let kubeconfigs: MadeKubeconfigs;

/** What a kubelet says of itself. */
async function report(ready: 'True' | 'Unknown', reason: string): Promise<void> {
  const now = new Date().toISOString();
  const condition = { type: 'Ready', status: ready, reason, message: reason };
  await patchStatus('node', node, {
    capacity: { cpu: '64', memory: '64Gi', pods: '110' },
    conditions: [{ ...condition, lastHeartbeatTime: now, lastTransitionTime: now }],
  });
}

async function patchStatus(kind: string, name: string, status: object): Promise<void> {
  const patch = JSON.stringify({ status });
  await cluster.kubectl(['patch', '-n', namespace, kind, name, '--subresource=status', '-p', patch]);
}

/** A heartbeat, as kubelets send them. */
async function beat(): Promise<void> {
  const item = {
    apiVersion: 'coordination.k8s.io/v1',
    kind: 'Lease',
    metadata: { name: node, namespace: 'kube-node-lease' },
    spec: {
      holderIdentity: node,
      leaseDurationSeconds: leaseSeconds,
      renewTime: new Date().toISOString().replace('Z', '000Z'),
    },
  };
  await cluster.kubectl(['apply', '-f', '-'], listOf(item));
}

/** A workload whose pods start on the node that will be lost. */
function workload(name: string, affinity: object): object {
  const made = deployment(name, `${cluster.registry}/app:1`) as {
    spec: { template: { spec: Record<string, unknown> } };
  };
  const unreachable = { key: 'node.kubernetes.io/unreachable', operator: 'Exists', effect: 'NoExecute' };
  Object.assign(made.spec.template.spec, {
    affinity: { nodeAffinity: affinity },
    tolerations: [{ ...unreachable, tolerationSeconds: 0 }],
  });
  return made;
}

async function setTheScene(): Promise<NodeJS.ProcessEnv> {
  cluster = await sharedCluster('node');
  await cluster.kubectl(['create', 'namespace', namespace]);
  const item = { apiVersion: 'v1', kind: 'Node', metadata: { name: node, labels: { place: node } } };
  await cluster.kubectl(['create', '-f', '-'], listOf(item));
  await beat();
  await report('True', 'KubeletReady');
  await cluster
    .kubectl(['wait', `node/${node}`, '--for=jsonpath={.spec.taints}=', '--timeout=30s'])
    .catch(() => '');
  const here = { matchExpressions: [{ key: 'place', operator: 'In', values: [node] }] };
  await cluster.kubectl(
    ['apply', '-n', namespace, '-f', '-'],
    listOf(
      workload('web', {
        preferredDuringSchedulingIgnoredDuringExecution: [{ weight: 100, preference: here }],
      }),
      workload('cache', { requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms: [here] } }),
    ),
  );
  for (const app of ['web', 'cache']) {
    const pods = ['pod', '-n', namespace, '-l', `app=${app}`];
    await cluster.kubectl(['wait', ...pods, '--for=condition=PodScheduled', '--timeout=30s']);
    const name = await cluster.kubectl(['get', ...pods, '-o', 'jsonpath={.items[0].metadata.name}']);
    const startedAt = new Date().toISOString();
    await patchStatus('pod', name, {
      phase: 'Running',
      startTime: startedAt,
      conditions: ['Ready', 'ContainersReady', 'Initialized'].map((type) => ({ type, status: 'True' })),
      containerStatuses: [
        {
          ...{ name: 'app', image: 'app:1', imageID: '', ready: true, started: true, restartCount: 0 },
          state: { running: { startedAt } },
        },
      ],
    });
  }
  kubeconfigs = await makeKubeconfigs(cluster.kubeconfig, [{ name: 'dev', namespace }]);
  await beat();
  return { KUBECONFIG: kubeconfigs.path };
}

async function clear(): Promise<void> {
  await kubeconfigs.remove();
  // Nobody would ever end the pods of a node that is gone.
  await cluster.kubectl(['delete', 'node', node]);
  await cluster.kubectl(['delete', 'pod', '-n', namespace, '--all', '--force']);
  await cluster.kubectl(['delete', 'namespace', namespace, '--timeout=60s']);
  await cluster.release();
}

const options = { workspace: 'examples/shop', env: setTheScene, cleanUp: clear };

uiSuite('Failover', options, (ui) => {
  ui.test('a node that falls silent says so in its row, and what it holds', async (vscode) => {
    await vscode.openView('Elastic Containers');
    const tree = vscode.tree('Clusters');
    await tree.expand(/^\s*dev/);
    await beat();
    await tree.expand(/^\s*Nodes/);
    await tree.row(/^\s*worker-7\s*Ready · no heartbeat for \d+ s · not moved yet: 2/);
    await vscode.screenshot('failover-silent');
  });

  ui.test('its story tells what moved, and what found no node', async (vscode) => {
    const tree = vscode.tree('Clusters');
    await tree.contextMenu(/^\s*worker-7/, 'Show failover');
    await vscode.editor.shows(`Failover of ${node}`);
    assert.match(await vscode.editor.text(), /web-\S+/);
    // What the cluster does itself once it has waited long enough.
    await report('Unknown', 'NodeStatusUnknown');
    await tree.row(/^\s*worker-7\s*NotReady .*running elsewhere: 1/);
    const line = (text: RegExp) =>
      vscode.page.locator('.editor-group-container.active .view-line', { hasText: text }).first().waitFor();
    await line(/web-\S+\son\slocalhost,\sready\s\d+\s(s|min)\safter\sthe\sloss/);
    await line(/cache-\S+\sfinds\sno\snode/);
    for (const theme of themes) {
      await vscode.setTheme(theme);
      await vscode.screenshot(`failover-story-${theme}`);
    }
    await vscode.setTheme('dark');
  });
});
