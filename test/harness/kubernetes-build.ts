import { existsSync, readFileSync } from 'node:fs';
import { mkdir, readFile, statfs, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { glob } from 'tinyglobby';
import { cacheFolder, ensureProduct, isBuilt, type Product, type Report } from './cache.ts';
import { findGo } from './go.ts';
import { run } from './processes.ts';

const KUBERNETES = '1.36.3';
const CNI_PLUGINS = 'github.com/containernetworking/plugins/plugins';
const CONTAINERD = 'github.com/containerd/containerd/v2/cmd';
const KWOK = 'sigs.k8s.io/kwok';
const VERSION = 'k8s.io/component-base/version';
/** What Go's caches want while all of it is built from nothing. */
const BUILD_BYTES = 8e9;

/** What is built from one Go module of this folder. */
interface Build {
  readonly module: 'kube' | 'node' | 'kwok' | 'metrics' | 'render';
  readonly args: readonly string[];
  /** Packages by the folder of the product their programs go to. */
  readonly packages: Readonly<Record<string, readonly string[]>>;
  /** What must be there besides programs. */
  finish?(go: string, folder: string): Promise<void>;
}

const builds: readonly Build[] = [
  {
    module: 'kube',
    args: [
      '-ldflags',
      `-s -w -X ${VERSION}.gitVersion=v${KUBERNETES} -X ${VERSION}.gitMajor=1 -X ${VERSION}.gitMinor=36`,
    ],
    packages: { '.': ['.'] },
  },
  {
    module: 'node',
    args: ['-tags', 'no_btrfs,no_devmapper,no_zfs', '-ldflags', '-s -w'],
    packages: {
      '.': [`${CONTAINERD}/containerd`, `${CONTAINERD}/containerd-shim-runc-v2`],
      cni: ['main/bridge', 'main/loopback', 'ipam/host-local', 'meta/portmap'].map(
        (plugin) => `${CNI_PLUGINS}/${plugin}`,
      ),
    },
  },
  {
    module: 'kwok',
    args: ['-ldflags', '-s -w'],
    packages: { '.': [`${KWOK}/cmd/kwok`] },
    finish: copyStages,
  },
  {
    module: 'metrics',
    args: ['-ldflags', '-s -w'],
    packages: { '.': ['sigs.k8s.io/metrics-server/cmd/metrics-server'] },
  },
];

/** What turns charts and overlays into manifests; no part of the cluster. */
const renderBuild: Build = {
  module: 'render',
  args: ['-ldflags', '-s -w'],
  packages: { '.': ['helm.sh/helm/v4/cmd/helm', 'sigs.k8s.io/kustomize/kustomize/v5'] },
};

/** kwok brings no stages (how a simulated node or pod gets on) inside its program: they are files of its module. */
async function copyStages(go: string, folder: string): Promise<void> {
  const module = await run(go, ['list', '-mod=readonly', '-m', '-f', '{{.Dir}}', KWOK], {
    cwd: moduleFolder('kwok'),
    env: goEnvironment(),
  });
  const stages = join(module.trim(), 'kustomize', 'stage');
  for (const file of await glob('**/*.yaml', { cwd: stages })) {
    const copy = join(folder, 'stage', file);
    await mkdir(dirname(copy), { recursive: true });
    // Written, not copied: the module cache is read-only, and so would the copies be.
    await writeFile(copy, await readFile(join(stages, file)));
  }
}

function moduleFolder(name: string): string {
  return join(import.meta.dirname, name);
}

function goEnvironment(): NodeJS.ProcessEnv {
  return { ...process.env, CGO_ENABLED: '0', GOFLAGS: '-buildvcs=false -trimpath', GOTOOLCHAIN: 'local' };
}

function product(build: Build): Product {
  const folder = moduleFolder(build.module);
  const sources = ['go.mod', 'go.sum', 'main.go', 'tools.go']
    .map((file) => join(folder, file))
    .filter(existsSync);
  return {
    name: build.module,
    inputs: [
      process.arch,
      JSON.stringify([build.args, build.packages]),
      ...sources.map((file) => readFileSync(file, 'utf8')),
    ],
    async build(into, report) {
      report(`building ${build.module}`);
      const go = await findGo(report);
      for (const [target, packages] of Object.entries(build.packages)) {
        const output = join(into, target);
        await mkdir(output, { recursive: true });
        const args = ['build', '-mod=readonly', ...build.args, '-o', `${output}/`, ...packages];
        await run(go, args, { cwd: folder, env: goEnvironment() });
      }
      await build.finish?.(go, into);
    },
  };
}

/** Where the programs of the cluster are. */
export interface ClusterPrograms {
  /** etcd, API server, controller manager, scheduler, kubelet and kubectl: `kube <program> …`. */
  readonly kube: string;
  /** Folder of containerd, its shim and, in `cni/`, the network plugins. */
  readonly node: string;
  readonly kwok: string;
  readonly kwokStages: string;
  readonly metricsServer: string;
}

/** The program that has kubectl inside, for a cluster that is there already. */
export async function ensureKube(report: Report): Promise<string> {
  const build = builds.find(({ module }) => module === 'kube');
  if (build === undefined) throw new Error('There is no build of kube.');
  return join(await ensureProduct(product(build), report), 'kube');
}

/** Folder of `helm` and `kustomize`, built where they are absent: some 4 minutes on two cores with nothing cached. */
export function ensureRenderPrograms(report: Report): Promise<string> {
  return ensureProduct(product(renderBuild), report);
}

/** The programs of the cluster, built where they are absent: some 9 minutes on two cores with nothing cached. */
export async function ensureClusterPrograms(report: Report): Promise<ClusterPrograms> {
  if (!clusterProgramsBuilt()) await checkRoom(report);
  const folders: Record<string, string> = {};
  // One after the other: each keeps all cores busy by itself, and the first two are all that most tests need.
  for (const build of builds) folders[build.module] = await ensureProduct(product(build), report);
  const { kube = '', node = '', kwok = '', metrics = '' } = folders;
  return {
    kube: join(kube, 'kube'),
    node,
    kwok: join(kwok, 'kwok'),
    kwokStages: join(kwok, 'stage'),
    metricsServer: join(metrics, 'metrics-server'),
  };
}

function clusterProgramsBuilt(): boolean {
  return builds.every((build) => isBuilt(product(build)));
}

async function checkRoom(report: Report): Promise<void> {
  await mkdir(cacheFolder(), { recursive: true });
  const { bavail, bsize } = await statfs(cacheFolder());
  if (bavail * bsize < BUILD_BYTES) {
    report(
      `building the cluster wants some 8 GB for Go's caches and ${cacheFolder()} has ${Math.floor((bavail * bsize) / 1e9)} GB: ` +
        'free some, or set ELASTIC_BENCH_CACHE, GOCACHE and GOMODCACHE to a larger disk',
    );
  }
}
