/** A process and all that it started, and what they started in turn, as the kernel sees them. */
import { readdirSync, readFileSync } from 'node:fs';
import { residentMb } from './process-use.ts';

interface Entry {
  readonly pid: number;
  readonly parent: number;
  /** Clock ticks of its own and of children it has waited for. */
  readonly ticks: number;
  /** Clock ticks from boot to its start. */
  readonly start: string;
  readonly name: string;
}

const ticksPerSecond = 100;
const everyMs = 100;

/** Looks ten times a second until it is told to stop. */
export class ProcessTree {
  readonly #root: number;
  readonly #timer: NodeJS.Timeout;
  readonly #before: ReadonlySet<string>;
  readonly #ticksBefore: number;
  readonly #mbBefore: number;
  #peakMb = 0;

  constructor(root: number) {
    this.#root = root;
    const now = treeOf(root);
    this.#before = new Set(now.map(keyOf));
    this.#ticksBefore = ticksOf(now);
    this.#timer = setInterval(() => this.#look(), everyMs);
    this.#look();
    this.#mbBefore = this.#peakMb;
  }

  /** By how much that is more than when this was made. */
  get growthMb(): number {
    return this.#peakMb - this.#mbBefore;
  }

  /** The most that all of them had resident at one moment, in MB. */
  get peakMb(): number {
    return this.#peakMb;
  }

  /** What all of them have used of the processors since this was made, in ms. */
  get cpuMs(): number {
    return ((ticksOf(treeOf(this.#root)) - this.#ticksBefore) / ticksPerSecond) * 1000;
  }

  /** Names of processes that were not there before and still are. */
  get staying(): readonly string[] {
    return treeOf(this.#root)
      .filter((one) => !this.#before.has(keyOf(one)))
      .map(({ name }) => name);
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  #look(): void {
    const mb = treeOf(this.#root).reduce((sum, { pid }) => sum + memoryOf(pid), 0);
    this.#peakMb = Math.max(this.#peakMb, mb);
  }
}

/** A process may end while it is looked at. */
function memoryOf(pid: number): number {
  try {
    return residentMb('VmRSS', pid) || 0;
  } catch {
    return 0;
  }
}

function keyOf({ pid, start }: Entry): string {
  return `${pid} ${start}`;
}

function ticksOf(entries: readonly Entry[]): number {
  return entries.reduce((sum, { ticks }) => sum + ticks, 0);
}

function treeOf(root: number): readonly Entry[] {
  const all = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => entryOf(Number(name)));
  const found = new Map(all.filter(({ pid }) => pid === root).map((one) => [one.pid, one]));
  for (let size = -1; size !== found.size;) {
    size = found.size;
    for (const one of all) if (found.has(one.parent)) found.set(one.pid, one);
  }
  return [...found.values()];
}

function entryOf(pid: number): readonly Entry[] {
  let stat: string;
  try {
    stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  } catch {
    return [];
  }
  // The second field is the command in parentheses, and may hold blanks and parentheses itself.
  const end = stat.lastIndexOf(')');
  const fields = stat.slice(end + 2).split(' ');
  const ticks = fields.slice(11, 15).reduce((sum, field) => sum + Number(field), 0);
  const name = stat.slice(stat.indexOf('(') + 1, end);
  return [{ pid, parent: Number(fields[1]), ticks, start: fields[19] ?? '', name }];
}
