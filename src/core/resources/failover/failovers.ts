import { FailoverRecord } from './record.ts';
import type { FailoverObservation } from './sightings.ts';
import { tell } from './story.ts';
import type { FailoverStory } from './story.ts';

/** Stories kept: the oldest that are over go first. */
const most = 50;

/**
 * Follows nodes that are lost, from what is seen of nodes and pods: a reducer, whose state follows from its
 * observations alone. While no node is lost, news of pods costs nothing.
 */
export class Failovers {
  /** Oldest first. */
  #records: FailoverRecord[] = [];

  /** Takes note of something; true: a story changed. */
  observe(observation: FailoverObservation): boolean {
    switch (observation.type) {
      case 'nodeLost':
        return this.#lose(observation);
      case 'nodeBack':
        return this.#return(observation.node, observation.at);
      case 'pod':
        return this.#each(observation.at, (record) =>
          record.see(observation.pod, observation.at, observation.isNew),
        );
      case 'podGone':
        return this.#each(observation.at, (record) => record.miss(observation.uid, observation.at));
    }
  }

  /** Newest first, as they stand at `now`. */
  stories(now: number): readonly FailoverStory[] {
    return this.#records.map((record) => tell(record, now)).toReversed();
  }

  /** The latest of a node; null: it was not lost while anybody looked. */
  story(node: string, now: number): FailoverStory | null {
    const record = this.#latest(node);
    return record === null ? null : tell(record, now);
  }

  #latest(node: string): FailoverRecord | null {
    return this.#records.findLast((record) => record.node === node) ?? null;
  }

  #lose(loss: Extract<FailoverObservation, { type: 'nodeLost' }>): boolean {
    const known = this.#latest(loss.node);
    if (known?.isOpen === true) return known.lose(loss);
    // Whoever was seen to be removed cannot be lost again before it is back.
    if (known !== null && known.removedAt !== null && known.backAt === null) return false;
    const record = new FailoverRecord(loss);
    // A node that joins is not ready at first either: without pods there is no story in that.
    if (loss.cause === 'notReady' && record.before.size === 0) return false;
    this.#records.push(record);
    if (this.#records.length > most) {
      const over = this.#records.findIndex((record) => !record.isOpen);
      this.#records.splice(Math.max(0, over), 1);
    }
    return true;
  }

  #return(node: string, at: number): boolean {
    const record = this.#latest(node);
    if (record === null || record.backAt !== null) return false;
    record.backAt = at;
    return true;
  }

  #each(at: number, note: (record: FailoverRecord) => boolean): boolean {
    let changed = false;
    for (const record of this.#records) if (record.concerns(at) && note(record)) changed = true;
    return changed;
  }
}

/** The latest story that observations in order of time tell; null: no node was lost. */
export function failoverStory(
  observations: Iterable<FailoverObservation>,
  now: number,
): FailoverStory | null {
  const failovers = new Failovers();
  for (const observation of observations) failovers.observe(observation);
  return failovers.stories(now)[0] ?? null;
}
