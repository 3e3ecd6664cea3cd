/**
 * Shows the pods of a namespace and measures what that costs: `cluster-watcher.ts ours|theirs KUBECONFIG NAMESPACE
 * PODS CHANGES`. Says `listed` to its parent once all pods are known, and the sample after so many changes.
 */
import { KubeConfig, CoreV1Api, makeInformer } from '@kubernetes/client-node';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { Clusters, openStore } from '../../src/cluster/index.ts';
import { podStatus } from '../../src/core/index.ts';
import { silentLog } from '../../src/platform/log.ts';

export type WatcherName = 'ours' | 'theirs';

export interface Sample {
  readonly listCpuMs: number;
  /** Longest time the process could do nothing else. */
  readonly listBlockMs: number;
  /** Heap after the list, garbage collected, above what it was before. */
  readonly retainedMb: number;
  readonly watchCpuMs: number;
  readonly events: number;
}

/** Lists, then watches; resolves when the list is complete. `onEvent` is called with the number of events heard. */
type Watcher = (
  kubeconfig: string,
  namespace: string,
  onEvent: (count: number) => void,
) => Promise<() => number>;

interface PodObject {
  readonly metadata: { readonly uid: string; readonly name: string; readonly creationTimestamp: string };
  readonly spec: { readonly nodeName?: string };
}

/** What a row of the tree shows. */
function projectRow(object: unknown): {
  uid: string;
  name: string;
  node: string;
  created: string;
  status: string;
  ready: string;
} {
  const { metadata, spec } = object as PodObject;
  const { text, ready } = podStatus(object);
  return {
    uid: metadata.uid,
    name: metadata.name,
    node: spec.nodeName ?? '',
    created: metadata.creationTimestamp,
    status: text,
    ready,
  };
}

const ours: Watcher = async (kubeconfig, namespace, onEvent) => {
  const clusters = new Clusters({ kubeconfigs: () => [kubeconfig], env: process.env, log: silentLog });
  const session = await clusters.session((await clusters.contexts()).current ?? '');
  // Counted where each event is turned into a row: listeners hear in batches.
  const project = (object: unknown): ReturnType<typeof projectRow> => {
    onEvent(1);
    return projectRow(object);
  };
  const { value: store } = openStore(session, { apiVersion: 'v1', plural: 'pods', namespace }, project);
  await store.ready;
  return () => store.rows.size;
};

const theirs: Watcher = async (kubeconfig, namespace, onEvent) => {
  const config = new KubeConfig();
  config.loadFromFile(kubeconfig);
  const api = config.makeApiClient(CoreV1Api);
  const informer = makeInformer(config, `/api/v1/namespaces/${namespace}/pods`, () =>
    api.listNamespacedPod({ namespace }),
  );
  informer.on('add', () => onEvent(1));
  informer.on('update', () => onEvent(1));
  informer.on('error', (error: unknown) => {
    throw error;
  });
  await informer.start();
  return () => informer.list(namespace).length;
};

function cpuMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

function heapMb(): number {
  globalThis.gc?.();
  return process.memoryUsage().heapUsed / 1e6;
}

const [name = '', kubeconfig = '', namespace = '', pods = '', changes = ''] = process.argv.slice(2);
const watcher = name === 'ours' ? ours : theirs;
let events = 0;
const heapBefore = heapMb();
const cpuBefore = cpuMs();
const delay = monitorEventLoopDelay({ resolution: 5 });
delay.enable();
const size = await watcher(kubeconfig, namespace, (count) => (events += count));
delay.disable();
const listCpuMs = cpuMs() - cpuBefore;
if (size() !== Number(pods)) throw new Error(`${size()} pods listed instead of ${pods}`);
const retainedMb = heapMb() - heapBefore;
events = 0;
const watchBefore = cpuMs();
process.send?.('listed');
while (events < Number(changes)) await new Promise((resolve) => setTimeout(resolve, 20));
const sample: Sample = {
  listCpuMs,
  listBlockMs: delay.max / 1e6,
  retainedMb,
  watchCpuMs: cpuMs() - watchBefore,
  events,
};
process.send?.(sample);
