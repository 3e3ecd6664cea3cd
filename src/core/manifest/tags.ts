import type { ScalarNode } from './nodes.ts';
import { readInteger, readNumber, readPlain } from './scalars.ts';

const COMMON = 'tag:yaml.org,2002:';

/**
 * What a scalar with a tag is to the API server's reader, which cares for the tags of single values alone; undefined
 * where it cannot make of the text what the tag says.
 */
export function readTagged(tag: string, source: string): ScalarNode['value'] | undefined {
  if (!tag.startsWith(COMMON)) return source;
  const value = readPlain(source);
  switch (tag.slice(COMMON.length)) {
    case 'int':
      return readInteger(source) === null ? undefined : value;
    case 'float':
      return readNumber(source) ?? undefined;
    case 'bool':
      return typeof value === 'boolean' ? value : undefined;
    case 'null':
      return value === null ? null : undefined;
    default:
      return source;
  }
}
