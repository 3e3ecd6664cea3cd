import type { TextRange } from '../finding.ts';

/** Text, number or flag, read as the API server reads YAML. */
export interface ScalarNode {
  readonly type: 'scalar';
  readonly range: TextRange;
  readonly value: string | number | boolean | null;
  /** The scalar's text without quotes and escapes: `0644` where the value is 420. */
  readonly source: string;
  /** Neither quoted nor a block scalar: only such text can be a number, a boolean or null. */
  readonly plain: boolean;
}

export interface SequenceNode {
  readonly type: 'sequence';
  readonly range: TextRange;
  readonly items: readonly Node[];
}

/** One `key: value` of a mapping. */
export interface Entry {
  readonly key: string;
  readonly keyRange: TextRange;
  readonly value: Node;
  /** Written in another mapping and taken over by `<<`. */
  readonly inherited: boolean;
  /** What tells a key that is no text from one that is: to the server `1` and `"1"` are two keys of one name. */
  readonly typed?: string;
}

export type Node = ScalarNode | SequenceNode | MappingNode;

/** Mappings up to this size are searched entry by entry: an index would cost more than it saves. */
const SMALL = 8;

export class MappingNode {
  readonly type = 'mapping';
  readonly range: TextRange;
  /** As written, in order, keys that are written twice included; then what `<<` brought in. */
  readonly entries: readonly Entry[];
  /** Some key is written more than once. */
  readonly repeats: boolean;
  /** `{…}` instead of one entry a line. */
  readonly flow: boolean;
  #index: Map<string, Entry> | null = null;

  constructor(range: TextRange, entries: readonly Entry[], options: { repeats: boolean; flow: boolean }) {
    this.range = range;
    this.entries = entries;
    this.repeats = options.repeats;
    this.flow = options.flow;
  }

  /** The entry that counts: the last one of that key. */
  entry(key: string): Entry | null {
    if (this.entries.length > SMALL) {
      this.#index ??= new Map(this.entries.map((entry) => [entry.key, entry]));
      return this.#index.get(key) ?? null;
    }
    for (let i = this.entries.length - 1; i >= 0; i--) {
      const entry = this.entries[i];
      if (entry?.key === key) return entry;
    }
    return null;
  }

  /**
   * The value of a key. Where the key is written twice, people meant one mapping (or list) and split it by
   * accident: their parts are put together, so that everything that can be read is checked, once.
   */
  get(key: string): Node | null {
    const last = this.entry(key);
    if (last === null || !this.repeats) return last?.value ?? null;
    const values = this.entries.filter((entry) => entry.key === key).map(({ value }) => value);
    return values.length === 1 ? last.value : together(values, last.value);
  }

  mapping(key: string): MappingNode | null {
    const value = this.get(key);
    return value?.type === 'mapping' ? value : null;
  }

  sequence(key: string): SequenceNode | null {
    const value = this.get(key);
    return value?.type === 'sequence' ? value : null;
  }

  scalar(key: string): ScalarNode | null {
    const value = this.get(key);
    return value?.type === 'scalar' ? value : null;
  }

  /** A value that is a string; null when it is missing or of another type. */
  text(key: string): string | null {
    const value = this.scalar(key)?.value;
    return typeof value === 'string' ? value : null;
  }
}

function together(values: readonly Node[], last: Node): Node {
  if (last.type === 'mapping') {
    const mappings = values.filter((value) => value.type === 'mapping');
    const entries = mappings.flatMap((mapping) => mapping.entries);
    return new MappingNode(last.range, entries, { repeats: true, flow: last.flow });
  }
  if (last.type === 'sequence') {
    const items = values.flatMap((value) => (value.type === 'sequence' ? value.items : []));
    return { type: 'sequence', range: last.range, items };
  }
  return last;
}

/** The node as JSON; of a key written twice the last value counts, as for a server that does not mind. */
export function toJson(node: Node): unknown {
  if (node.type === 'scalar') return node.value;
  if (node.type === 'sequence') return node.items.map(toJson);
  return mappingToJson(node);
}

export function mappingToJson(node: MappingNode): Record<string, unknown> {
  const result: Record<string, unknown> = {};
  for (const { key, value } of node.entries) {
    const json = toJson(value);
    if (key !== '__proto__') result[key] = json;
    else
      Object.defineProperty(result, key, {
        value: json,
        enumerable: true,
        configurable: true,
        writable: true,
      });
  }
  return result;
}
