import { type ClusterClient, clusterClient } from './cluster-client.ts';
import { type ClusterParts, startCluster } from './cluster.ts';
import { engineEnvironment, startEngine } from './engine.ts';
import { ensureKube } from './kubernetes-build.ts';

/**
 * How a run of the tests hands its parts to the suites. A suite that is run by itself finds none of them set and
 * starts what it needs. ELASTIC_TEST_KUBECONFIG may be set by hand, to another disposable cluster.
 */
export const variables = {
  kubeconfig: 'ELASTIC_TEST_KUBECONFIG',
  readerKubeconfig: 'ELASTIC_TEST_READER_KUBECONFIG',
  registry: 'ELASTIC_TEST_REGISTRY',
  dockerHost: 'ELASTIC_TEST_DOCKER_HOST',
  dockerBin: 'ELASTIC_TEST_DOCKER_BIN',
  dockerConfig: 'ELASTIC_TEST_DOCKER_CONFIG',
  vsix: 'ELASTIC_VSIX',
} as const;

export interface SharedCluster extends ClusterClient {
  /** Kubeconfig of a person without any right; null on a cluster that is not the bench's own. */
  readonly readerKubeconfig: string | null;
  /** `127.0.0.1:PORT` with `app:1` and its like (images.ts) that the cluster's nodes can pull; null where there is none. */
  readonly registry: string | null;
  /** Stops it if it was started for this caller alone. */
  release(): Promise<void>;
}

/** The cluster of this run of the tests, or one started for the caller. */
export async function sharedCluster(parts: ClusterParts = 'full'): Promise<SharedCluster> {
  const kubeconfig = process.env[variables.kubeconfig];
  if (kubeconfig === undefined) {
    const own = await startCluster({ parts });
    return { ...own, release: () => own.stop() };
  }
  const kube = await ensureKube(() => undefined);
  return {
    ...clusterClient(kube, kubeconfig),
    readerKubeconfig: process.env[variables.readerKubeconfig] ?? null,
    registry: process.env[variables.registry] ?? null,
    release: () => Promise.resolve(),
  };
}

export interface SharedEngine {
  /** The environment with which `docker` speaks to the engine, and to no other. */
  readonly env: NodeJS.ProcessEnv;
  readonly registry: string;
  release(): Promise<void>;
}

/** The engine of this run of the tests, or one started for the caller. */
export async function sharedEngine(): Promise<SharedEngine> {
  const { dockerHost, dockerBin, dockerConfig, registry } = variables;
  const host = process.env[dockerHost];
  if (host === undefined) {
    const own = await startEngine();
    return { env: own.env, registry: own.registry, release: () => own.stop() };
  }
  return {
    env: engineEnvironment({ host, bin: required(dockerBin), config: required(dockerConfig) }),
    registry: required(registry),
    release: () => Promise.resolve(),
  };
}

function required(name: string): string {
  const value = process.env[name];
  if (value === undefined) throw new Error(`${name} must be set where ${variables.dockerHost} is.`);
  return value;
}
