import { cp, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Report } from './cache.ts';
import { clusterClient } from './cluster-client.ts';
import { type Cluster, startCluster } from './cluster.ts';
import { startEngine } from './engine.ts';
import { ensureClusterPrograms } from './kubernetes-build.ts';
import { run } from './processes.ts';
import { type Needs, needs, obstacle, provision } from './provision.ts';
import { startRegistry } from './registry.ts';
import { variables } from './shared.ts';
import { editions } from './vscode/editions.ts';
import { provision as provisionVSCode } from './vscode/provision.ts';

const ROOT = join(import.meta.dirname, '../..');

/** What suites need besides the sources. Each is made once in a run of the tests and shared by its suites. */
export type PartName = keyof typeof definitions;

interface Part {
  /** What the suites that need it find in their environment. */
  readonly env?: NodeJS.ProcessEnv;
  /** Writes down what tells why a test failed. */
  saveEvidence?(folder: string): Promise<void>;
  stop?(): Promise<void>;
}

interface Definition {
  readonly needs: Needs;
  /** Does the part that takes minutes the first time, and nothing that has to be stopped. */
  prepare?(report: Report): Promise<void>;
  start(parts: Parts, report: Report): Promise<Part>;
}

const definitions = {
  bundles: {
    needs: needs.nothing,
    start: async () => {
      await run(process.execPath, ['esbuild.mjs'], { cwd: ROOT });
      return {};
    },
  },
  vsix: {
    needs: needs.nothing,
    start: async (parts) => {
      await parts.get('bundles');
      const printed = await run(process.execPath, ['scripts/package.ts', '--built'], { cwd: ROOT });
      const file = printed.trim().split('\n').at(-1) ?? '';
      return { env: { [variables.vsix]: join(ROOT, file) } };
    },
  },
  registry: {
    needs: needs.registry,
    start: async () => {
      const given = process.env[variables.registry];
      if (given !== undefined) return { env: { [variables.registry]: given } };
      const registry = await startRegistry();
      return { env: { [variables.registry]: registry.address }, stop: () => registry.stop() };
    },
  },
  cluster: {
    needs: needs.cluster,
    prepare: async (report) => void (await ensureClusterPrograms(report)),
    start: async (parts, report) => {
      const registry = await parts.get('registry');
      const given = process.env[variables.kubeconfig];
      return given === undefined ? startOwnCluster(registry, report) : givenCluster(given, registry);
    },
  },
  engine: {
    needs: needs.engine,
    start: async (parts) => {
      const registry = await parts.get('registry');
      const engine = await startEngine(registryOf(registry));
      return {
        env: {
          ...registry.env,
          [variables.dockerHost]: engine.host,
          [variables.dockerBin]: engine.bin,
          [variables.dockerConfig]: engine.config,
        },
        saveEvidence: (folder) => copyLogs(engine.folder, join(folder, 'engine')),
        stop: () => engine.stop(),
      };
    },
  },
  browser: { needs: needs.browser, start: () => Promise.resolve({}) },
  'vscode-newest': editor('newest'),
  'vscode-oldest': editor('oldest'),
} as const satisfies Record<string, Definition>;

function editor(name: keyof typeof editions): Definition {
  const prepare = async (report: Report): Promise<void> =>
    void (await provisionVSCode(editions[name], report));
  return { needs: needs.browser, prepare, start: (_, report) => prepare(report).then(() => ({})) };
}

function registryOf(part: Part): { readonly registry?: string } {
  const registry = part.env?.[variables.registry];
  return registry === undefined ? {} : { registry };
}

async function startOwnCluster(registry: Part, report: Report): Promise<Part> {
  const cluster = await startCluster({ ...registryOf(registry), report });
  return {
    env: {
      ...registry.env,
      [variables.kubeconfig]: cluster.kubeconfig,
      [variables.readerKubeconfig]: cluster.readerKubeconfig,
    },
    saveEvidence: async (folder) => {
      await copyLogs(cluster.folder, join(folder, 'cluster'));
      await describeCluster(cluster, join(folder, 'cluster'));
    },
    stop: () => cluster.stop(),
  };
}

async function givenCluster(kubeconfig: string, registry: Part): Promise<Part> {
  const { kube } = await ensureClusterPrograms(() => undefined);
  return {
    env: { ...registry.env, [variables.kubeconfig]: kubeconfig },
    saveEvidence: (folder) => describeCluster(clusterClient(kube, kubeconfig), join(folder, 'cluster')),
  };
}

async function copyLogs(folder: string, into: string): Promise<void> {
  await cp(join(folder, 'logs'), into, { recursive: true });
}

async function describeCluster(cluster: Pick<Cluster, 'kubectl'>, into: string): Promise<void> {
  await mkdir(into, { recursive: true });
  const events = ['get', 'events', '--all-namespaces', '--sort-by=.lastTimestamp'];
  await writeFile(join(into, 'events.txt'), await cluster.kubectl(events));
  const objects = 'nodes,deployments,replicasets,statefulsets,daemonsets,jobs,hpa,pods';
  const list = await cluster.kubectl(['get', objects, '--all-namespaces', '-o', 'wide']);
  await writeFile(join(into, 'objects.txt'), list);
}

/** The parts of one run of the tests. */
export class Parts {
  readonly #report: Report;
  readonly #started = new Map<PartName, Promise<Part>>();

  constructor(report: Report) {
    this.#report = report;
  }

  /** Installs what the parts want from the operating system, where that can be done. */
  async provision(names: readonly PartName[]): Promise<void> {
    const wanted = names.flatMap((name) => definitions[name].needs.tools);
    await provision(wanted, this.#report);
  }

  /** Why a part cannot be had on this machine, as one sentence; null if it can. */
  obstacle(name: PartName): string | null {
    return obstacle(definitions[name].needs);
  }

  /** Builds what takes minutes the first time. */
  async prepare(name: PartName): Promise<void> {
    const definition: Definition = definitions[name];
    await definition.prepare?.(this.#report);
  }

  /** The part; started at the first call. */
  get(name: PartName): Promise<Part> {
    const started = this.#started.get(name) ?? definitions[name].start(this, this.#report);
    this.#started.set(name, started);
    // Whoever awaits it hears of a failure; nobody may do so until much later.
    started.catch(() => undefined);
    return started;
  }

  /** Writes down what tells why a test failed, part by part; a part that cannot is no reason to lose the rest. */
  async saveEvidence(folder: string): Promise<void> {
    for (const part of await this.#running()) {
      await part
        .saveEvidence?.(folder)
        .catch((error: unknown) => this.#report(`no evidence: ${String(error)}`));
    }
  }

  /** Stops all, the last started first. */
  async stop(): Promise<void> {
    for (const part of (await this.#running()).reverse()) await part.stop?.();
    this.#started.clear();
  }

  async #running(): Promise<Part[]> {
    const settled = await Promise.allSettled(this.#started.values());
    return settled.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []));
  }
}
