import type { FailoverObservation, LossCause, PodSighting } from './sightings.ts';

/** A pod that was on the node, as it was seen last. */
export interface LostPod {
  pod: PodSighting;
  /** Its deletion was asked for, usually by eviction, or it was given up. */
  deletingAt: number | null;
  goneAt: number | null;
}

/** A pod made after the loss, by an owner that lost one. What becomes of it once it was ready is another story. */
export interface NewPod {
  pod: PodSighting;
  readonly seenAt: number;
  readyAt: number | null;
}

type Lost = Extract<FailoverObservation, { type: 'nodeLost' }>;

/** Clocks of one cluster differ by this much at most, in milliseconds. */
const clusterSkew = 2_000;
/** A person's clock differs from the cluster's by this much at most: what is seen to come is no older. */
const personalSkew = 15 * 60_000;
/** How long after its end a loss still moves pods: evictions under way, replacements that start. */
const aftermath = 15 * 60_000;

/** All that was seen of one loss of one node. */
export class FailoverRecord {
  readonly node: string;
  readonly noticedAt: number;
  lastBeat: number | null;
  leaseDuration: number | null;
  readonly before = new Map<string, LostPod>();
  readonly after = new Map<string, NewPod>();
  /** More of them than were lost: one stands in when another goes before it was ready, and may have come before that. */
  readonly #spare = new Map<string, NewPod>();
  /** How many pods each owner lost: it makes no more than that anew. */
  readonly #owners = new Map<string, number>();
  cause: LossCause;
  reason: string | null;
  /** When the cluster itself declared the node not ready; null: not yet. */
  declaredAt: number | null;
  removedAt: number | null;
  backAt: number | null = null;

  constructor(loss: Lost) {
    this.node = loss.node;
    this.noticedAt = loss.at;
    this.lastBeat = loss.lastBeat;
    this.leaseDuration = loss.leaseDuration;
    this.cause = loss.cause;
    this.reason = loss.reason;
    this.declaredAt = loss.cause === 'notReady' ? loss.at : null;
    this.removedAt = loss.cause === 'removed' ? loss.at : null;
    for (const pod of loss.pods) {
      if (pod.ended !== null) continue;
      this.before.set(pod.uid, { pod, deletingAt: pod.deleting ? loss.at : null, goneAt: null });
      if (pod.owner !== null) this.#owners.set(pod.owner.uid, (this.#owners.get(pod.owner.uid) ?? 0) + 1);
    }
    for (const pod of loss.siblings ?? []) if (!this.before.has(pod.uid)) this.see(pod, loss.at);
  }

  /** The node is neither back nor gone for good. */
  get isOpen(): boolean {
    return this.backAt === null && this.removedAt === null;
  }

  /** Whether what is seen at a time may still belong to it. */
  concerns(at: number): boolean {
    const endedAt = this.backAt ?? this.removedAt;
    return endedAt === null || at - endedAt < aftermath;
  }

  /** When it was last heard of, as far as anybody knows. */
  get lostAt(): number {
    return this.lastBeat ?? this.noticedAt;
  }

  /** More news of the same loss; false: there is none in it. */
  lose({ at, cause, reason, lastBeat, leaseDuration }: Lost): boolean {
    if (cause === 'removed' && this.removedAt === null) this.removedAt = at;
    else if (cause === 'notReady' && this.declaredAt === null) this.declaredAt = at;
    else if (cause === 'silent' && this.cause === 'notReady' && this.isOpen) {
      // Its Lease was read after its status.
      this.cause = 'silent';
      this.lastBeat = lastBeat ?? this.lastBeat;
      this.leaseDuration = leaseDuration;
    } else return false;
    this.reason ??= reason;
    return true;
  }

  /** False: it has nothing to do with this loss. */
  see(pod: PodSighting, at: number, isNew?: boolean): boolean {
    const lost = this.before.get(pod.uid);
    if (lost !== undefined) {
      lost.pod = pod;
      if (pod.deleting || pod.ended === 'failed') lost.deletingAt ??= at;
      return true;
    }
    const known = this.after.get(pod.uid) ?? this.#spare.get(pod.uid);
    if (known === undefined && !this.#isReplacement(pod, isNew)) return false;
    if (known != null && known.readyAt !== null) return false;
    const entry = known ?? { pod, seenAt: at, readyAt: null };
    entry.pod = pod;
    if (pod.ready) entry.readyAt ??= at;
    const isCounted = known === undefined ? this.#isWanting(pod.owner?.uid) : this.after.has(pod.uid);
    (isCounted ? this.after : this.#spare).set(pod.uid, entry);
    return isCounted;
  }

  #isReplacement({ owner, node, createdAt }: PodSighting, isNew?: boolean): boolean {
    if (isNew === false) return false;
    if (owner === null || !this.#owners.has(owner.uid)) return false;
    if (owner.kind === 'DaemonSet' || owner.kind === 'Node') return false;
    // Nothing new is put on a node that was declared lost: one that is there tells of its return before the node does.
    const isBack = this.backAt !== null || (isNew === true && this.declaredAt !== null);
    if (node === this.node && !isBack) return false;
    return createdAt === null || createdAt >= this.lostAt - (isNew === true ? personalSkew : clusterSkew);
  }

  /** Whether fewer were made anew than were lost. */
  #isWanting(owner: string | undefined): boolean {
    let made = 0;
    for (const { pod } of this.after.values()) if (pod.owner?.uid === owner) made++;
    return owner !== undefined && made < (this.#owners.get(owner) ?? 0);
  }

  miss(uid: string, at: number): boolean {
    const lost = this.before.get(uid);
    if (lost !== undefined) lost.goneAt ??= at;
    this.#spare.delete(uid);
    const gone = this.after.get(uid);
    if (gone === undefined || gone.readyAt !== null) return lost !== undefined;
    this.after.delete(uid);
    const owner = gone.pod.owner?.uid;
    const next = [...this.#spare.values()].find(({ pod }) => pod.owner?.uid === owner);
    if (next !== undefined && this.#isWanting(owner)) {
      this.#spare.delete(next.pod.uid);
      this.after.set(next.pod.uid, next);
    }
    return true;
  }
}
