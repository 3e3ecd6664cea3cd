import type { Node } from '../manifest/nodes.ts';
import { isPlaceholder } from '../manifest/templates.ts';
import { isMapping, unknownValue } from './crd-check.ts';
import type { DefinedSchema } from './crd-schema.ts';

/** Deeper than any manifest. */
const DEEPEST = 60;
const MOST_NODES = 200_000;

/**
 * A custom resource as the server checks it: nulls are gone where none may stand, and what is absent and has a default
 * has it.
 */
export function definedValue(node: Node, schema: DefinedSchema): unknown {
  return new ValueReader().read(node, schema, 0);
}

class ValueReader {
  #left = MOST_NODES;

  read(node: Node, schema: DefinedSchema | null, depth: number): unknown {
    if (this.#left-- < 0 || depth > DEEPEST) return unknownValue;
    if (node.type === 'scalar') return isPlaceholder(node.source) ? unknownValue : node.value;
    if (node.type === 'sequence') {
      const items = schema?.schema('items') ?? null;
      return node.items.map((item) => {
        const value = this.read(item, items, depth + 1);
        return value === null && !mayBeNull(items) ? (items?.fallback ?? null) : value;
      });
    }
    const value = new Map<string, unknown>();
    for (const { key, value: part } of node.entries) {
      const inside = schema?.properties.get(key) ?? schema?.additional ?? null;
      const read = this.read(part, inside, depth + 1);
      if (read !== null || mayBeNull(inside)) value.set(key, read);
      else if (inside?.fallback !== undefined) value.set(key, inside.fallback);
      // A key that a template has yet to fill in may be any.
      if (isPlaceholder(key)) return unknownValue;
    }
    if (schema !== null) addDefaults(value, schema, depth);
    return Object.fromEntries(value);
  }
}

function mayBeNull(schema: DefinedSchema | null): boolean {
  return schema === null || schema.flag('nullable');
}

function addDefaults(value: Map<string, unknown>, schema: DefinedSchema, depth: number): void {
  for (const [key, inside] of schema.properties) {
    if (value.has(key) || inside.fallback === undefined) continue;
    value.set(key, withDefaults(inside.fallback, inside, depth + 1));
  }
}

/** A default may leave out what has a default of its own. */
function withDefaults(value: unknown, schema: DefinedSchema, depth: number): unknown {
  if (depth > DEEPEST) return value;
  if (Array.isArray(value)) {
    const items = schema.schema('items');
    return items === null ? value : value.map((item) => withDefaults(item, items, depth + 1));
  }
  if (!isMapping(value)) return value;
  const filled = new Map(
    Object.entries(value).map(([key, part]) => {
      const inside = schema.properties.get(key) ?? schema.additional;
      return [key, inside === null ? part : withDefaults(part, inside, depth + 1)];
    }),
  );
  addDefaults(filled, schema, depth);
  return Object.fromEntries(filled);
}
