import type { ObjectFacts } from '../workspace/facts.ts';
import { definitionsOf, selectorsOf } from './definition.ts';
import { isOwnName, isSameObject, type NameIndex, type Occurrence } from './references-index.ts';

/** Every place that means the same as a name: where it is defined, if at all, and where it is used. */
export function sameNames(index: NameIndex, name: Occurrence): readonly Occurrence[] {
  if (name.of === 'containerPort' || name.of === 'podPort') return new PortNames(index, name).places();
  return [...index.same(name)];
}

/** What refers to a name; `withDefinition`: and where it is defined. */
export function referencesTo(
  index: NameIndex,
  name: Occurrence,
  withDefinition: boolean,
): readonly Occurrence[] {
  if (name.of === 'selection' || name.of === 'labels') return definitionsOf(index, name);
  const uses = sameNames(index, name).filter(({ use }) => withDefinition || !use.defines);
  // What chooses its pods refers to a workload, though not by name.
  const owners = name.of === 'object' ? definitionsOf(index, name) : [];
  return [...uses, ...owners.flatMap(({ home }) => (home === null ? [] : selectorsOf(index, home)))];
}

/**
 * The names of a port of containers. Selectors tie them together: a Service that chooses two workloads needs the port
 * to be called the same in both, and each may be chosen by other Services.
 */
class PortNames {
  readonly #index: NameIndex;
  readonly #port: string;
  /** Objects that name it as a port of the pods they choose, and what makes those. */
  readonly #choosing = new Map<ObjectFacts, readonly ObjectFacts[]>();
  readonly #chosen = new Set<ObjectFacts>();
  readonly #owners = new Set<ObjectFacts>();

  constructor(index: NameIndex, { of, name, home, patch, object }: Occurrence) {
    this.#index = index;
    this.#port = name;
    for (const use of index.called(name)) {
      if (use.of === 'podPort' && use.home !== null)
        this.#choosing.set(use.home, this.#ownersChosenBy(use.home));
    }
    if (home === null) return;
    if (of === 'podPort') this.#join(home);
    else this.#owners.add(home);
    // Of a patch, what it patches.
    for (const one of patch ? index.called(object.name) : []) {
      if (one.home !== null && isOwnName(one.use) && isSameObject(one.object, object)) {
        this.#owners.add(one.home);
      }
    }
    this.#spread();
  }

  places(): readonly Occurrence[] {
    return [...this.#index.called(this.#port)].filter((one) => this.#means(one));
  }

  #means({ of, home, patch }: Occurrence): boolean {
    if (home === null) return false;
    if (of === 'podPort') return this.#chosen.has(home);
    if (of !== 'containerPort') return false;
    return this.#owners.has(home) || (patch && [...this.#owners].some((owner) => isCalledAs(home, owner)));
  }

  #spread(): void {
    for (let before = -1; before !== this.#owners.size;) {
      before = this.#owners.size;
      for (const [by, owners] of this.#choosing) {
        if (!this.#chosen.has(by) && owners.some((owner) => this.#owners.has(owner))) this.#join(by);
      }
    }
  }

  #join(by: ObjectFacts): void {
    this.#chosen.add(by);
    for (const owner of this.#choosing.get(by) ?? []) this.#owners.add(owner);
  }

  /** What makes the pods that an object chooses, where these have the port. */
  #ownersChosenBy(by: ObjectFacts): readonly ObjectFacts[] {
    return this.#index
      .podsChosenBy(by)
      .flatMap(({ home }) => (home !== null && this.#has(home) ? [home] : []));
  }

  #has({ localNames }: ObjectFacts): boolean {
    return localNames.some(
      ({ of, name, defines }) => of === 'containerPort' && defines && name === this.#port,
    );
  }
}

function isCalledAs(patch: ObjectFacts, owner: ObjectFacts): boolean {
  return patch.kind === owner.kind && patch.name === owner.name;
}
