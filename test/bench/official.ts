/**
 * Beside the official Kubernetes extension, in the same VS Code, on the same cluster, in turn. Its package is not part
 * of this project: ELASTIC_OFFICIAL_VSIX names the .vsix, built from its source, and after it, as in PATH, that of
 * redhat.vscode-yaml, which it wants; an empty stand-in serves without.
 */
import { chmod, mkdir, mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { Clusters } from '../../src/cluster/index.ts';
import { silentLog } from '../../src/platform/log.ts';
import type { Report } from '../harness/cache.ts';
import { type Cluster, startCluster } from '../harness/cluster.ts';
import { ensureKube } from '../harness/kubernetes-build.ts';
import { editions } from '../harness/vscode/editions.ts';
import { provision } from '../harness/vscode/provision.ts';
import { VSCodeServer } from '../harness/vscode/server.ts';
import { packedExtension } from '../harness/vscode/vsix.ts';
import { makeKubeconfigs } from '../ui/kubeconfigs.ts';
import { deployment, listOf } from '../ui/workloads.ts';
import type { Comparison } from './comparison.ts';
import { smallFile } from './manifests.ts';
import {
  deletePods,
  errorsFound,
  type FileSample,
  openFile,
  openTree,
  type PodsSubject,
  type Restart,
  restartServer,
  scaleAfterSwitch,
  type Subject,
  type TreeSample,
} from './official-steps.ts';
import { packedProbe, packedRows, packedStandIn, ProbedWindow, rowsView } from './official-window.ts';
import { createPods, namespace } from './pods.ts';

const variable = 'ELASTIC_OFFICIAL_VSIX';
const podCount = Number(process.env['ELASTIC_OFFICIAL_PODS'] ?? 300);
const rounds = Number(process.env['ELASTIC_OFFICIAL_ROUNDS'] ?? 3);
const other = 'elsewhere';

const ours: Subject = {
  name: 'ours',
  isTheirs: (url) => url.includes('/elastic-containers.elastic-containers-'),
  view: 'Elastic Containers',
  pods: [/^\s*dev/, /^\s*Pods/, new RegExp(`^\\s*${namespace}`)],
  deployments: [/^\s*dev/, new RegExp(`^\\s*${namespace}`), /^\s*Deployments/],
  async scale(window, row) {
    await window.chooseInMenu(row, /^\s*Scale/);
    await window.answer('3');
  },
};

const official: Subject = {
  name: 'the official one',
  isTheirs: (url) => url.includes('/ms-kubernetes-tools.vscode-kubernetes-tools-'),
  view: 'Kubernetes',
  pods: [/^\s*dev/, /^\s*Workloads/, /^\s*Pods/],
  deployments: [/^\s*dev/, /^\s*Workloads/, /^\s*Deployments/],
  async scale(window, row) {
    await window.chooseInMenu(row, /^\s*Scale/);
    await window.answer('3');
  },
};

/** VS Code alone: rows that need no cluster. */
const alone: PodsSubject = {
  name: 'rows known beforehand',
  isTheirs: (url) => url.includes('/bench.rows-'),
  view: rowsView,
  pods: ours.pods,
};

const wrong = `apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
spec:
  replicas: 1
  paused_: true
  selector:
    matchLabels:
      app: web
  template:
    metadata:
      labels:
        app: shop
    spec:
      containers:
        - name: web
          image: registry.example.com/shop/web:1.4.2
          imagePullPolicy: Always
          imagePullPolicy: Never
          resources:
            requests:
              cpu: 500m
              memory: 64Mib
            limits:
              cpu: 250m
`;
/** The lines on which a word about each error can stand. */
const errors = [
  { name: 'unknown field', lines: [7] },
  { name: 'selector mismatch', lines: [8, 9, 10, 13, 14] },
  { name: 'duplicate key', lines: [19, 20] },
  { name: 'bad quantity', lines: [24] },
  { name: 'request above limit', lines: [23, 26] },
];

interface Place<S extends PodsSubject = Subject> {
  readonly subject: S;
  readonly server: VSCodeServer;
  /** Where its probe writes its address. */
  readonly address: string;
  /** A file that receives a line for each call of its kubectl. */
  readonly calls: string;
}

interface Samples {
  readonly file: FileSample[];
  readonly tree: TreeSample[];
  readonly goneMs: number[];
  readonly restart: Restart[];
  readonly missed: number[];
  readonly elsewhere: number[];
}

export async function officialExtension(report: Report): Promise<readonly Comparison[]> {
  const [vsix, yaml] = (process.env[variable] ?? '').split(delimiter);
  if (!vsix) {
    report(`${variable} must name the package of the official Kubernetes extension, built from its source.`);
    return [];
  }
  const installation = await provision(editions.newest, report);
  const packed = await packedExtension();
  const work = await realpath(await mkdtemp(join(tmpdir(), 'elastic-official-')));
  const cluster = await startCluster({ parts: 'api', report });
  const kubeconfigs = await makeKubeconfigs(cluster.kubeconfig, [{ name: 'dev', namespace }]);
  const servers: VSCodeServer[] = [];
  try {
    report(`creating ${podCount} pods`);
    await fill(cluster);
    const start = async <S extends PodsSubject>(
      subject: S,
      name: string,
      extensions: readonly string[],
    ): Promise<Place<S>> => {
      const address = join(work, `${name}.json`);
      // Of its own: an extension host lives on for a while after its window.
      const calls = join(work, `${name}-calls.txt`);
      const bin = await kubectlFolder(join(work, `${name}-bin`), calls, report);
      const PATH = `${bin}${delimiter}${process.env['PATH'] ?? ''}`;
      const env = { KUBECONFIG: kubeconfigs.path, PATH };
      const probe = await packedProbe(join(work, `${name}-probe`), address);
      const server = await VSCodeServer.start({ installation, extensions: [...extensions, probe], env });
      servers.push(server);
      return { subject, server, address, calls };
    };
    const wanted = yaml || (await packedStandIn(join(work, 'yaml'), 'redhat', 'vscode-yaml'));
    const places = [await start(ours, 'ours', [packed]), await start(official, 'official', [wanted, vsix])];
    const rows = await packedRows(join(work, 'rows'), ['dev', 'Pods', namespace], podCount);
    const floor = await start(alone, 'alone', [rows]);
    const shop = join(work, 'shop');
    await mkdir(shop);
    await writeFile(join(shop, 'small.yaml'), smallFile);
    await writeFile(join(shop, 'wrong.yaml'), wrong);
    const scene: Scene = { shop, cluster, kubeconfig: kubeconfigs.files[0] ?? '', report };
    const samples = places.map((): Samples => ({
      ...{ file: [], tree: [], goneMs: [], restart: [], missed: [], elsewhere: [] },
    }));
    const floorSamples: TreeSample[] = [];
    for (let round = 0; round < rounds; round++) {
      for (const [index, place] of places.entries()) {
        const into = samples[index];
        if (into !== undefined) await measure(place, scene, into, round === 0);
      }
      floorSamples.push(await measureFloor(floor, scene));
    }
    const [our, their] = samples;
    return our === undefined || their === undefined
      ? []
      : [...comparisons(our, their), ...floorComparisons(our.tree, floorSamples)];
  } finally {
    for (const server of servers) await server.stop();
    await kubeconfigs.remove();
    await cluster.stop();
    await rm(work, { recursive: true, force: true });
  }
}

interface Scene {
  readonly shop: string;
  readonly cluster: Cluster;
  readonly kubeconfig: string;
  readonly report: Report;
}

/** `whole`: also what is slow to measure, and either happens or does not. */
async function measure(place: Place, scene: Scene, into: Samples, whole: boolean): Promise<void> {
  const { subject, server, address, calls } = place;
  const { shop, cluster } = scene;
  const report: Report = (text) => scene.report(`${subject.name}: ${text}`);
  const first = await ProbedWindow.open(server, shop, address);
  try {
    const sample = await openFile(first, subject, join(shop, 'small.yaml'), calls);
    into.file.push(sample);
    report(JSON.stringify(sample));
    if (whole) {
      const lines = errors.map(({ lines }) => lines);
      const { found, told } = await errorsFound(first, join(shop, 'wrong.yaml'), lines);
      into.missed.push(errors.length - found.length);
      report(`${found.map((index) => errors[index]?.name).join(', ') || 'none'} found of ${errors.length}`);
      for (const one of told) report(`  ${one.split('\n')[0] ?? ''}`);
    }
  } finally {
    await first.close();
  }
  const second = await ProbedWindow.open(server, shop, address);
  try {
    const sample = await openTree(second, subject);
    into.tree.push(sample);
    report(JSON.stringify(sample));
    if (!whole) return;
    into.goneMs.push(await deletePods(second, cluster, 5));
    report(`deleted pods gone after ${into.goneMs.at(-1)} ms`);
    const restart = await restartServer(second, cluster);
    into.restart.push(restart);
    report(JSON.stringify(restart));
    const scaled = await scaleAfterSwitch(second, subject, cluster, scene.kubeconfig, other);
    into.elsewhere.push(scaled.other === 1 ? 0 : 1);
    report(`Scale to 3: ${scaled.meant} in the namespace shown, ${scaled.other} in the other`);
  } catch (error) {
    await second.page.screenshot({ path: join(tmpdir(), `elastic-official-${place.subject.view}.png`) });
    throw error;
  } finally {
    await second.close();
  }
}

async function measureFloor(
  { subject, server, address }: Place<PodsSubject>,
  scene: Scene,
): Promise<TreeSample> {
  const window = await ProbedWindow.open(server, scene.shop, address);
  try {
    const sample = await openTree(window, subject);
    scene.report(`${subject.name}: ${JSON.stringify(sample)}`);
    return sample;
  } finally {
    await window.close();
  }
}

async function fill(cluster: Cluster): Promise<void> {
  const clusters = new Clusters({
    kubeconfigs: () => [cluster.kubeconfig],
    env: process.env,
    log: silentLog,
  });
  try {
    await createPods(await clusters.session((await clusters.contexts()).current ?? ''), podCount);
  } finally {
    clusters.dispose();
  }
  await cluster.kubectl(['create', 'namespace', other]);
  for (const where of [namespace, other]) {
    const web = listOf(deployment('web', 'registry.example.com/shop/web:1.4.2'));
    await cluster.kubectl(['apply', '-n', where, '-f', '-'], web);
  }
}

/** A folder with a kubectl in it that writes a line into `calls` each time it is run. */
async function kubectlFolder(folder: string, calls: string, report: Report): Promise<string> {
  const file = join(folder, 'kubectl');
  await mkdir(folder);
  const kube = await ensureKube(report);
  await writeFile(file, `#!/bin/sh\necho "$*" >> '${calls}'\nexec '${kube}' kubectl "$@"\n`);
  await chmod(file, 0o755);
  await writeFile(calls, '');
  return folder;
}

function comparisons(our: Samples, their: Samples): readonly Comparison[] {
  const against = 'the official extension';
  const compare = (name: string, unit: string, of: (samples: Samples) => readonly number[]): Comparison => ({
    ...{ name, against, unit },
    ours: of(our),
    theirs: of(their),
    target: 0.1,
  });
  const pods = `${podCount.toLocaleString('en')} pods`;
  return [
    compare('opening a YAML file, longest block', 'ms', ({ file }) => file.map(({ blockMs }) => blockMs)),
    compare('opening a YAML file, heap', 'MB', ({ file }) => file.map(({ heapMb }) => heapMb)),
    compare('opening a YAML file, processes that stay', '', ({ file }) =>
      file.map(({ staying }) => staying.length),
    ),
    compare('opening a YAML file, calls of kubectl', '', ({ file }) =>
      file.map(({ kubectlCalls }) => kubectlCalls),
    ),
    compare(`tree of ${pods}, first pods`, 'ms', ({ tree }) => tree.map(({ podsMs }) => podsMs)),
    compare(`tree of ${pods}, CPU`, 'ms', ({ tree }) => tree.map(({ cpuMs }) => cpuMs)),
    compare(`tree of ${pods}, memory of all processes`, 'MB', ({ tree }) => tree.map(({ treeMb }) => treeMb)),
    compare(`tree of ${pods}, memory more than before`, 'MB', ({ tree }) =>
      tree.map(({ growthMb }) => growthMb),
    ),
    compare(`tree of ${pods}, heap kept`, 'MB', ({ tree }) => tree.map(({ retainedMb }) => retainedMb)),
    compare(`tree of ${pods}, longest block`, 'ms', ({ tree }) => tree.map(({ blockMs }) => blockMs)),
    compare('pods deleted outside, gone', 'ms', ({ goneMs }) => goneMs),
    compare('API server killed, told', 'ms', ({ restart }) => restart.map(({ saidMs }) => saidMs)),
    compare('API server back, live again', 'ms', ({ restart }) =>
      restart.map(({ recoveredMs }) => recoveredMs),
    ),
    compare('errors of five not told', '', ({ missed }) => missed),
    compare('scaled in the wrong namespace', '', ({ elsewhere }) => elsewhere),
  ];
}

/** No targets: nobody can be faster than VS Code draws. */
function floorComparisons(our: readonly TreeSample[], floor: readonly TreeSample[]): readonly Comparison[] {
  const against = alone.name;
  const compare = (name: string, unit: string, of: (sample: TreeSample) => number): Comparison => ({
    ...{ name: `tree of ${podCount.toLocaleString('en')} pods, ${name}`, against, unit },
    ours: our.map(of),
    theirs: floor.map(of),
  });
  return [
    compare('first pods', 'ms', ({ podsMs }) => podsMs),
    compare('CPU', 'ms', ({ cpuMs }) => cpuMs),
    compare('memory of all processes', 'MB', ({ treeMb }) => treeMb),
    compare('memory more than before', 'MB', ({ growthMb }) => growthMb),
    compare('heap kept', 'MB', ({ retainedMb }) => retainedMb),
  ];
}
