import type { Type } from '../schema/type.ts';

const scalars: Readonly<Partial<Record<Type['kind'], string>>> = {
  intOrString: 'integer or string',
  bytes: 'base64',
  microTime: 'time',
};

/** A type in a few words: `integer`, `list of Container`, `map of quantity`. */
export function typeText(type: Type): string {
  switch (type.kind) {
    case 'object':
      return shortName(type.name);
    case 'list':
      return `list of ${typeText(type.items)}`;
    case 'map':
      return `map of ${typeText(type.values)}`;
    default:
      return scalars[type.kind] ?? type.kind;
  }
}

/** `core/v1.Container` → `Container`; of an inline type, the last part of its path. */
function shortName(name: string): string {
  return name === '' ? 'object' : name.slice(name.lastIndexOf('.') + 1);
}
