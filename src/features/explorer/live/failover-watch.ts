import {
  Failovers,
  type FailoverStory,
  formatMessage,
  type LossCause,
  type PodSighting,
} from '../../../core/index.ts';
import { ownerKey } from '../forest/buckets.ts';
import type { ObjectRow } from '../rows/rows.ts';
import type { Heartbeats } from './heartbeats.ts';
import type { LivePlace } from './place.ts';

/** Sees nodes get lost and come back, and what becomes of their pods: one story for each loss. */
export class FailoverWatch {
  readonly #place: LivePlace;
  readonly #heartbeats: Heartbeats;
  readonly #now: () => number;
  readonly #failovers = new Failovers();
  /** What was noticed of each node that is lost at the moment. */
  readonly #lost = new Map<string, Set<LossCause>>();
  /** News of ten thousand pods are passed on only while there is a story they may belong to. */
  #hasStories = false;

  /** `now`: milliseconds since 1970. */
  constructor(place: LivePlace, heartbeats: Heartbeats, now: () => number) {
    this.#place = place;
    this.#heartbeats = heartbeats;
    this.#now = now;
    place.forest.listen((former, row) => this.#see(former, row));
  }

  /** The latest of a node; null: it was not lost while anybody looked. */
  story(node: string): FailoverStory | null {
    return this.#failovers.story(node, this.#now());
  }

  /** Time has passed: a node may have fallen silent. Only while nodes and pods are known to be as they seem. */
  judge(node: ObjectRow): void {
    if (this.#place.state('Node').phase !== 'live' || this.#place.state('Pod').phase !== 'live') return;
    const causes = this.#causesOf(node);
    if (causes.length === 0) this.#back(node);
    for (const cause of causes) if (this.#lost.get(node.name)?.has(cause) !== true) this.#lose(node, cause);
  }

  #see(former: ObjectRow | null, row: ObjectRow | null): void {
    const at = this.#now();
    if (former?.node != null && row === null) {
      if (this.#place.watches('Node')) this.#lose(former, 'removed');
    } else if (row?.node != null) this.judge(row);
    else if (!this.#hasStories) return;
    else if (row?.pod != null) this.#observePod(row, at, former === null);
    else if (former?.pod != null) this.#failovers.observe({ type: 'podGone', at, uid: former.uid });
  }

  /** The cluster declares a silent node not ready some time later: both belong to the story. */
  #causesOf(row: ObjectRow): readonly LossCause[] {
    const silent = this.#heartbeats.of(row)?.late === true;
    return [
      ...(silent ? ['silent' as const] : []),
      ...(row.node?.ready === 'True' ? [] : ['notReady' as const]),
    ];
  }

  #lose(row: ObjectRow, cause: LossCause): void {
    this.#lost.set(row.name, (this.#lost.get(row.name) ?? new Set()).add(cause));
    this.#hasStories = true;
    const at = this.#now();
    const heartbeat = this.#heartbeats.of(row);
    const pods = [...(this.#place.podsBy('node').get(row.name)?.values() ?? [])];
    const reason = row.summary?.reason ?? null;
    // A node that says itself that it is not ready goes on beating; one that nobody hears of may have no Lease.
    const since = row.node?.ready === 'True' ? null : (row.node?.readySince ?? null);
    const beat = heartbeat === null ? null : at - heartbeat.age;
    this.#failovers.observe({
      type: 'nodeLost',
      at,
      node: row.name,
      cause,
      lastBeat: cause === 'notReady' ? (since ?? beat) : (beat ?? since),
      leaseDuration: heartbeat?.duration ?? null,
      reason: reason === null ? null : formatMessage(reason),
      pods: pods.map(sightingOf),
      siblings: this.#siblingsOf(pods),
    });
  }

  #observePod(row: ObjectRow, at: number, isNew: boolean): void {
    this.#failovers.observe({ type: 'pod', at, pod: sightingOf(row), isNew });
  }

  /** Pods of the same owners elsewhere. */
  *#siblingsOf(pods: readonly ObjectRow[]): Iterable<PodSighting> {
    // Of their own owners nothing is read here: pods are known by what they say of them.
    const byOwner = this.#place.podsBy('owner');
    for (const key of new Set(pods.filter(({ owner }) => owner !== null).map(ownerKey)))
      for (const row of byOwner.get(key)?.values() ?? []) yield sightingOf(row);
  }

  #back({ name }: ObjectRow): void {
    if (!this.#lost.delete(name)) return;
    this.#failovers.observe({ type: 'nodeBack', at: this.#now(), node: name });
  }
}

function sightingOf(row: ObjectRow): PodSighting {
  const { uid, namespace, name, owner, deleting, createdAt, status, conditions, pod } = row;
  const scheduled = conditions.find(({ type }) => type === 'PodScheduled');
  const waits = scheduled?.status === 'False' && scheduled.reason === 'Unschedulable';
  return {
    uid,
    namespace,
    name,
    node: pod?.node ?? null,
    owner,
    text: pod?.status.text ?? '',
    ready: status.counts.ready > 0,
    deleting,
    ended: status.failed ? 'failed' : pod?.use === null ? 'succeeded' : null,
    unschedulable: waits ? scheduled.message : null,
    createdAt,
    toleratesFor: pod?.toleratesFor ?? null,
  };
}
