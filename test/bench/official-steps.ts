/** What is done in a window of either extension, and what is measured meanwhile. */
import { readFile, writeFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Locator } from 'playwright-core';
import type { Cluster } from '../harness/cluster.ts';
import type { Path, ProbedWindow } from './official-window.ts';
import { namespace } from './pods.ts';
import { ProcessTree } from './process-tree.ts';

/** How an extension shows pods. */
export interface PodsSubject {
  readonly name: string;
  readonly isTheirs: (url: string) => boolean;
  readonly view: string;
  readonly pods: Path;
}

/** How an extension shows what both show. */
export interface Subject extends PodsSubject {
  readonly deployments: Path;
  scale(window: ProbedWindow, row: Locator): Promise<void>;
}

/** How long somebody waits for what should show by itself, in ms. */
const patience = 60_000;
const settleMs = 5_000;
/** Of both: the end of a name may be shortened in the middle. */
const podRow = /^\s*shop-\d/;

export interface FileSample {
  readonly blockMs: number;
  /** What ran longest in that block. */
  readonly heaviest: readonly string[];
  readonly heapMb: number;
  readonly staying: readonly string[];
  readonly kubectlCalls: number;
}

export interface TreeSample {
  readonly podsMs: number;
  readonly cpuMs: number;
  readonly treeMb: number;
  readonly growthMb: number;
  readonly retainedMb: number;
  readonly blockMs: number;
  /** What ran longest in that block. */
  readonly heaviest: readonly string[];
}

/** `calls`: a file that receives a line for each call of kubectl. */
export async function openFile(
  window: ProbedWindow,
  subject: Subject,
  file: string,
  calls: string,
): Promise<FileSample> {
  await sleep(settleMs);
  const before = await window.heapMb();
  await writeFile(calls, '');
  const tree = new ProcessTree(window.pid);
  await window.startProfile();
  await window.openFile(file);
  await sleep(2 * settleMs);
  const [longest] = await window.blocks(subject.isTheirs);
  const heapMb = (await window.heapMb()) - before;
  const { staying } = tree;
  tree.stop();
  const kubectlCalls = (await readFile(calls, 'utf8')).split('\n').length - 1;
  const { ms: blockMs = 0, heaviest = [] } = longest ?? {};
  return { blockMs, heaviest, heapMb, staying, kubectlCalls };
}

/** Numbers of the errors, from 0, that something is reported about on one of their lines. */
export async function errorsFound(
  window: ProbedWindow,
  file: string,
  errors: readonly (readonly number[])[],
): Promise<{ readonly found: readonly number[]; readonly told: readonly string[] }> {
  await window.openFile(file);
  await sleep(2 * settleMs);
  const problems = await window.problems(file);
  const found = [...errors.keys()].filter((index) =>
    problems.some(({ line }) => errors[index]?.includes(line)),
  );
  return { found, told: problems.map(({ line, source, message }) => `${line} ${source}: ${message}`) };
}

/** Leaves the view open. */
export async function openTree(window: ProbedWindow, subject: PodsSubject): Promise<TreeSample> {
  await sleep(settleMs);
  const before = await window.heapMb();
  const tree = new ProcessTree(window.pid);
  await window.startProfile();
  const start = performance.now();
  await window.toggleView(subject.view);
  await window.expand(subject.pods);
  await window.row(podRow, subject.pods.length + 1).waitFor();
  const podsMs = performance.now() - start;
  await sleep(settleMs);
  const [longest] = await window.blocks(subject.isTheirs);
  const { cpuMs, peakMb, growthMb } = tree;
  tree.stop();
  await window.toggleView(subject.view);
  await sleep(settleMs);
  const retainedMb = (await window.heapMb()) - before;
  await window.toggleView(subject.view);
  await window.row(podRow, subject.pods.length + 1).waitFor();
  const { ms: blockMs = 0, heaviest = [] } = longest ?? {};
  return { podsMs, cpuMs, treeMb: peakMb, growthMb, retainedMb, blockMs, heaviest };
}

