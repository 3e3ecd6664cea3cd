import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { Clusters, type Session } from '../../src/cluster/index.ts';
import { silentLog } from '../../src/platform/log.ts';
import { type Cluster, startCluster } from '../harness/cluster.ts';
import type { Report } from '../harness/cache.ts';
import type { Comparison } from './comparison.ts';
import type { Sample, WatcherName } from './cluster-watcher.ts';

const podCount = 10_000;
const namespace = 'bench';
const rounds = 3;
/** Requests under way at the same time while the pods are made and changed. */
const concurrency = 40;
/** Changes a watcher has to hear of in one round. */
const changes = 3_000;

/**
 * Ten thousand pods on a real API server, shown by our store and by the client library's informer, each in a process
 * of its own: the CPU time and memory of the first list, and the CPU time of the events that follow.
 */
export async function cluster(report: Report): Promise<readonly Comparison[]> {
  const server = await startCluster({ parts: 'api', report });
  const clusters = new Clusters({ kubeconfigs: () => [server.kubeconfig], env: process.env, log: silentLog });
  try {
    const session = await clusters.session((await clusters.contexts()).current ?? '');
    report(`creating ${podCount} pods`);
    await createPods(session);
    const samples: Record<WatcherName, Sample[]> = { ours: [], theirs: [] };
    for (let round = 1; round <= rounds; round += 1) {
      for (const name of ['ours', 'theirs'] as const) {
        report(`round ${round} of ${rounds}: ${name}`);
        samples[name].push(await watch(name, server, session, round));
      }
    }
    return comparisons(samples);
  } finally {
    clusters.dispose();
    await server.stop();
  }
}

function comparisons({ ours, theirs }: Record<WatcherName, Sample[]>): Comparison[] {
  const against = 'makeInformer of @kubernetes/client-node';
  const compare = (
    name: string,
    unit: string,
    of: (sample: Sample) => number,
    target: number,
  ): Comparison => ({
    name,
    against,
    unit,
    ours: ours.map(of),
    theirs: theirs.map(of),
    target,
  });
  const pods = `${podCount} pods`;
  return [
    compare(`list of ${pods}, CPU`, 'ms', ({ listCpuMs }) => listCpuMs, 0.6),
    compare(`list of ${pods}, longest block`, 'ms', ({ listBlockMs }) => listBlockMs, 0.2),
    compare(`list of ${pods}, memory kept`, 'MB', ({ retainedMb }) => retainedMb, 0.2),
    compare(
      'watch, CPU for 1,000 events',
      'ms',
      ({ watchCpuMs, events }) => (watchCpuMs / events) * 1000,
      0.8,
    ),
  ];
}

/** One run of a watcher: its list, then the events of all the changes made meanwhile. */
async function watch(name: WatcherName, server: Cluster, session: Session, round: number): Promise<Sample> {
  const script = join(import.meta.dirname, 'cluster-watcher.ts');
  const child = fork(script, [name, server.kubeconfig, namespace, String(podCount), String(changes)], {
    execArgv: ['--expose-gc'],
  });
  const ended = once(child, 'exit');
  try {
    const message = async (): Promise<unknown> => {
      const [first] = (await Promise.race([
        once(child, 'message'),
        ended.then(([code]) => Promise.reject(new Error(`The watcher ended early, code ${String(code)}.`))),
      ])) as unknown[];
      return first;
    };
    await message();
    const measured = message();
    await changePods(session, `${name}-${round}`);
    return (await measured) as Sample;
  } finally {
    child.kill('SIGKILL');
    await ended;
  }
}

async function createPods(session: Session): Promise<void> {
  const post = (path: string, body: unknown): Promise<unknown> =>
    session.request(path, { method: 'POST', body });
  await post('/api/v1/namespaces', { apiVersion: 'v1', kind: 'Namespace', metadata: { name: namespace } });
  // Without a controller manager nobody else makes it, and pods are refused without.
  await post(`/api/v1/namespaces/${namespace}/serviceaccounts`, {
    apiVersion: 'v1',
    kind: 'ServiceAccount',
    metadata: { name: 'default' },
  });
  await inParallel(podCount, (index) => post(`/api/v1/namespaces/${namespace}/pods`, podOf(index)));
}

async function changePods(session: Session, mark: string): Promise<void> {
  await inParallel(changes, (index) =>
    session.request(`/api/v1/namespaces/${namespace}/pods/${podName(index % podCount)}`, {
      method: 'PATCH',
      contentType: 'application/merge-patch+json',
      body: { metadata: { labels: { mark: `${mark}-${index}` } } },
    }),
  );
}

async function inParallel(count: number, work: (index: number) => Promise<unknown>): Promise<void> {
  let next = 0;
  const worker = async (): Promise<void> => {
    while (next < count) await work(next++);
  };
  await Promise.all(Array.from({ length: concurrency }, worker));
}

function podName(index: number): string {
  return `web-7d9f8b6c5d-${String(index).padStart(5, '0')}`;
}

/** A pod of the size they have in practice: two containers with environment, probes and volumes, some 5 KB. */
function podOf(index: number): unknown {
  const container = (name: string): unknown => ({
    name,
    image: `registry.example.org/shop/${name}:1.4.2`,
    env: Array.from({ length: 12 }, (_, place) => ({
      name: `SETTING_NUMBER_${place}`,
      value: `some value of setting ${place} of ${name}`,
    })),
    ports: [{ name: 'http', containerPort: 8080 }],
    readinessProbe: { httpGet: { path: '/ready', port: 8080 }, periodSeconds: 5 },
    livenessProbe: { httpGet: { path: '/live', port: 8080 }, periodSeconds: 10 },
    resources: { requests: { cpu: '100m', memory: '128Mi' }, limits: { memory: '256Mi' } },
    volumeMounts: [{ name: 'data', mountPath: '/data' }],
  });
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      name: podName(index),
      labels: { app: 'web', tier: 'front', 'pod-template-hash': '7d9f8b6c5d' },
      annotations: { 'example.org/checksum': 'a'.repeat(64), 'example.org/owner': 'the shop team' },
    },
    spec: {
      containers: [container('web'), container('sidecar')],
      volumes: [{ name: 'data', emptyDir: {} }],
      automountServiceAccountToken: false,
    },
  };
}
