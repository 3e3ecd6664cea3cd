import { ownerKey } from '../forest/buckets.ts';
import type { Forest } from '../forest/forest.ts';
import { healthOf, type ObjectRow } from '../rows/rows.ts';

/** What a pod says of its owner. One that ended in failure says nothing once another does well in its place. */
type Word = 'well' | 'unwell' | 'ended' | null;

interface Tally {
  well: number;
  unwell: number;
  ended: number;
}

/**
 * How many workloads of each namespace are not well, as far as pods alone tell: those of a Deployment count as one,
 * as they do where somebody looks into the namespace. Kept up change by change.
 */
export class Troubles {
  readonly #tallies = new Map<string, Tally>();
  readonly #unhealthy = new Map<string, number>();
  #changed = new Set<string>();

  constructor(forest: Forest) {
    forest.listen((former, row) => {
      if ((row ?? former)?.pod == null) return;
      const before = former === null ? null : wordOf(former);
      const after = row === null ? null : wordOf(row);
      if (before === after && former !== null && row !== null && ownerKey(former) === ownerKey(row)) return;
      if (former !== null) this.#count(former, before, -1);
      if (row !== null) this.#count(row, after, 1);
    });
  }

  of(namespace: string): number {
    return this.#unhealthy.get(namespace) ?? 0;
  }

  /** Those where something is not well. */
  namespaces(): Iterable<string> {
    return this.#unhealthy.keys();
  }

  /** Namespaces whose number changed since this was asked last. */
  takeChanged(): ReadonlySet<string> {
    const changed = this.#changed;
    this.#changed = new Set();
    return changed;
  }

  #count(row: ObjectRow, word: Word, difference: number): void {
    if (word === null) return;
    if (row.owner === null) {
      if (word !== 'well') this.#add(row.namespace, difference);
      return;
    }
    const key = ownerKey(row);
    const tally = this.#tallies.get(key) ?? { well: 0, unwell: 0, ended: 0 };
    const before = isUnwell(tally);
    tally[word] += difference;
    if (tally.well + tally.unwell + tally.ended > 0) this.#tallies.set(key, tally);
    else this.#tallies.delete(key);
    const after = isUnwell(tally);
    if (before !== after) this.#add(row.namespace, after ? 1 : -1);
  }

  #add(namespace: string, difference: number): void {
    const count = this.of(namespace) + difference;
    if (count === 0) this.#unhealthy.delete(namespace);
    else this.#unhealthy.set(namespace, count);
    this.#changed.add(namespace);
  }
}

function isUnwell({ well, unwell, ended }: Tally): boolean {
  return unwell > 0 || (ended > 0 && well === 0);
}

function wordOf(row: ObjectRow): Word {
  if (row.deleting) return null;
  switch (healthOf(row)) {
    case 'healthy':
    case 'idle':
      return 'well';
    case 'warning':
    case 'failed':
      return row.status.failed ? 'ended' : 'unwell';
    default:
      return null;
  }
}
