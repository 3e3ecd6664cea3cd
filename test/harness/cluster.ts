import { randomUUID } from 'node:crypto';
import { readdirSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { request } from 'node:https';
import { join } from 'node:path';
import type { Report } from './cache.ts';
import { clusterClient, type ClusterClient } from './cluster-client.ts';
import { type ClusterPrograms, ensureClusterPrograms } from './kubernetes-build.ts';
import { startNode } from './node.ts';
import { makeKeys, writeKubeconfig } from './pki.ts';
import { freePorts } from './ports.ts';
import { startRegistryIn } from './registry.ts';
import type { Daemon } from './processes.ts';
import { openRun, type Run, type RunOwner } from './runs.ts';

/**
 * `api`: etcd and the API server, enough for all that only reads, validates and writes objects.
 * `node`: with the controllers, the scheduler and a real node, so pods run.
 * `full`: with kwok (nodes and pods by the thousand) and the metrics server.
 */
export type ClusterParts = 'api' | 'node' | 'full';

export interface ClusterOptions {
  readonly parts?: ClusterParts;
  /** `127.0.0.1:PORT` of a registry with `pause:1` in it; the cluster starts one of its own without it. */
  readonly registry?: string;
  readonly owner?: RunOwner;
  /** Name of the administrator's context; `bench` without it, and `<name>-reader` is the reader's. */
  readonly context?: string;
  readonly report?: Report;
}

export interface Cluster extends ClusterClient {
  /** Kubeconfig of a person without any right; its user is `reader`. */
  readonly readerKubeconfig: string;
  /** `https://127.0.0.1:PORT`. */
  readonly server: string;
  /** `127.0.0.1:PORT`, with `app:1` and `app:2`; null without a node. */
  readonly registry: string | null;
  /** The folder of all that the cluster keeps; `logs/` in it has a file for each part. */
  readonly folder: string;
  /** Kills the API server, as a crash would, and nothing else. */
  killApiServer(): Promise<void>;
  /** Starts it again, at the same address over the same data; resolves when it answers. */
  startApiServer(): Promise<void>;
  stop(): Promise<void>;
}

const SERVICE_RANGE = '10.96.0.0/16';
/** Without any right until a test binds a role to it, so its token may be known. */
const READER = { user: 'reader', token: 'reader-token' };
/** Without these the clients' own throttle (20 calls a second) makes 10,000 pods take eight minutes. */
const UNTHROTTLED = ['--kube-api-qps=2000', '--kube-api-burst=4000'];

/** Starts a cluster; ready when this resolves: the API server answers and, with a node, the node is Ready. */
export async function startCluster(options: ClusterOptions = {}): Promise<Cluster> {
  const { owner = 'process', report = () => undefined } = options;
  const programs = await ensureClusterPrograms(report);
  const run = await openRun('cluster', owner);
  try {
    return await new Starter(run, programs, report).start(options);
  } catch (error) {
    await run.stop();
    throw error;
  }
}

/** The steps of a start, in the order in which one part needs another. */
class Starter {
  readonly #run: Run;
  readonly #programs: ClusterPrograms;
  readonly #report: Report;
  /** Another token for each cluster: whoever is on this machine reaches the port. */
  readonly #admin = { user: 'admin', token: randomUUID() };
  #apiServer: Daemon | null = null;

  constructor(run: Run, programs: ClusterPrograms, report: Report) {
    this.#run = run;
    this.#programs = programs;
    this.#report = report;
  }

  async start({ parts = 'full', registry: given, context = 'bench' }: ClusterOptions): Promise<Cluster> {
    const [api = 0, etcd = 0, peer = 0, kubelet = 0, kwok = 0, metrics = 0] = await freePorts(6);
    const server = `https://127.0.0.1:${api}`;
    this.#report('starting the API server');
    await makeKeys(this.#run.folder);
    await writeKubeconfig(this.#file('admin.conf'), server, this.#run.folder, { ...this.#admin, context });
    await writeKubeconfig(this.#file('reader.conf'), server, this.#run.folder, {
      ...READER,
      context: `${context}-reader`,
    });
    this.#startEtcd(etcd, peer);
    await this.#writeTokens();
    this.#startApiServer(api, etcd);
    const ready = this.#apiReady(server);
    const registry =
      parts === 'api' ? null : (given ?? (await Promise.all([startRegistryIn(this.#run), ready]))[0]);
    await ready;
    const cluster = this.#cluster(server, registry, () => this.#startApiServer(api, etcd));
    if (registry !== null) {
      this.#report('starting the node');
      this.#startControllers();
      await startNode({ run: this.#run, programs: this.#programs, registry, kubeletPort: kubelet });
      if (parts === 'full') {
        await this.#startKwok(kwok);
        await this.#startMetrics(metrics, cluster);
      }
      await this.#run.until('the node to be ready', () => this.#nodeReady(server));
    }
    return cluster;
  }

  #file(name: string): string {
    return join(this.#run.folder, name);
  }

  #startEtcd(port: number, peerPort: number): void {
    const client = `http://127.0.0.1:${port}`;
    const peer = `http://127.0.0.1:${peerPort}`;
    this.#run.start('etcd', this.#programs.kube, [
      'etcd',
      `--data-dir=${this.#file('etcd')}`,
      ...[`--listen-client-urls=${client}`, `--advertise-client-urls=${client}`],
      ...[`--listen-peer-urls=${peer}`, `--initial-advertise-peer-urls=${peer}`],
      `--initial-cluster=default=${peer}`,
      '--unsafe-no-fsync',
    ]);
  }

  async #writeTokens(): Promise<void> {
    const tokens = `${this.#admin.token},${this.#admin.user},1,"system:masters"\n${READER.token},${READER.user},2\n`;
    await writeFile(this.#file('tokens.csv'), tokens, { mode: 0o600 });
  }

  #startApiServer(port: number, etcdPort: number): void {
    this.#apiServer = this.#run.start('apiserver', this.#programs.kube, [
      'apiserver',
      `--etcd-servers=http://127.0.0.1:${etcdPort}`,
      ...['--bind-address=127.0.0.1', `--secure-port=${port}`],
      ...['--tls-cert-file=serving.crt', '--tls-private-key-file=serving.key'],
      ...['--service-account-key-file=sa.pub', '--service-account-signing-key-file=sa.key'],
      '--service-account-issuer=https://kubernetes.default.svc',
      ...['--token-auth-file=tokens.csv', '--authorization-mode=RBAC', '--client-ca-file=ca.crt'],
      ...[`--service-cluster-ip-range=${SERVICE_RANGE}`, '--allow-privileged=true'],
      ...['--requestheader-client-ca-file=ca.crt', '--requestheader-allowed-names=front-proxy'],
      ...['--requestheader-username-headers=X-Remote-User', '--requestheader-group-headers=X-Remote-Group'],
      '--requestheader-extra-headers-prefix=X-Remote-Extra-',
      ...['--proxy-client-cert-file=proxy.crt', '--proxy-client-key-file=proxy.key'],
      // The node's name is localhost: the API server reaches its kubelet by that name, over loopback.
      '--kubelet-preferred-address-types=Hostname,InternalIP',
    ]);
  }

  async #apiReady(server: string): Promise<void> {
    await this.#run.until('the API server', async () => (await this.#get(server, '/readyz')) === 'ok');
  }

  async #nodeReady(server: string): Promise<boolean> {
    const text = await this.#get(server, '/api/v1/nodes/localhost');
    if (text === null) return false;
    const node = JSON.parse(text) as { status?: { conditions?: { type: string; status: string }[] } };
    const ready = node.status?.conditions?.find(({ type }) => type === 'Ready');
    return ready?.status === 'True';
  }

  #startControllers(): void {
    const common = ['--kubeconfig=admin.conf', '--leader-elect=false', '--secure-port=0', ...UNTHROTTLED];
    this.#run.start('scheduler', this.#programs.kube, ['scheduler', ...common]);
    this.#run.start('controller-manager', this.#programs.kube, [
      'controller-manager',
      ...common,
      ...['--service-account-private-key-file=sa.key', '--root-ca-file=ca.crt'],
      `--cert-dir=${this.#file('controller-manager')}`,
      '--horizontal-pod-autoscaler-sync-period=5s',
    ]);
  }

  /** kwok keeps the nodes labelled `type=kwok` and their pods alive, and answers for their kubelets. */
  async #startKwok(port: number): Promise<void> {
    const stages = this.#programs.kwokStages;
    const pods = readdirSync(join(stages, 'pod', 'general')).filter((name) => /^pod-.*\.yaml$/.test(name));
    const configs = [
      join(stages, 'node', 'fast', 'node-initialize.yaml'),
      join(stages, 'node', 'heartbeat-with-lease', 'node-heartbeat-with-lease.yaml'),
      ...pods.map((name) => join(stages, 'pod', 'general', name)),
      this.#file('kwok.yaml'),
    ];
    await writeFile(this.#file('kwok-pod.log'), `${new Date().toISOString()} stdout F hello from kwok\n`);
    await writeFile(this.#file('kwok.yaml'), kwokConfig(this.#run.folder));
    this.#run.start('kwok', this.#programs.kwok, [
      ...['--kubeconfig=admin.conf', '--manage-nodes-with-label-selector=type=kwok'],
      ...['--node-lease-duration-seconds=40', `--server-address=127.0.0.1:${port}`],
      ...['--node-ip=127.0.0.1', `--node-port=${port}`],
      ...['--tls-cert-file=serving.crt', '--tls-private-key-file=serving.key'],
      ...configs.flatMap((file) => ['--config', file]),
    ]);
  }

  async #startMetrics(port: number, cluster: Cluster): Promise<void> {
    this.#run.start('metrics-server', this.#programs.metricsServer, [
      ...['--kubeconfig=admin.conf', '--authentication-kubeconfig=admin.conf'],
      ...['--authorization-kubeconfig=admin.conf', `--cert-dir=${this.#file('metrics-server')}`],
      ...['--bind-address=127.0.0.1', `--secure-port=${port}`],
      ...[
        '--kubelet-insecure-tls',
        '--kubelet-preferred-address-types=Hostname',
        '--kubelet-use-node-status-port',
      ],
      // Its own request timeout must stay below its resolution.
      ...['--metric-resolution=10s', '--kubelet-request-timeout=5s'],
    ]);
    await cluster.kubectl(['apply', '-f', '-'], metricsObjects(port));
  }

  #cluster(server: string, registry: string | null, startApiServer: () => void): Cluster {
    return {
      ...clusterClient(this.#programs.kube, this.#file('admin.conf')),
      readerKubeconfig: this.#file('reader.conf'),
      server,
      registry,
      folder: this.#run.folder,
      killApiServer: async () => {
        const apiServer = this.#apiServer;
        this.#apiServer = null;
        if (apiServer !== null) await this.#run.end(apiServer);
      },
      startApiServer: async () => {
        startApiServer();
        await this.#apiReady(server);
      },
      stop: () => this.#run.stop(),
    };
  }

  /** The answer to a GET as the administrator, or null if there was none, or no good one. */
  async #get(server: string, path: string): Promise<string | null> {
    const ca = await readFile(this.#file('ca.crt'));
    return new Promise((resolve) => {
      const headers = { authorization: `Bearer ${this.#admin.token}` };
      const call = request(
        new URL(path, server),
        { ca, headers, timeout: 2000, agent: false },
        (response) => {
          let text = '';
          response.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
          response.on('end', () => resolve(response.statusCode === 200 ? text : null));
          response.on('error', () => resolve(null));
        },
      );
      call.on('timeout', () => call.destroy());
      call.on('error', () => resolve(null));
      call.end();
    });
  }
}

/** Logs and exec of simulated pods: one line of log, and a shell on this machine. */
function kwokConfig(folder: string): string {
  return `apiVersion: kwok.x-k8s.io/v1alpha1
kind: ClusterLogs
metadata: { name: all }
spec: { logs: [{ logsFile: ${folder}/kwok-pod.log, follow: true }] }
---
apiVersion: kwok.x-k8s.io/v1alpha1
kind: ClusterExec
metadata: { name: all }
spec: { execs: [{ local: { workDir: ${folder} } }] }
`;
}

/** There is no kube-proxy: the API server reaches the metrics server by the name of an external service. */
function metricsObjects(port: number): string {
  return `apiVersion: v1
kind: Service
metadata: { name: metrics-server, namespace: kube-system }
spec: { type: ExternalName, externalName: localhost, ports: [{ port: ${port} }] }
---
apiVersion: apiregistration.k8s.io/v1
kind: APIService
metadata: { name: v1beta1.metrics.k8s.io }
spec:
  group: metrics.k8s.io
  version: v1beta1
  groupPriorityMinimum: 100
  versionPriority: 100
  insecureSkipTLSVerify: true
  service: { name: metrics-server, namespace: kube-system, port: ${port} }
`;
}
