/**
 * Shows all pods of a cluster as the tree of clusters does and measures what that costs this process:
 * `explorer-watcher.ts KUBECONFIG`. Sends an ExplorerSample once all are known.
 */
import { Clusters } from '../../src/cluster/clusters.ts';
import { openStore } from '../../src/cluster/store/leases.ts';
import { kindOf } from '../../src/features/explorer/kinds/catalogue.ts';
import { silentLog } from '../../src/platform/log.ts';
import { cpuMs, forgetPeak, heapMb, residentMb } from './process-use.ts';
import { Turns } from './turns.ts';

export interface ExplorerSample {
  readonly pods: number;
  /** Until there was something to show. */
  readonly firstMs: number;
  readonly firstPods: number;
  readonly wallMs: number;
  readonly cpuMs: number;
  readonly blockMs: number;
  readonly peakMb: number;
  readonly keptMb: number;
}

const [kubeconfig = ''] = process.argv.slice(2);
const clusters = new Clusters({ kubeconfigs: () => [kubeconfig], env: process.env, log: silentLog });
// A row of the tree is expanded where its cluster is connected to already.
const session = await clusters.session((await clusters.contexts()).current ?? '');
await session.request('/version');
const description = kindOf('Pod');
if (description === null) throw new Error('The tree shows no pods.');
const { apiVersion, plural, project } = description;

const heapBefore = heapMb();
forgetPeak();
const residentBefore = residentMb('VmRSS');
const turns = new Turns();
const cpuBefore = cpuMs();
const start = performance.now();
const first = { ms: 0, pods: 0 };
const { value: store } = openStore(session, { apiVersion, plural, namespace: null }, project);
store.onDidChange(() => {
  if (first.pods === 0) Object.assign(first, { ms: performance.now() - start, pods: store.rows.size });
});
await store.ready;
const used = { wallMs: performance.now() - start, cpuMs: cpuMs() - cpuBefore };
const [blockMs = 0] = turns.stop();
const peakMb = residentMb('VmHWM') - residentBefore;
const sample: ExplorerSample = {
  ...used,
  pods: store.rows.size,
  firstMs: first.ms,
  firstPods: first.pods,
  blockMs,
  peakMb,
  keptMb: heapMb() - heapBefore,
};
process.send?.(sample);
clusters.dispose();
process.disconnect();
