/**
 * Owners that are not there, and what stands by itself for that. An owner that went takes what it owns with it, and one
 * that comes is often heard of after it: for a moment nothing moves.
 */
export class Orphans {
  /** What stands by itself, by the uid of its owner: that one is gone for good, or was never there. */
  readonly #alone = new Map<string, Set<string>>();
  /** Owners missed for a moment, and those missed for longer. */
  #missed = new Set<string>();
  #missedLong = new Set<string>();

  /** Whether some are still waited for. */
  get areAwaited(): boolean {
    return this.#missed.size + this.#missedLong.size > 0;
  }

  isGone(owner: string): boolean {
    return this.#alone.has(owner);
  }

  isAwaited(owner: string): boolean {
    return this.#missed.has(owner) || this.#missedLong.has(owner);
  }

  /** The owner is missed from now on. */
  await(owner: string): void {
    if (!this.isGone(owner) && !this.#missedLong.has(owner)) this.#missed.add(owner);
  }

  /** The owner is there: what stood by itself without it. */
  arrived(owner: string): Iterable<string> {
    this.#missed.delete(owner);
    this.#missedLong.delete(owner);
    const children = this.#alone.get(owner) ?? [];
    this.#alone.delete(owner);
    return children;
  }

  /** Stands by itself from now on. */
  add(owner: string, child: string): void {
    const known = this.#alone.get(owner);
    if (known === undefined) this.#alone.set(owner, new Set([child]));
    else known.add(child);
  }

  remove(owner: string, child: string): void {
    const known = this.#alone.get(owner);
    known?.delete(child);
    if (known?.size === 0) this.#alone.delete(owner);
  }

  /** Some time has passed: those that were missed then already are waited for no longer. */
  giveUp(): ReadonlySet<string> {
    const given = this.#missedLong;
    this.#missedLong = this.#missed;
    this.#missed = new Set();
    return given;
  }
}
