/** The rows of one place as trees: who owns whom, and what keeps a workload from being well. Kept up change by change. */
import type { StoreChange } from '../../../cluster/index.ts';
import type { Health, Owner } from '../../../core/index.ts';
import type { KindDescription } from '../kinds/description.ts';
import { healthOf, type ObjectRow, stateText } from '../rows/rows.ts';
import { orders } from './orders.ts';
import { Orphans } from './orphans.ts';
import { Siblings } from './siblings.ts';

export interface ForestOptions {
  /** null: a kind the tree does not show. */
  kind(key: string): KindDescription | null;
  /** Whether objects of the kind are (to be) listed: what an object of another kind owns stands by itself. */
  readable(key: string): boolean;
  /** Whether all objects of the kind are known at the moment: one that is not among them is not there. */
  complete(key: string): boolean;
  /** Health that the object itself does not tell (a node that fell silent); null: as it says. */
  judge?(row: ObjectRow): Health | null;
}

/** The pod that is worst off among a workload's. */
export interface Trouble {
  readonly pod: string;
  /** As `kubectl get pods` has it, and how it ended: `CrashLoopBackOff, exit 3`. */
  readonly text: string;
  readonly restarts: number;
  readonly health: 'failed' | 'warning';
}

/** Hears of every row that came (`former` null), changed, or went (`row` null). */
export type RowListener = (former: ObjectRow | null, row: ObjectRow | null) => void;

const nobody: readonly ObjectRow[] = [];

export class Forest {
  readonly #options: ForestOptions;
  readonly #rows = new Map<string, ObjectRow>();
  readonly #roots = new Map<string, Siblings>();
  readonly #owned = new Map<string, Siblings>();
  /** Nodes by name: pods know theirs by nothing else. */
  readonly #nodes = new Map<string, ObjectRow>();
  readonly #listeners = new Set<RowListener>();
  /** Where each row stands; which it is depends on what may be read. */
  readonly #homes = new Map<string, Siblings>();
  readonly #orphans = new Orphans();
  readonly #troubles = new Map<string, Trouble | null>();
  /** Top-level objects that are not well, and the kind they count for. */
  readonly #unwell = new Map<string, string>();
  readonly #unwellOf = new Map<string, number>();
  /** Those whose health has to be looked at again. */
  readonly #unsure = new Set<string>();

  constructor(options: ForestOptions) {
    this.#options = options;
  }

