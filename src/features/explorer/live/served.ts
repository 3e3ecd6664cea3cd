import type { ResourceIndex } from '../../../cluster/index.ts';
import type { CustomKindFacts } from '../../../core/index.ts';
import { ServedKinds } from '../kinds/custom.ts';
import type { KindDescription } from '../kinds/description.ts';
import type { LivePlace } from './place.ts';

const definitions = 'CustomResourceDefinition';

/** Which kinds the server serves: from its discovery, and from the definitions of custom resources that are seen. */
export class Served {
  readonly #cluster: Pick<LivePlace, 'forest' | 'state'>;
  readonly #described = new Map<string, KindDescription>();
  /** Custom kinds by the names of their definitions: those seen, and those that were and are no longer. */
  readonly #definedOnce = new Set<string>();
  readonly #undefined = new Set<string>();
  #index: ResourceIndex | null = null;
  #kinds = ServedKinds.unknown;

  constructor(cluster: Pick<LivePlace, 'forest' | 'state'>) {
    this.#cluster = cluster;
  }

  get kinds(): ServedKinds {
    return this.#kinds;
  }

  /** Whether the server ever said what it serves. */
  get isKnown(): boolean {
    return this.#index !== null;
  }

  /** Takes over what the server says it serves. */
  learn(index: ResourceIndex): void {
    this.#index = index;
    this.#describe();
  }

  /** Takes over definitions that came or went since the server was asked what it serves. */
  redefine(): { readonly isGone: boolean; readonly unknown: CustomKindFacts | null } {
    const rows = this.#cluster.forest.roots(definitions);
    const defined = new Set(rows.map(({ name }) => name));
    const isLive = this.#cluster.state(definitions).phase === 'live';
    const known = this.#kinds.customIn(null).map(({ key }) => key);
    const gone = isLive ? known.filter((key) => this.#definedOnce.has(key) && !defined.has(key)) : [];
    const unknown = rows.find(({ name, defines }) => defines !== null && !known.includes(name));
    for (const name of defined) this.#definedOnce.add(name);
    for (const key of gone) this.#undefined.add(key);
    for (const name of defined) this.#undefined.delete(name);
    this.#describe();
    return { isGone: gone.length > 0, unknown: unknown?.defines ?? null };
  }

  #describe(): void {
    const rows = this.#cluster.forest.roots(definitions);
    const columns = new Map(rows.map(({ name, defines }) => [name, defines?.columns ?? []]));
    this.#kinds = new ServedKinds(this.#index, this.#described, { gone: this.#undefined, columns });
  }
}
