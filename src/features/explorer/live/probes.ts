import type { ProbeFailure } from '../../../core/index.ts';
import type { Forest } from '../forest/forest.ts';
import type { ObjectRow } from '../rows/rows.ts';

/** A probe fails a few times before its pod counts as not ready. */
const beforeMs = 120_000;

/** Probes that fail, by their pods. */
export class Probes {
  readonly #forest: Forest;
  /** By the uid of the pod, then by that of the event. */
  readonly #failures = new Map<string, Map<string, ProbeFailure>>();
  readonly #waiting = new Set<string>();
  #wereWorthReading = false;

  constructor(forest: Forest) {
    this.#forest = forest;
    forest.listen((former, row) => {
      if (former?.probe != null) this.#forget(former.uid, former.probe);
      if (row?.probe != null) this.#note(row.uid, row.probe);
      if (former?.pod != null && (row === null || !mayFail(row))) this.#waiting.delete(former.uid);
      if (row?.pod != null && mayFail(row)) this.#waiting.add(row.uid);
    });
  }

  /** Whether there are pods whose probes may be failing. */
  get areWorthReading(): boolean {
    return this.#waiting.size > 0;
  }

  /** Whether that changed since it was asked last. */
  takeTurn(): boolean {
    const isTurned = this.areWorthReading !== this.#wereWorthReading;
    this.#wereWorthReading = this.areWorthReading;
    return isTurned;
  }

  /** Why a pod, or one container of it, is not ready; null: it is, or no probe says so. */
  of(pod: ObjectRow, container: string | null = null): ProbeFailure | null {
    const unready = pod.conditions.find(({ type, status }) => type === 'Ready' && status !== 'True');
    if (unready === undefined || pod.deleting) return null;
    let latest: ProbeFailure | null = null;
    for (const failure of this.#failures.get(pod.uid)?.values() ?? []) {
      if (container !== null && failure.container !== container) continue;
      // Of an earlier time, when it was not ready for another reason.
      if ((failure.lastSeen ?? 0) < (unready.since ?? 0) - beforeMs) continue;
      if ((failure.lastSeen ?? 0) >= (latest?.lastSeen ?? 0)) latest = failure;
    }
    return latest;
  }

  /** The same of the pods that belong to a workload. */
  below(workload: ObjectRow): ProbeFailure | null {
    // Every row is asked, and most own nothing.
    if (this.#forest.count(workload.uid) === 0) return null;
    for (const uid of this.#failures.keys()) {
      const pod = this.#forest.row(uid);
      if (pod === null || !this.#isBelow(pod, workload)) continue;
      const failure = this.of(pod);
      if (failure !== null) return failure;
    }
    return null;
  }

  #isBelow(row: ObjectRow, workload: ObjectRow): boolean {
    for (let above = this.#forest.ownerOf(row); above !== null; above = this.#forest.ownerOf(above))
      if (above.uid === workload.uid) return true;
    return false;
  }

  #note(uid: string, failure: ProbeFailure): void {
    const known = this.#failures.get(failure.pod);
    if (known === undefined) this.#failures.set(failure.pod, new Map([[uid, failure]]));
    else known.set(uid, failure);
  }

  #forget(uid: string, { pod }: ProbeFailure): void {
    const known = this.#failures.get(pod);
    known?.delete(uid);
    if (known?.size === 0) this.#failures.delete(pod);
  }
}

/** It runs, or ran, and is not ready: what has not started or has ended has no probes to fail. */
function mayFail({ pod, deleting, status }: ObjectRow): boolean {
  if (pod === null || pod.use === null || pod.node === null || deleting || status.counts.ready > 0)
    return false;
  return pod.status.text === 'Running' || pod.status.restarts > 0;
}
