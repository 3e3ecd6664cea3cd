import { existsSync } from 'node:fs';
import { copyFile, mkdir, readFile, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { cacheFolder, type Report } from './cache.ts';
import { type Cluster, startCluster } from './cluster.ts';
import { startEngine, type TestEngine } from './engine.ts';
import { RUN_MARK, takeDown } from './leftovers.ts';
import { processesMarked } from './processes.ts';
import { needs, obstacle, provision } from './provision.ts';
import type { RunOwner } from './runs.ts';

/** A cluster for people to try things on, at most one for each user. */
export interface Playground {
  /** Its one context is named `playground`. */
  readonly kubeconfig: string;
  /** `127.0.0.1:PORT`, with `app:1` and `app:2`; what is pushed there, the cluster can run. */
  readonly registry: string;
  readonly env: PlaygroundEnvironment;
}

/** What VS Code needs in its environment to find the cluster and an engine that can push to the registry. */
export interface PlaygroundEnvironment {
  readonly KUBECONFIG: string;
  readonly DOCKER_HOST: string;
  readonly DOCKER_CONFIG: string;
}

/** The same each time, so it can be given to an editor before there is a playground. */
export function playgroundEnvironment(): PlaygroundEnvironment {
  return {
    KUBECONFIG: join(folder(), 'kubeconfig'),
    DOCKER_HOST: `unix://${join(folder(), 'docker.sock')}`,
    DOCKER_CONFIG: join(folder(), 'docker'),
  };
}

interface State extends Playground {
  /** Folders of the runs it is made of. */
  readonly runs: readonly string[];
}

export interface PlaygroundOptions {
  /** `nobody`: it stays until `stopPlayground`. */
  readonly owner: RunOwner;
  readonly report: Report;
}

/**
 * Starts it, or returns the one that is up. The first time the cluster has to be built: some ten minutes on two
 * cores. Rejects with a sentence that says what is missing where it cannot run.
 */
export async function startPlayground({ owner, report }: PlaygroundOptions): Promise<Playground> {
  const running = await playground();
  if (running !== null) return running;
  await stopPlayground();
  await provision([...needs.cluster.tools, ...needs.engine.tools], report);
  const reason = obstacle(needs.cluster) ?? obstacle(needs.engine);
  if (reason !== null) throw new Error(`The playground cannot run here: ${reason}.`);
  const engine = await startEngine({ owner });
  try {
    const cluster = await startCluster({ registry: engine.registry, owner, context: 'playground', report });
    return await remember(cluster, engine);
  } catch (error) {
    await engine.stop();
    throw error;
  }
}

/** The one that is up, or null. */
export async function playground(): Promise<Playground | null> {
  const state = await readState();
  const isUp = (run: string): boolean => existsSync(run) && processesMarked(RUN_MARK, run).length > 0;
  return state !== null && state.runs.every(isUp) ? state : null;
}

export async function stopPlayground(): Promise<void> {
  const state = await readState();
  for (const run of state?.runs ?? []) await takeDown(run);
  await rm(folder(), { recursive: true, force: true });
}

async function remember(cluster: Cluster, engine: TestEngine): Promise<Playground> {
  const env = playgroundEnvironment();
  await mkdir(folder(), { recursive: true });
  await symlink(engine.host.replace('unix://', ''), env.DOCKER_HOST.replace('unix://', ''));
  await symlink(engine.config, env.DOCKER_CONFIG);
  const runs = [engine.folder, cluster.folder];
  const state: State = { kubeconfig: env.KUBECONFIG, registry: engine.registry, env, runs };
  await writeFile(join(folder(), 'state.json'), JSON.stringify(state));
  // Last and at once: an editor that waits for it finds everything else in place.
  await copyFile(cluster.kubeconfig, `${env.KUBECONFIG}.new`);
  await rename(`${env.KUBECONFIG}.new`, env.KUBECONFIG);
  return state;
}

async function readState(): Promise<State | null> {
  const file = join(folder(), 'state.json');
  return existsSync(file) ? (JSON.parse(await readFile(file, 'utf8')) as State) : null;
}

function folder(): string {
  return join(cacheFolder(), 'playground');
}
