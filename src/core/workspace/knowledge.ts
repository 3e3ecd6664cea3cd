import type { Hints } from './hints.ts';
import { namePattern } from './name-pattern.ts';
import type { NamePattern } from './name-pattern.ts';
import { Trees } from './trees.ts';

/** What files say together about objects they do not hold. */
export class Knowledge {
  /** Every file was read. */
  readonly complete: boolean;
  readonly labels: ReadonlySet<string>;
  /** Kinds of which there may be more. */
  readonly kinds: ReadonlySet<string | null>;
  readonly #possible: Patterns<readonly string[] | null>;
  readonly #changed: Patterns<true>;
  readonly #affixes: Hints['affixes'];
  readonly #trees: Trees;

  /** `described`: what kustomizations say, by their path. */
  constructor(complete: boolean, own: readonly Hints[], described: ReadonlyMap<string, Hints> = new Map()) {
    const hints = [...own, ...described.values()];
    this.complete = complete;
    this.#trees = new Trees(described);
    this.labels = new Set(hints.flatMap(({ labels }) => labels));
    this.kinds = new Set(hints.flatMap(({ possible }) => possible.map(({ kind }) => kind)));
    this.#affixes = hints.flatMap(({ affixes }) => affixes);
    this.#possible = new Patterns(
      hints.flatMap(({ possible }) => possible.map(({ kind, name, keys }) => ({ kind, name, value: keys }))),
    );
    this.#changed = new Patterns(
      hints.flatMap(({ changed }) =>
        changed.map(({ kind, name }) => ({ kind, name: name ?? '.*', value: true as const })),
      ),
    );
  }

  /** Whether what is named in a file, and looked for in a namespace, may be fetched from elsewhere. */
  mayFetch(uri: string, namespace: string | null): boolean {
    return this.#trees.mayFetch(uri, namespace);
  }

  mayHold(kind: string, name: string): boolean {
    return this.#possible.matching(kind, name).length > 0;
  }

  mayChange(kind: string, name: string): boolean {
    return this.#changed.matching(kind, name).length > 0;
  }

  keysOf(kind: string, name: string): readonly string[] | null {
    const found = this.#possible.matching(kind, name);
    return found.some((keys) => keys === null) ? null : found.flatMap((keys) => keys ?? []);
  }

  /** What a name may be without the prefixes and suffixes that kustomizations add. */
  plainNames(name: string): readonly string[] {
    return this.#affixes.flatMap(({ prefix, suffix }) =>
      name.startsWith(prefix) && name.endsWith(suffix) && name.length > prefix.length + suffix.length
        ? [name.slice(prefix.length, name.length - suffix.length)]
        : [],
    );
  }
}

interface Pattern<Value> {
  readonly kind: string | null;
  /** Of the whole name. */
  readonly name: string;
  readonly value: Value;
}

/** Names without anything special in them, looked up; the rest is tried one by one. */
class Patterns<Value> {
  readonly #plain = new Map<string, Pattern<Value>[]>();
  readonly #others: { readonly pattern: Pattern<Value>; readonly matches: NamePattern }[] = [];

  constructor(patterns: readonly Pattern<Value>[]) {
    const compiled = new Map<string, NamePattern>();
    for (const pattern of patterns) {
      if (/^[\w-]+$/.test(pattern.name)) {
        const kept = this.#plain.get(pattern.name);
        if (kept === undefined) this.#plain.set(pattern.name, [pattern]);
        else kept.push(pattern);
        continue;
      }
      const key = `${pattern.kind ?? ''} ${pattern.name}`;
      const known = compiled.get(key);
      if (known !== undefined && pattern.value === null) continue;
      const matches = known ?? namePattern(pattern.name);
      compiled.set(key, matches);
      this.#others.push({ pattern, matches });
    }
  }

  matching(kind: string, name: string): readonly Value[] {
    const found: Value[] = [];
    for (const pattern of this.#plain.get(name) ?? []) {
      if (pattern.kind === null || pattern.kind === kind) found.push(pattern.value);
    }
    for (const { pattern, matches } of this.#others) {
      if ((pattern.kind === null || pattern.kind === kind) && matches(name)) found.push(pattern.value);
    }
    return found;
  }
}
