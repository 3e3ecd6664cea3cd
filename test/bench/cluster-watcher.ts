/**
 * Shows the pods of a namespace and measures what that costs this process: `cluster-watcher.ts ours|theirs KUBECONFIG
 * NAMESPACE`. Sends a ListSample once all pods are known, and a Reading whenever it is asked.
 */
import { CoreV1Api, KubeConfig, makeInformer } from '@kubernetes/client-node';
import { Clusters, openStore } from '../../src/cluster/index.ts';
import { kindOf } from '../../src/features/explorer/kinds/catalogue.ts';
import type { ObjectRow } from '../../src/features/explorer/rows/rows.ts';
import { silentLog } from '../../src/platform/log.ts';
import { cpuMs, forgetPeak, heapMb, residentMb } from './process-use.ts';
import { Turns } from './turns.ts';

export type WatcherName = 'ours' | 'theirs';

/** What the first list took. */
export interface ListSample {
  readonly pods: number;
  readonly wallMs: number;
  readonly cpuMs: number;
  /** Longest time the process could do nothing else. */
  readonly blockMs: number;
  /** What stays of it, garbage collected. */
  readonly keptMb: number;
  /** Most memory the process had of the operating system meanwhile, above what it had before. */
  readonly peakMb: number;
}

/** What was used and heard of since the start. */
export interface Reading {
  readonly cpuMs: number;
  readonly events: number;
}

/** Resolves with a function that counts the pods once all are listed. */
type Watcher = (kubeconfig: string, namespace: string, heard: () => void) => Promise<() => number>;

/** As the tree of clusters does it. */
const ours: Watcher = async (kubeconfig, namespace, heard) => {
  const clusters = new Clusters({ kubeconfigs: () => [kubeconfig], env: process.env, log: silentLog });
  const session = await clusters.session((await clusters.contexts()).current ?? '');
  const description = kindOf('Pod');
  if (description === null) throw new Error('The tree shows no pods.');
  const { apiVersion, plural, project } = description;
  // Counted where an event becomes a row: listeners hear of many at a time.
  const counted = (object: unknown): ObjectRow => {
    heard();
    return project(object);
  };
  const { value: store } = openStore(session, { apiVersion, plural, namespace }, counted);
  store.onDidChange(() => undefined);
  await store.ready;
  return () => store.rows.size;
};

/** As the client library's documentation does it. */
const theirs: Watcher = async (kubeconfig, namespace, heard) => {
  const config = new KubeConfig();
  config.loadFromFile(kubeconfig);
  const api = config.makeApiClient(CoreV1Api);
  const path = `/api/v1/namespaces/${namespace}/pods`;
  const informer = makeInformer(config, path, () => api.listNamespacedPod({ namespace }));
  informer.on('add', heard);
  informer.on('update', heard);
  informer.on('error', (error: unknown) => {
    throw error;
  });
  await informer.start();
  return () => informer.list(namespace).length;
};

let events = 0;
const [name = '', kubeconfig = '', namespace = ''] = process.argv.slice(2);
const watcher = name === 'ours' ? ours : theirs;
// Nothing is left to measure for once the parent is gone.
process.once('disconnect', () => process.exit());

const heapBefore = heapMb();
forgetPeak();
const residentBefore = residentMb('VmRSS');
const turns = new Turns();
const cpuBefore = cpuMs();
const start = performance.now();
const count = await watcher(kubeconfig, namespace, () => events++);
const sample = { wallMs: performance.now() - start, cpuMs: cpuMs() - cpuBefore };
const [blockMs = 0] = turns.stop();
const peakMb = residentMb('VmHWM') - residentBefore;
const list: ListSample = { ...sample, pods: count(), blockMs, peakMb, keptMb: heapMb() - heapBefore };
process.on('message', () => {
  const reading: Reading = { cpuMs: cpuMs(), events };
  process.send?.(reading);
});
process.send?.(list);
