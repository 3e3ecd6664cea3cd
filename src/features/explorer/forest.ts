/** One namespace's rows as trees: who owns whom, and what keeps a workload from being well. */
import type { Health } from '../../core/index.ts';
import { kindOf, kinds } from './kinds.ts';
import { type ObjectRow, stateText } from './rows.ts';

export interface NamespaceSnapshot {
  rows(kind: string): ReadonlyMap<string, ObjectRow>;
  /** False when the kind's rows cannot be read at all: what such an object owns then stands by itself. */
  readable(kind: string): boolean;
}

/** The pod that is worst off among a workload's. */
export interface Trouble {
  readonly pod: string;
  /** As `kubectl get pods` has it, and how it ended: `CrashLoopBackOff, exit 3`. */
  readonly text: string;
  readonly restarts: number;
  readonly health: 'failed' | 'warning';
}

const { compare } = new Intl.Collator('en', { numeric: true });

/** Newest revision first, else by name, numbers in it read as numbers. */
function inOrder(one: ObjectRow, other: ObjectRow): number {
  const revisions = Number(other.revision ?? 0) - Number(one.revision ?? 0);
  return one.kind === 'ReplicaSet' && revisions !== 0 ? revisions : compare(one.name, other.name);
}

/** Immutable once built; a change of the rows makes a new one. */
export class Forest {
  readonly #rows = new Map<string, ObjectRow>();
  readonly #roots = new Map<string, ObjectRow[]>();
  readonly #owned = new Map<string, ObjectRow[]>();
  readonly #troubles = new Map<string, Trouble | null>();
  /** Siblings that were asked for in order: most never are, and sorting ten thousand pods takes a while. */
  readonly #sorted = new Set<ObjectRow[]>();

  constructor(snapshot: NamespaceSnapshot) {
    for (const { kind } of kinds) {
      const roots: ObjectRow[] = [];
      this.#roots.set(kind, roots);
      for (const row of snapshot.rows(kind).values()) {
        this.#rows.set(row.uid, row);
        const owner = row.owner;
        if (owner === null || kindOf(owner.kind) === null || !snapshot.readable(owner.kind)) roots.push(row);
        else {
          const siblings = this.#owned.get(owner.uid);
          if (siblings === undefined) this.#owned.set(owner.uid, [row]);
          else siblings.push(row);
        }
      }
    }
  }

  row(uid: string): ObjectRow | null {
    return this.#rows.get(uid) ?? null;
  }

  /** Objects of a kind that nothing else in the tree owns. */
  roots(kind: string): readonly ObjectRow[] {
    return this.#inOrder(this.#roots.get(kind));
  }

  owned(uid: string): readonly ObjectRow[] {
    return this.#inOrder(this.#owned.get(uid));
  }

  /** Number of objects owned directly. */
  count(uid: string): number {
    return this.#owned.get(uid)?.length ?? 0;
  }

  /** Pods an object owns, directly or through others, in no order. */
  pods(uid: string): readonly ObjectRow[] {
    const owned = this.#owned.get(uid) ?? [];
    return owned.flatMap((row) => (row.kind === 'Pod' ? [row] : this.pods(row.uid)));
  }

  /** What an object owns that is worth a row of its own, and the ReplicaSets of the past that are not. */
  children(row: ObjectRow): { readonly current: readonly ObjectRow[]; readonly older: readonly ObjectRow[] } {
    const past = (child: ObjectRow): boolean =>
      child.kind === 'ReplicaSet' &&
      child.status.counts.desired === 0 &&
      child.revision !== row.revision &&
      this.count(child.uid) === 0;
    const all = this.owned(row.uid);
    return { current: all.filter((child) => !past(child)), older: all.filter(past) };
  }

  /** null also where an object has all it wants: an evicted pod that still lies about troubles nobody. */
  trouble(uid: string): Trouble | null {
    const known = this.#troubles.get(uid);
    if (known !== undefined) return known;
    const trouble = this.row(uid)?.status.complete === true ? null : worst(this.pods(uid));
    this.#troubles.set(uid, trouble);
    return trouble;
  }

  /** How the object is, its pods considered: a Deployment that still "progresses" over crashing pods is not well. */
  health(row: ObjectRow): Health {
    const trouble = this.trouble(row.uid);
    if (trouble === null || row.status.health === 'failed') return row.status.health;
    const { ready, desired } = row.status.counts;
    return trouble.health === 'failed' && ready < desired ? 'failed' : 'warning';
  }

  /** Number of top-level objects that are failed or in trouble. */
  unhealthy(): number {
    let count = 0;
    for (const roots of this.#roots.values()) {
      for (const row of roots) {
        const health = this.health(row);
        if (health === 'failed' || health === 'warning') count++;
      }
    }
    return count;
  }

  #inOrder(rows: ObjectRow[] | undefined): readonly ObjectRow[] {
    if (rows === undefined) return [];
    if (!this.#sorted.has(rows)) this.#sorted.add(rows.sort(inOrder));
    return rows;
  }
}

function worst(pods: readonly ObjectRow[]): Trouble | null {
  let found: Trouble | null = null;
  for (const { name, deleting, pod } of pods) {
    if (pod === null || deleting) continue;
    const { health, restarts } = pod.status;
    if (health !== 'failed' && health !== 'warning') continue;
    const worse =
      found === null ||
      (health === 'failed' && found.health === 'warning') ||
      (health === found.health && restarts > found.restarts);
    if (worse) found = { pod: name, text: stateText(pod.status), restarts, health };
  }
  return found;
}
