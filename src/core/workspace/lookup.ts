import type { TextRange } from '../finding.ts';
import type { EditorRange } from '../protocol.ts';
import type { LabelSelector, ObjectFacts } from './facts.ts';
import { selects } from './facts.ts';
import type { Knowledge } from './knowledge.ts';

/** An object somewhere in the workspace. */
export interface Located {
  readonly uri: string;
  readonly document: number;
  readonly facts: ObjectFacts;
  /** Position in its file of a range of its document. */
  at(range: TextRange): EditorRange;
}

/** Objects that have something in common, and how often they have changed. */
export interface Shelf {
  readonly version: number;
  readonly objects: Iterable<Located>;
}

/** Names of the shelves that objects stand on. */
export const shelf = {
  all: 'all',
  /** What is known of files as a whole. */
  files: 'files',
  pods: 'pods',
  kind: (kind: string) => `kind ${kind}`,
  named: (kind: string, name: string) => `named ${kind}/${name}`,
  /** What refers to an object. */
  naming: (kind: string, name: string) => `naming ${kind}/${name}`,
  labelled: (key: string, value: string) => `pods ${key}=${value}`,
  labelledAny: (key: string) => `pods ${key}`,
  /** Custom objects in which a word stands. */
  mentioning: (word: string) => `mentioning ${word}`,
};

/** Null: of any kind. */
const podKinds = [
  null,
  'Deployment',
  'StatefulSet',
  'DaemonSet',
  'ReplicaSet',
  'Job',
  'CronJob',
  'Pod',
  'Rollout',
];

/** The questions one may ask of a workspace. */
export abstract class Lookup {
  protected abstract shelf(name: string): Shelf;
  protected abstract knowledge(): Knowledge;

  /** Every file was read, and nothing is fetched from elsewhere that an object could name: what is not found is not there. */
  isComplete({ uri }: Located, namespace: string | null): boolean {
    const knowledge = this.knowledge();
    return knowledge.complete && !knowledge.mayFetch(uri, namespace);
  }

  objects(): Iterable<Located> {
    return this.shelf(shelf.all).objects;
  }

  /** Objects of a kind and name that may be the one meant from a namespace; null stands for any. */
  find(kind: string, name: string, namespace: string | null): readonly Located[] {
    return this.#at(shelf.named(kind, name), namespace);
  }

  /** The first of these that passes: there may be thousands that are called the same. */
  findFirst(
    kind: string,
    name: string,
    namespace: string | null,
    passes: (located: Located) => boolean,
  ): Located | null {
    for (const located of this.shelf(shelf.named(kind, name)).objects) {
      if (sameNamespace(located.facts.namespace, namespace) && passes(located)) return located;
    }
    return null;
  }

  ofKind(kind: string, namespace: string | null = null): readonly Located[] {
    return this.#at(shelf.kind(kind), namespace);
  }

  /** Objects that name this one from a namespace. */
  naming(kind: string, name: string, namespace: string | null): readonly Located[] {
    return this.#at(shelf.naming(kind, name), namespace);
  }

  /** Objects whose pods a selector chooses from a namespace. */
  podsSelected(selector: LabelSelector, namespace: string | null): readonly Located[] {
    return this.#at(this.#narrowest(selector), namespace).filter(
      ({ facts }) => facts.pod !== null && selects(selector, facts.pod.labels),
    );
  }

  /** Objects whose pods have a label of this key. */
  podsLabelled(key: string, namespace: string | null): readonly Located[] {
    return this.#at(shelf.labelledAny(key), namespace);
  }

  /** Everything that makes pods. */
  pods(namespace: string | null): readonly Located[] {
    return this.#at(shelf.pods, namespace);
  }

  /** Whether a custom object says a word: it may make something that is called so. */
  isMentioned(word: string): boolean {
    for (const located of this.shelf(shelf.mentioning(word)).objects) return located !== undefined;
    return false;
  }

  /**
   * Whether an object that another one names, and that is not found, may be there nevertheless: fetched, generated,
   * templated, renamed or made by another.
   */
  mayExist(kind: string, name: string, namespace: string | null, here: Located): boolean {
    const knowledge = this.knowledge();
    if (!this.isComplete(here, namespace) || knowledge.mayHold(kind, name) || this.isMentioned(name))
      return true;
    if (this.find(kind, '', namespace).length > 0) return true;
    return knowledge.plainNames(name).some((plain) => this.find(kind, plain, null).length > 0);
  }

  /** Whether templates may make pods nobody can see yet. */
  get mayMakePods(): boolean {
    const { kinds } = this.knowledge();
    return podKinds.some((kind) => kinds.has(kind));
  }

  /** Keys that generators give a ConfigMap or Secret; null where it cannot be known. */
  generatedKeys(kind: string, name: string): readonly string[] | null {
    return this.knowledge().keysOf(kind, name);
  }

  /** Whether an object may look different once patches have changed it. */
  mayDiffer({ facts }: Located): boolean {
    return this.knowledge().mayChange(facts.kind, facts.name);
  }

  /** Whether labels of this key are put on objects beside their own. */
  isAddedLabel(key: string): boolean {
    return this.knowledge().labels.has(key);
  }

  #at(name: string, namespace: string | null): readonly Located[] {
    const found: Located[] = [];
    for (const located of this.shelf(name).objects) {
      if (sameNamespace(located.facts.namespace, namespace)) found.push(located);
    }
    return found;
  }

  /** Where to look for what a selector chooses: at what has one of its labels, if it names any. */
  #narrowest({ matchLabels, matchExpressions }: LabelSelector): string {
    const [label] = Object.entries(matchLabels);
    if (label !== undefined) return shelf.labelled(...label);
    const needed = matchExpressions.find(({ operator }) => operator === 'In' || operator === 'Exists');
    return needed === undefined ? shelf.pods : shelf.labelledAny(needed.key);
  }
}

/** A namespace that is not written may be any: the one the file is deployed to. */
function sameNamespace(a: string | null, b: string | null): boolean {
  return a === b || a === null || b === null || a === '' || b === '';
}