  /** What a store said that changed. */
  apply({ changed, removed }: StoreChange, rows: ReadonlyMap<string, ObjectRow>): void {
    for (const uid of removed) this.#remove(uid);
    for (const uid of changed) {
      const row = rows.get(uid);
      if (row === undefined) continue;
      this.#put(row);
      if (row.owner !== null && this.#isWithoutOwner(row)) this.#orphans.await(row.owner.uid);
    }
  }

  /** All rows of a kind: what is not among them is gone. */
  sync(key: string, rows: ReadonlyMap<string, ObjectRow>): void {
    for (const row of this.#rows.values()) if (row.of === key && !rows.has(row.uid)) this.#remove(row.uid);
    for (const row of rows.values()) if (this.#rows.get(row.uid) !== row) this.#put(row);
    for (const row of this.#rows.values()) {
      const { owner } = row;
      if (owner === null || (owner.kind !== key && row.of !== key)) continue;
      if (this.#isWithoutOwner(row) && !this.#orphans.isAwaited(owner.uid)) this.#leaveAlone(row, owner.uid);
    }
  }

  /** Whether owners are missed that `giveUp` decides on when some time has passed. */
  get areOwnersAwaited(): boolean {
    return this.#orphans.areAwaited;
  }

  /** What stands by itself from now on, since its owner was missed before this was called the last time. */
  giveUp(): readonly ObjectRow[] {
    const alone: ObjectRow[] = [];
    for (const owner of this.#orphans.giveUp()) {
      if (this.#rows.has(owner)) continue;
      for (const row of [...this.ownedInNoOrder(owner)]) {
        if (!this.#isWithoutOwner(row)) continue;
        this.#leaveAlone(row, owner);
        alone.push(row);
      }
    }
    return alone;
  }

  /** What may be read has changed: rows may stand elsewhere now. */
  regroup(): void {
    this.#troubles.clear();
    for (const row of this.#rows.values()) this.#house(row);
  }

  /** Something that is no part of the row bears on its health. */
  reconsider(uid: string): void {
    this.#touch(uid);
  }

  listen(listener: RowListener): void {
    this.#listeners.add(listener);
  }

  row(uid: string): ObjectRow | null {
    return this.#rows.get(uid) ?? null;
  }

  /** The node of this name. */
  node(name: string): ObjectRow | null {
    return this.#nodes.get(name) ?? null;
  }

  /** Objects of a kind that nothing else in the tree owns. */
  roots(key: string): readonly ObjectRow[] {
    return this.#roots.get(key)?.sorted() ?? nobody;
  }

  /** How many there are of them. */
  size(key: string): number {
    return this.#roots.get(key)?.size ?? 0;
  }

  /** All objects of a kind, whoever owns them, in no order. */
  *all(key: string): Iterable<ObjectRow> {
    for (const row of this.#rows.values()) if (row.of === key) yield row;
  }

  owned(uid: string): readonly ObjectRow[] {
    return this.#owned.get(uid)?.sorted() ?? nobody;
  }

  ownedInNoOrder(uid: string): Iterable<ObjectRow> {
    return this.#owned.get(uid)?.values() ?? nobody;
  }

  /** Number of objects owned directly. */
  count(uid: string): number {
    return this.#owned.get(uid)?.size ?? 0;
  }

  /** The row above in the tree; null: it stands by itself, or what owns it is not known (yet). */
  ownerOf(row: ObjectRow): ObjectRow | null {
    return row.owner === null || !this.#isNested(row) ? null : this.row(row.owner.uid);
  }

  /** What an object owns that is worth a row of its own, and the ReplicaSets of the past that are not. */
  children(row: ObjectRow): { readonly current: readonly ObjectRow[]; readonly older: readonly ObjectRow[] } {
    const past = (child: ObjectRow): boolean =>
      child.kind === 'ReplicaSet' &&
      child.status.counts.desired === 0 &&
      child.revision !== row.revision &&
      this.count(child.uid) === 0;
    const all = this.owned(row.uid);
    // Only ReplicaSets are ever put by, and a Deployment has few; a ReplicaSet has thousands of pods.
    if (!all.some(past)) return { current: all, older: nobody };
    return { current: all.filter((child) => !past(child)), older: all.filter(past) };
  }

  /** null also where an object has all it wants: an evicted pod that still lies about troubles nobody. */
  trouble(uid: string): Trouble | null {
    const known = this.#troubles.get(uid);
    if (known !== undefined) return known;
    const row = this.row(uid);
    const trouble = row === null || row.status.complete ? null : this.#worst(uid, null);
    this.#troubles.set(uid, trouble);
    return trouble;
  }

  /** How the object is, its pods considered: a Deployment that still "progresses" over crashing pods is not well. */
  health(row: ObjectRow): Health {
    const own = this.#options.judge?.(row) ?? healthOf(row);
    const trouble = this.trouble(row.uid);
    if (trouble === null || own === 'failed') return own;
    const { ready, desired } = row.status.counts;
    return trouble.health === 'failed' && ready < desired ? 'failed' : 'warning';
  }

  /** Number of top-level objects that are failed or in trouble; of one kind, or of all. */
  unhealthy(key?: string): number {
    const { size } = this.unwell;
    return key === undefined ? size : (this.#unwellOf.get(key) ?? 0);
  }

  /** Top-level objects that are failed or in trouble, by uid, and their kinds. */
  get unwell(): ReadonlyMap<string, string> {
    for (const uid of this.#unsure) this.#examine(uid);
    this.#unsure.clear();
    return this.#unwell;
  }

  #put(row: ObjectRow): void {
    const former = this.#rows.get(row.uid) ?? null;
    // Another owner, if it ever gets one: what stood above it is without it now.
    if (former !== null && former.owner?.uid !== row.owner?.uid) {
      this.#touch(row.uid);
      this.#vacate(former);
      if (former.owner !== null) this.#orphans.remove(former.owner.uid, row.uid);
    }
    this.#rows.set(row.uid, row);
    if (row.node !== null) this.#nodes.set(row.name, row);
    if (row.owner !== null && this.#orphans.isGone(row.owner.uid)) this.#leaveAlone(row, row.owner.uid);
    else this.#house(row);
    if (former === null) this.#takeIn(row.uid);
    for (const listener of this.#listeners) listener(former, row);
  }

  /** Puts a row where it belongs. */
  #house(row: ObjectRow): void {
    const home = this.#homeOf(row);
    if (this.#homes.get(row.uid) !== home) this.#vacate(row);
    this.#homes.set(row.uid, home);
    home.put(row);
    this.#touch(row.uid);
  }

  /** The last that goes leaves nothing behind: owners come and go for as long as somebody looks. */
  #vacate({ uid, owner }: ObjectRow): void {
    const home = this.#homes.get(uid);
    home?.remove(uid);
    this.#homes.delete(uid);
    if (home?.size === 0 && owner !== null && this.#owned.get(owner.uid) === home)
      this.#owned.delete(owner.uid);
  }

  /** What stood by itself while its owner was not there. */
  #takeIn(owner: string): void {
    for (const uid of this.#orphans.arrived(owner)) {
      const row = this.#rows.get(uid);
      if (row !== undefined) this.#house(row);
    }
  }

  #leaveAlone(row: ObjectRow, owner: string): void {
    this.#orphans.add(owner, row.uid);
    this.#house(row);
  }

  /** Whether it would stand below an owner that is not there though all of the owner's kind are known. */
  #isWithoutOwner(row: ObjectRow): boolean {
    const { owner } = row;
    if (owner === null || this.#rows.has(owner.uid) || !this.#belongsBelow(row, owner)) return false;
    return this.#options.complete(owner.kind) && this.#options.complete(row.of);
  }

  #remove(uid: string): void {
    const row = this.#rows.get(uid);
    if (row === undefined) return;
    this.#touch(uid);
    if (row.owner !== null) this.#orphans.remove(row.owner.uid, uid);
    if (this.count(uid) > 0) this.#orphans.await(uid);
    this.#rows.delete(uid);
    if (this.#nodes.get(row.name) === row) this.#nodes.delete(row.name);
    this.#vacate(row);
    this.#troubles.delete(uid);
    for (const listener of this.#listeners) listener(row, null);
  }

  #isNested(row: ObjectRow): boolean {
    return row.owner !== null && !this.#orphans.isGone(row.owner.uid) && this.#belongsBelow(row, row.owner);
  }

  /** Whether it stands below its owner, provided that is there. */
  #belongsBelow(row: ObjectRow, owner: Owner): boolean {
    if (this.#options.kind(row.of)?.below.includes(owner.kind) !== true) return false;
    return this.#options.kind(owner.kind) !== null && this.#options.readable(owner.kind);
  }

  #homeOf(row: ObjectRow): Siblings {
    const nested = row.owner !== null && this.#isNested(row);
    const [homes, key] = nested ? [this.#owned, row.owner.uid] : [this.#roots, row.of];
    let home = homes.get(key);
    if (home === undefined) {
      home = new Siblings(orders[this.#options.kind(row.of)?.order ?? 'name']);
      homes.set(key, home);
    }
    return home;
  }

  /** What is known of the trouble of a row, and of those above it, is to be found out anew. */
  #touch(uid: string): void {
    for (let at: string | null = uid; at !== null;) {
      this.#troubles.delete(at);
      const row: ObjectRow | null = this.row(at);
      const nested = row !== null && this.#isNested(row);
      this.#unsure.add(at);
      at = nested ? (row.owner?.uid ?? null) : null;
    }
  }

  #examine(uid: string): void {
    const row = this.row(uid);
    const kind = row === null ? null : this.#options.kind(row.of);
    const unwell =
      row !== null &&
      kind?.judged === true &&
      !this.#isNested(row) &&
      ['failed', 'warning'].includes(this.health(row));
    const former = this.#unwell.get(uid);
    if ((former !== undefined) === unwell) return;
    const key = former ?? row?.of ?? '';
    if (unwell) this.#unwell.set(uid, key);
    else this.#unwell.delete(uid);
    this.#unwellOf.set(key, (this.#unwellOf.get(key) ?? 0) + (unwell ? 1 : -1));
  }

  #worst(uid: string, found: Trouble | null): Trouble | null {
    let worst = found;
    for (const row of this.#owned.get(uid)?.values() ?? nobody) {
      worst = row.pod === null ? this.#worst(row.uid, worst) : worseOf(worst, row);
    }
    return worst;
  }
}

function worseOf(found: Trouble | null, { name, deleting, pod }: ObjectRow): Trouble | null {
  if (pod === null || deleting) return found;
  const { health, restarts } = pod.status;
  if (health !== 'failed' && health !== 'warning') return found;
  const worse =
    found === null ||
    (health === 'failed' && found.health === 'warning') ||
    (health === found.health && restarts > found.restarts);
  return worse ? { pod: name, text: stateText(pod.status), restarts, health } : found;
}
