/** Pods by the thousand, of the size they have in practice, on a cluster where nothing runs them. */
import { setTimeout as sleep } from 'node:timers/promises';
import { Clusters, type Session } from '../../src/cluster/index.ts';
import { silentLog } from '../../src/platform/log.ts';
import type { Report } from '../harness/cache.ts';
import { startCluster } from '../harness/cluster.ts';

export const namespace = 'bench';

/** Requests under way at the same time. */
const concurrency = 32;

/** Nobody reads the answers: they need not be whole objects. */
const briefly = { accept: 'application/json;as=PartialObjectMetadata;g=meta.k8s.io;v=v1' };

/** An API server of its own with so many pods, for as long as `use` takes. */
export async function withPods<T>(
  count: number,
  report: Report,
  use: (kubeconfig: string, session: Session) => Promise<T>,
): Promise<T> {
  const server = await startCluster({ parts: 'api', report });
  const clusters = new Clusters({ kubeconfigs: () => [server.kubeconfig], env: process.env, log: silentLog });
  try {
    const session = await clusters.session((await clusters.contexts()).current ?? '');
    report(`creating ${count} pods`);
    await createPods(session, count);
    return await use(server.kubeconfig, session);
  } finally {
    clusters.dispose();
    await server.stop();
  }
}

/** Makes the namespace and its pods, each as if it had been running for a while. */
export async function createPods(session: Session, count: number): Promise<void> {
  const post = (path: string, body: object): Promise<unknown> =>
    session.request(path, { method: 'POST', body, headers: briefly });
  const inside = `/api/v1/namespaces/${namespace}`;
  await post('/api/v1/namespaces', { apiVersion: 'v1', kind: 'Namespace', metadata: { name: namespace } });
  // Without a controller manager nobody else makes it, and pods are refused without.
  const account = { apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name: 'default' } };
  await post(`${inside}/serviceaccounts`, account);
  const create = async (index: number): Promise<void> => {
    await post(`${inside}/pods`, podOf(index));
    await patch(session, `${podPath(index)}/status`, { status: statusOf(index) });
  };
  let next = 0;
  const worker = async (): Promise<void> => {
    while (next < count) await create(next++);
  };
  await Promise.all(Array.from({ length: concurrency }, worker));
}

/**
 * Changes a label of one pod after the other at a steady rate until `stop` is aborted; slower where the server
 * cannot keep up. Resolves once every change was answered.
 */
export async function changePods(
  session: Session,
  count: number,
  perSecond: number,
  stop: AbortSignal,
): Promise<void> {
  const start = performance.now();
  const underWay = new Set<Promise<unknown>>();
  for (let made = 0; !stop.aborted; made++) {
    const early = (made / perSecond) * 1000 - (performance.now() - start);
    if (early > 0) await sleep(early);
    if (underWay.size >= concurrency) await Promise.race(underWay);
    // A stride without a common divisor visits all pods, and neighbours in time are no neighbours in the list.
    const path = podPath((made * 7919) % count);
    const change = patch(session, path, {
      metadata: { labels: { 'bench-change': `${start.toFixed(0)}-${made}` } },
    });
    underWay.add(change);
    void change.finally(() => underWay.delete(change));
  }
  await Promise.all(underWay);
}

function patch(session: Session, path: string, body: object): Promise<unknown> {
  const contentType = 'application/merge-patch+json';
  return session.request(path, { method: 'PATCH', contentType, body, headers: briefly });
}

function podPath(index: number): string {
  return `/api/v1/namespaces/${namespace}/pods/${podName(index)}`;
}

/** Fifty pods to a ReplicaSet. */
function podName(index: number): string {
  return `${replicaSetName(index)}-${(index % 50).toString(36).padStart(5, 'x')}`;
}

function replicaSetName(index: number): string {
  return `shop-${Math.floor(index / 50)}-7d9f8b6c5d`;
}

export function podOf(index: number): object {
  const app = `shop-${Math.floor(index / 50)}`;
  const owner = `00000000-0000-4000-8000-${String(Math.floor(index / 50)).padStart(12, '0')}`;
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      name: podName(index),
      labels: { 'app.kubernetes.io/name': app, tier: 'front', 'pod-template-hash': '7d9f8b6c5d' },
      annotations: { 'checksum/config': 'a94a8fe5ccb19ba61c4c0873d391e987982fbbd3a94a8fe5ccb19ba61c4c0873' },
      ownerReferences: [
        {
          apiVersion: 'apps/v1',
          kind: 'ReplicaSet',
          name: replicaSetName(index),
          uid: owner,
          controller: true,
        },
      ],
    },
    spec: {
      nodeName: `node-${index % 1000}`,
      containers: [containerOf(app)],
      volumes: [{ name: 'config', configMap: { name: app } }],
    },
  };
}

function containerOf(app: string): object {
  return {
    name: 'web',
    image: 'registry.example.com/shop/web:1.4.2',
    args: ['--log-format=json', `--name=${app}`],
    env: [
      { name: 'LOG_LEVEL', value: 'info' },
      { name: 'POD_IP', valueFrom: { fieldRef: { fieldPath: 'status.podIP' } } },
    ],
    ports: [{ name: 'http', containerPort: 8080 }],
    readinessProbe: { httpGet: { path: '/ready', port: 8080 }, periodSeconds: 5 },
    resources: { requests: { cpu: '100m', memory: '128Mi' }, limits: { memory: '256Mi' } },
    volumeMounts: [{ name: 'config', mountPath: '/etc/app', readOnly: true }],
  };
}

/** What a kubelet writes about a pod that runs; every twentieth one crashes again and again. */
export function statusOf(index: number): object {
  const crashes = index % 20 === 0;
  const ready = crashes ? 'False' : 'True';
  const startedAt = new Date(Date.UTC(2026, 0, 1) + index * 7000).toISOString();
  const condition = (type: string, status: string): object => ({
    type,
    status,
    lastProbeTime: null,
    lastTransitionTime: startedAt,
  });
  const address = `10.244.${Math.floor(index / 250)}.${index % 250}`;
  return {
    phase: 'Running',
    conditions: [
      condition('PodReadyToStartContainers', 'True'),
      condition('Initialized', 'True'),
      condition('Ready', ready),
      condition('ContainersReady', ready),
      condition('PodScheduled', 'True'),
    ],
    hostIP: '192.168.0.10',
    podIP: address,
    podIPs: [{ ip: address }],
    startTime: startedAt,
    qosClass: 'Burstable',
    containerStatuses: [containerStatusOf(crashes, startedAt)],
  };
}

function containerStatusOf(crashes: boolean, startedAt: string): object {
  const digest = 'sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08';
  const terminated = { exitCode: 1, reason: 'Error', startedAt, finishedAt: startedAt };
  return {
    name: 'web',
    image: 'registry.example.com/shop/web:1.4.2',
    imageID: `registry.example.com/shop/web@${digest}`,
    containerID: 'containerd://2c26b46b68ffc68ff99b453c1d30413413422d706483bfa0f98a5e886266e7ae',
    ready: !crashes,
    started: !crashes,
    restartCount: crashes ? 7 : 0,
    state: crashes
      ? { waiting: { reason: 'CrashLoopBackOff', message: 'back-off restarting failed container web' } }
      : { running: { startedAt } },
    lastState: crashes ? { terminated } : {},
  };
}
