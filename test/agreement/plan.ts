import { Random } from '../core/random.ts';
import type { Mutation } from './mutation.ts';
import type { Seed } from './seeds.ts';

/** One changed manifest. */
export interface Case {
  /** `mutation@Kind/name#2`: the same for as long as seeds and mutations stay. */
  readonly name: string;
  readonly seed: Seed;
  readonly mutation: Mutation;
  readonly text: string;
}

interface Pair {
  readonly mutation: Mutation;
  readonly seeds: readonly Seed[];
  attempts: number;
  /** Attempts in a row that gave no new text. */
  misses: number;
  /** Whether any attempt gave one. */
  found: boolean;
}

/** After so many attempts without a new text nothing new is expected of a pair. */
const PATIENCE = 12;
/** The same before the first new text, besides one attempt for each manifest. */
const FIRST_PATIENCE = 3;

/**
 * At least one case of each mutation on each kind that it applies to, then further ones in turn until there are
 * `count`. No two have the same text. What a case is depends on its name and on `seed` alone, so cases stay when
 * mutations are added.
 */
export function planCases(
  seeds: readonly Seed[],
  mutations: readonly Mutation[],
  count: number,
  seed: number,
): readonly Case[] {
  const kinds = Map.groupBy(seeds, ({ kind }) => kind);
  let pairs: Pair[] = [...kinds.values()].flatMap((ofKind) =>
    mutations.map((mutation) => ({ mutation, seeds: ofKind, attempts: 0, misses: 0, found: false })),
  );
  const cases: Case[] = [];
  const texts = new Set<string>();
  const shuffle = new Random(seed);
  for (let first = true; pairs.length > 0 && (first || cases.length < count); first = false) {
    for (const pair of shuffled(pairs, shuffle)) {
      if (!first && cases.length >= count) break;
      const found = nextCase(pair, texts, seed);
      if (found === null) continue;
      texts.add(found.text);
      cases.push(found);
    }
    pairs = pairs.filter(({ misses }) => misses < PATIENCE);
  }
  return cases;
}

function nextCase(pair: Pair, texts: ReadonlySet<string>, base: number): Case | null {
  const { mutation, seeds } = pair;
  // What does nothing to any of the manifests has nothing to change in this kind.
  const patience = pair.found ? PATIENCE : seeds.length + FIRST_PATIENCE;
  while (pair.misses < patience) {
    const seed = seeds[pair.attempts % seeds.length];
    if (seed === undefined) return null;
    const name = `${mutation.name}@${seed.name}#${pair.attempts++}`;
    const text = mutation.apply(seed, new Random(hash(`${base} ${name}`)));
    if (text !== null && !texts.has(text) && (text !== seed.text || mutation.name === 'none')) {
      pair.misses = 0;
      pair.found = true;
      return { name, seed, mutation, text };
    }
    pair.misses++;
  }
  pair.misses = PATIENCE;
  return null;
}

function shuffled<T>(items: readonly T[], random: Random): T[] {
  return items
    .map((item) => [random.next(), item] as const)
    .sort(([a], [b]) => a - b)
    .map(([, item]) => item);
}

/** FNV-1a. */
function hash(text: string): number {
  let value = 0x811c9dc5;
  for (let index = 0; index < text.length; index++) {
    value = Math.imul(value ^ text.charCodeAt(index), 0x01000193) >>> 0;
  }
  return value;
}
