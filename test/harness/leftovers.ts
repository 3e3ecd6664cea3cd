import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { readdir, readFile, rm, rmdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { isAlive, killAll, type ProcessIdentity, processesMarked, run } from './processes.ts';

/** In the environment of all that a run starts, so that it can be found whatever it has become. */
export const RUN_MARK = 'ELASTIC_BENCH_RUN';
/** How the folders of runs begin; they lie in the system's folder for temporary files. */
export const RUN_PREFIX = 'elastic-bench-';
const CGROUPS = '/sys/fs/cgroup';

/** What must be known of a run to take it down without the process that started it. */
export interface RunRecord {
  /** Null: the run belongs to nobody and stays. */
  readonly owner: ProcessIdentity | null;
  readonly bridge: string;
  readonly cgroup: string;
}

/** Takes down every run whose owner is gone. */
export async function sweepDeadRuns(): Promise<void> {
  for (const folder of await runFolders()) {
    const record = await readRecord(folder);
    if (record?.owner != null && !isAlive(record.owner)) await takeDown(folder);
  }
}

/** The folders of all runs, dead or alive. */
async function runFolders(): Promise<string[]> {
  const names = await readdir(tmpdir());
  return names.filter((name) => name.startsWith(RUN_PREFIX)).map((name) => join(tmpdir(), name));
}

/**
 * Ends what a run started and removes what it made, in the order in which one thing keeps the next: processes,
 * control groups, network links, mounts, files. Containers die with the process namespace they were started in.
 */
export async function takeDown(folder: string): Promise<void> {
  const record = await readRecord(folder);
  await killAll(() => processesMarked(RUN_MARK, folder));
  if (record !== null) {
    await removeCgroups(record.cgroup);
    await removeLinks(record.bridge);
  }
  for (const mount of mountsBelow(folder)) await run('umount', ['--lazy', mount]);
  await rm(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
}

/** Null for a folder that is being made or removed at this moment. */
async function readRecord(folder: string): Promise<RunRecord | null> {
  try {
    return JSON.parse(await readFile(join(folder, 'run.json'), 'utf8')) as RunRecord;
  } catch {
    return null;
  }
}

/** The run's control group in every hierarchy: one with cgroup v2, one for each controller with v1. */
export function cgroupFolders(name: string): string[] {
  if (!existsSync(CGROUPS)) return [];
  const hierarchies = existsSync(join(CGROUPS, 'cgroup.controllers'))
    ? [CGROUPS]
    : readdirSync(CGROUPS).map((controller) => join(CGROUPS, controller));
  return hierarchies.map((hierarchy) => join(hierarchy, name));
}

async function removeCgroups(name: string): Promise<void> {
  const roots = cgroupFolders(name).filter((folder) => existsSync(folder));
  await killAll(() => roots.flatMap((root) => cgroupTree(root).flatMap(processesIn)));
  for (const folder of roots.flatMap(cgroupTree)) await removeCgroup(folder);
}

/** A group is busy for a moment after its last process has died. */
async function removeCgroup(folder: string): Promise<void> {
  for (let attempt = 0; existsSync(folder); attempt++) {
    try {
      await rmdir(folder);
    } catch (error) {
      if (attempt === 50) throw error;
      await sleep(50);
    }
  }
}

/** The group and all below it, the deepest first, as they have to be removed. */
function cgroupTree(folder: string): string[] {
  const children = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  return [...children.flatMap((child) => cgroupTree(join(folder, child.name))), folder];
}

function processesIn(cgroup: string): number[] {
  const text = readFileSync(join(cgroup, 'cgroup.procs'), 'utf8');
  // Pid 0 is a process of a namespace that cannot be seen from here: it ends with that namespace.
  return text
    .split('\n')
    .map(Number)
    .filter((pid) => pid > 0);
}

/** The bridge, and the host's ends of the pods' links, which go with the pods' namespaces a moment later. */
async function removeLinks(bridge: string): Promise<void> {
  const classes = '/sys/class/net';
  if (!existsSync(join(classes, bridge))) return;
  for (const port of readdirSync(join(classes, bridge, 'brif'))) await deleteLink(port);
  await deleteLink(bridge);
}

async function deleteLink(name: string): Promise<void> {
  try {
    await run('ip', ['link', 'delete', name]);
  } catch (error) {
    if (existsSync(join('/sys/class/net', name))) throw error;
  }
}

/** Mounts of the host below the folder, the deepest first. */
export function mountsBelow(folder: string): string[] {
  const mounts = readFileSync('/proc/self/mounts', 'utf8').split('\n');
  return mounts
    .map((line) => line.split(' ')[1] ?? '')
    .filter((path) => path.startsWith(`${folder}/`))
    .reverse();
}
