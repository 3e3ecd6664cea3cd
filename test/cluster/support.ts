import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { after } from 'node:test';
import { parse } from 'yaml';
import { Clusters, ClusterError, type Session } from '../../src/cluster/index.ts';
import type { StoreTuning } from '../../src/cluster/store/timing.ts';
import type { ManifestObject } from '../../src/core/protocol.ts';
import { silentLog } from '../../src/platform/log.ts';

/** A store whose clock runs some hundred times faster and whose pages are small. */
export const hurried: StoreTuning = {
  flush: 10,
  linger: 50,
  backoff: [20, 100],
  idle: 300,
  opening: 1000,
  doubt: 50,
  poll: 50,
  hopeless: 50,
  watchSeconds: [240, 360],
  quietSeconds: [240, 360],
  pageSizes: [3, 9],
};

/** A folder of its own, gone with the test, or with the file when asked for outside of any test. */
export async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'elastic-cluster-test-'));
  after(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

/** Waits for something that happens soon; fails with `what` when it does not. */
export async function until(
  what: string,
  condition: () => boolean | Promise<boolean>,
  limitMs = 15_000,
): Promise<void> {
  const deadline = Date.now() + limitMs;
  while (!(await condition())) {
    if (Date.now() > deadline) throw new Error(`Waited in vain for ${what}.`);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

export interface KubeconfigOptions {
  readonly context?: string;
  readonly server: string;
  /** More lines of the cluster entry, as JSON fields. */
  readonly cluster?: Readonly<Record<string, unknown>>;
  readonly user?: Readonly<Record<string, unknown>>;
}

/** Writes a kubeconfig of one context, named `test` unless told otherwise. */
export async function writeKubeconfig(file: string, options: KubeconfigOptions): Promise<string> {
  const { context = 'test', server, cluster = {}, user = {} } = options;
  const config = {
    apiVersion: 'v1',
    kind: 'Config',
    clusters: [{ name: context, cluster: { server, ...cluster } }],
    users: [{ name: context, user }],
    contexts: [{ name: context, context: { cluster: context, user: context } }],
    'current-context': context,
  };
  await writeFile(file, JSON.stringify(config));
  return file;
}

/** Clusters of the given files, disposed of at the end of the test. */
export function clustersOf(files: readonly string[], env: NodeJS.ProcessEnv = process.env): Clusters {
  const clusters = new Clusters({ kubeconfigs: () => files, env, log: silentLog });
  after(() => clusters.dispose());
  return clusters;
}

/** Session of the file's current context. */
export async function sessionOf(file: string, env?: NodeJS.ProcessEnv): Promise<Session> {
  const clusters = clustersOf([file], env);
  const { current } = await clusters.contexts();
  if (current === null) throw new Error(`${file} has no current context.`);
  return clusters.session(current);
}

/** Of a service account that nobody gave a role: any cluster has room for one. */
export async function sessionWithoutRights(session: Session, kubeconfig: string): Promise<Session> {
  const accounts = `/api/v1/namespaces/${await freshNamespace(session)}/serviceaccounts`;
  const post = <T>(path: string, kind: string, apiVersion: string, metadata = {}): Promise<T> =>
    session.request(path, { method: 'POST', body: { apiVersion, kind, metadata } });
  await post(accounts, 'ServiceAccount', 'v1', { name: 'reader' });
  const { status } = await post<{ status: { token: string } }>(
    `${accounts}/reader/token`,
    'TokenRequest',
    'authentication.k8s.io/v1',
  );
  const { server, ca } = await addressOf(kubeconfig);
  const file = join(await temporaryFolder(), 'reader');
  return sessionOf(await writeKubeconfig(file, { server, cluster: ca, user: { token: status.token } }));
}

/** Address, certificate authority and user of a kubeconfig's only cluster, with paths made absolute. */
export async function addressOf(file: string): Promise<{
  server: string;
  ca: Readonly<Record<string, string>>;
  user: Readonly<Record<string, string>>;
}> {
  const { clusters, users } = parse(await readFile(file, 'utf8')) as {
    clusters: { cluster: Record<string, string> }[];
    users: { user: Record<string, string> }[];
  };
  const absolute = (fields: Record<string, string> = {}): Record<string, string> =>
    Object.fromEntries(
      Object.entries(fields).map(([name, value]) =>
        /^(certificate-authority|client-certificate|client-key)$/.test(name)
          ? [name, resolve(file, '..', value)]
          : [name, value],
      ),
    );
  const { server = '', ...ca } = absolute(clusters[0]?.cluster);
  return { server, ca, user: absolute(users[0]?.user) };
}

/** An HTTP server on loopback that plays an API server; its address. Stopped at the end of the test. */
export async function fakeServer(listener: RequestListener): Promise<string> {
  const server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  after(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** The ClusterError a promise rejects with; anything else fails the test. */
export async function failureOf(work: Promise<unknown>): Promise<ClusterError> {
  try {
    await work;
  } catch (error) {
    if (error instanceof ClusterError) return error;
    throw error;
  }
  throw new Error('It succeeded.');
}

/** An object of a manifest, as the language server hands it over. */
export function manifestObject(value: Readonly<Record<string, unknown>>): ManifestObject {
  const metadata = value.metadata as { name?: string; namespace?: string };
  const start = { line: 0, character: 0 };
  return {
    document: 0,
    path: '',
    apiVersion: String(value.apiVersion),
    kind: String(value.kind),
    name: metadata.name ?? '',
    namespace: metadata.namespace ?? null,
    range: { start, end: start },
    value,
    replicas: null,
  };
}

let counter = 0;

/** A namespace of its own, deleted (not waited for) at the end of the test. */
export async function freshNamespace(session: Session): Promise<string> {
  counter += 1;
  const name = `t-${process.pid}-${Date.now().toString(36)}-${counter}`;
  const body = { apiVersion: 'v1', kind: 'Namespace', metadata: { name } };
  await session.request('/api/v1/namespaces', { method: 'POST', body });
  after(() => session.request(`/api/v1/namespaces/${name}`, { method: 'DELETE' }));
  return name;
}

/** A ConfigMap with the label `app=test`, which those that every namespace has do not carry. */
export function configMap(
  name: string,
  data: Readonly<Record<string, string>> = {},
): Record<string, unknown> {
  return { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name, labels: { app: 'test' } }, data };
}

export function deployment(
  name: string,
  image: string,
  spec: Readonly<Record<string, unknown>> = {},
): Record<string, unknown> {
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name },
    spec: {
      replicas: 1,
      selector: { matchLabels: { app: name } },
      template: {
        metadata: { labels: { app: name } },
        spec: { terminationGracePeriodSeconds: 0, containers: [{ name: 'app', image }] },
      },
      ...spec,
    },
  };
}
