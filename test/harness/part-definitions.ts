import { cp, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Report } from './cache.ts';
import { clusterClient } from './cluster-client.ts';
import { type Cluster, startCluster } from './cluster.ts';
import { startEngine } from './engine.ts';
import { ensureClusterPrograms, ensureKube } from './kubernetes-build.ts';
import { run } from './processes.ts';
import type { Definition, Part, PartName } from './parts.ts';
import { needs } from './provision.ts';
import { ensureRenderTools } from './render-tools.ts';
import { startRegistry } from './registry.ts';
import { variables } from './shared.ts';
import { editions } from './vscode/editions.ts';
import { provision as provisionVSCode } from './vscode/provision.ts';

const ROOT = join(import.meta.dirname, '../..');

/** How each part is made. */
export const definitions: Readonly<Record<PartName, Definition>> = {
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
    get needs() {
      return givenKubeconfig() === undefined ? needs.cluster : needs.go;
    },
    prepare: async (report) => {
      await (givenKubeconfig() === undefined ? ensureClusterPrograms(report) : ensureKube(report));
    },
    start: async (parts, report) => {
      const given = givenKubeconfig();
      if (given === undefined) return startOwnCluster(await parts.get('registry'), report);
      const hasRegistry = parts.obstacle('registry') === null;
      return givenCluster(given, hasRegistry ? await parts.get('registry') : {}, report);
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
  'render-tools': {
    needs: needs.go,
    prepare: async (report) => void (await ensureRenderTools(report)),
    start: async (_, report) => {
      await ensureRenderTools(report);
      return {};
    },
  },
  browser: { needs: needs.browser, start: () => Promise.resolve({}) },
  'vscode-newest': editor('newest'),
  'vscode-oldest': editor('oldest'),
};

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

/** Set by hand: another cluster than the bench's own. */
function givenKubeconfig(): string | undefined {
  return process.env[variables.kubeconfig];
}

async function givenCluster(kubeconfig: string, registry: Part, report: Report): Promise<Part> {
  const kube = await ensureKube(report);
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
