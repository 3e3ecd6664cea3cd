import type { Forest } from '../forest/forest.ts';
import type { LeaseFacts } from '../rows/nodes.ts';
import type { ObjectRow } from '../rows/rows.ts';

export interface NodeHeartbeat {
  /** Milliseconds since the node renewed its Lease. */
  readonly age: number;
  /** How long a renewal is good for. */
  readonly duration: number;
  /** It has missed its time. */
  readonly late: boolean;
}

/** Kubelets renew their Lease every quarter of its length. */
const renewals = 4;

/**
 * When each node was last heard of. By this computer's clock where the renewal was seen as it happened: the nodes'
 * clocks may differ from it, and a node must not seem silent, or alive, for that.
 */
export class Heartbeats {
  readonly #leases = new Map<string, LeaseFacts>();
  readonly #seen = new Map<string, number>();
  readonly #now: () => number;
  /** Since when renewals are seen as they happen; null: they are not. */
  #since: number | null = null;

  constructor(forest: Forest, now: () => number) {
    this.#now = now;
    forest.listen((former, row) => {
      const name = (row ?? former)?.name ?? '';
      if (former?.lease != null && row === null) this.#leases.delete(name);
      if (row?.lease == null) return;
      const renewed = former?.lease?.renewedAt !== row.lease.renewedAt;
      this.#leases.set(name, row.lease);
      if (former !== null && renewed && this.#since !== null) this.#seen.set(name, now());
    });
  }

  /** Says whether Leases are watched at the moment. */
  watching(live: boolean): void {
    if (live === (this.#since !== null)) return;
    this.#seen.clear();
    this.#since = live ? this.#now() : null;
  }

  /** null: not known. */
  of(node: ObjectRow): NodeHeartbeat | null {
    const lease = this.#leases.get(node.name);
    const seen = this.#seen.get(node.name);
    const at = seen ?? lease?.renewedAt ?? null;
    if (lease === undefined || at === null || this.#since === null) return null;
    const now = this.#now();
    const age = Math.max(0, now - at);
    const missed = age > lease.durationMs;
    // By the node's own clock alone a living one may seem late: it gets the time to renew once.
    const sure = seen !== undefined || node.node?.ready !== 'True' || this.#patience(lease) <= now;
    return { age, duration: lease.durationMs, late: missed && sure };
  }

  /** When the next node that is in time now will have missed its time; null: none can. */
  nextDeadline(): number | null {
    if (this.#since === null) return null;
    const now = this.#now();
    let next = Infinity;
    for (const [name, lease] of this.#leases) {
      const at = this.#seen.get(name) ?? lease.renewedAt;
      if (at === null) continue;
      const deadline = at + lease.durationMs;
      const sure = this.#seen.has(name) ? deadline : Math.max(deadline, this.#patience(lease));
      if (sure >= now && sure < next) next = sure;
    }
    return next === Infinity ? null : next;
  }

  #patience({ durationMs }: LeaseFacts): number {
    return (this.#since ?? 0) + durationMs / renewals;
  }
}