/** How long five pods stay in the tree after they were deleted; infinite if they never go. */
export async function deletePods(window: ProbedWindow, cluster: Cluster, count: number): Promise<number> {
  const names = (await cluster.kubectl(['get', 'pods', '-n', namespace, '-o', 'name']))
    .split('\n')
    .map((name) => name.slice('pod/'.length));
  const isNamed = (label: string, name: string): boolean => {
    const [start = '', end] = label.trim().split('…');
    return end === undefined ? name === start : name.startsWith(start) && name.endsWith(end);
  };
  const chosen = (await window.labels())
    .filter((label) => podRow.test(label))
    .flatMap((label) => {
      const pods = names.filter((name) => isNamed(label, name));
      return pods.length === 1 ? [{ label, pod: pods[0] ?? '' }] : [];
    })
    .slice(0, count);
  if (chosen.length < count) throw new Error('There are too few pods in sight.');
  const pods = chosen.map(({ pod }) => pod);
  await cluster.kubectl(['delete', 'pod', '-n', namespace, ...pods, '--force', '--grace-period=0']);
  const start = performance.now();
  const labels = new Set(chosen.map(({ label }) => label));
  while (performance.now() - start < patience) {
    if (!(await window.labels()).some((label) => labels.has(label))) return performance.now() - start;
    await sleep(50);
  }
  return Number.POSITIVE_INFINITY;
}

export interface Restart {
  /** Infinite where it never said anything. */
  readonly saidMs: number;
  readonly said: string;
  /** Since the API server answers again, until the tree shows what changed since. */
  readonly recoveredMs: number;
}

export async function restartServer(window: ProbedWindow, cluster: Cluster): Promise<Restart> {
  const words = async (): Promise<readonly string[]> => [
    // Counts may follow what was done before.
    ...(await window.texts())
      .filter((text) => !podRow.test(text))
      .map((text) => text.replaceAll(/\d+/g, 'n')),
    ...(await window.notifications()),
  ];
  await sleep(settleMs);
  const before = new Set(await words());
  await cluster.killApiServer();
  const killed = performance.now();
  let said: string | undefined;
  while (said === undefined && performance.now() - killed < patience / 3) {
    await sleep(100);
    said = (await words()).find((text) => !before.has(text));
  }
  const saidMs = said === undefined ? Number.POSITIVE_INFINITY : performance.now() - killed;
  await cluster.startApiServer();
  const recoveredMs = await deletePods(window, cluster, 1);
  return { saidMs, said: said ?? '', recoveredMs };
}

/** Replicas of a workload in its namespace and in another that the context was switched to behind the window's back. */
export async function scaleAfterSwitch(
  window: ProbedWindow,
  subject: Subject,
  cluster: Cluster,
  kubeconfig: string,
  other: string,
): Promise<{ readonly meant: number; readonly other: number }> {
  const replicas = async (where: string): Promise<number> =>
    Number(await cluster.kubectl(['get', 'deployment/web', '-n', where, '-o', 'jsonpath={.spec.replicas}']));
  for (const where of [namespace, other])
    await cluster.kubectl(['scale', 'deployment/web', '-n', where, '--replicas=1']);
  // Out of the way: rows out of sight are not there.
  const [, group] = subject.pods;
  if (group !== undefined) await window.collapse(group, 2);
  await window.expand(subject.deployments);
  const row = window.row(/^\s*web/, subject.deployments.length + 1);
  await row.waitFor();
  const text = await readFile(kubeconfig, 'utf8');
  await writeFile(kubeconfig, text.replace(`namespace: ${namespace}`, `namespace: ${other}`));
  try {
    await sleep(settleMs);
    await subject.scale(window, row);
    await sleep(settleMs);
    return { meant: await replicas(namespace), other: await replicas(other) };
  } finally {
    await writeFile(kubeconfig, text);
  }
}
