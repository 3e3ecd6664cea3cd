import type { ScalarNode } from './nodes.ts';
import { isUnsendable, readInteger, readPlain } from './scalars.ts';

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
      return typeof value === 'number' && readInteger(source) !== null ? value : undefined;
    case 'float':
      if (isUnsendable(source)) return source;
      return typeof value === 'number' && (readInteger(source) ?? 0n) < 2n ** 63n ? value : undefined;
    case 'bool':
      return typeof value === 'boolean' ? value : undefined;
    case 'null':
      return value === null ? null : undefined;
    case 'timestamp':
      return timestamp.test(source) ? source : undefined;
    case 'binary':
      return decodeBase64(source) ?? undefined;
    default:
      return source;
  }
}

const timestamp =
  /^\d{4}-(?:0?[1-9]|1[0-2])-(?:0?[1-9]|[12]\d|3[01])(?:[Tt]\d\d?:\d\d?:\d\d?(?:[.,]\d+)?(?:Z|[-+]\d\d:\d\d)| \d\d?:\d\d?:\d\d?(?:[.,]\d+)?)?$/;

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
const base64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;

/** The bytes that base64 stands for, one a character; null where it is none. */
function decodeBase64(source: string): string | null {
  const written = source.replaceAll(/[\r\n]/g, '');
  if (!base64.test(written)) return null;
  let bytes = '';
  for (let at = 0; at < written.length; at += 4) {
    const group = written.slice(at, at + 4).replaceAll('=', '');
    const bits = [...group.padEnd(4, 'A')].reduce((sum, char) => sum * 64 + alphabet.indexOf(char), 0);
    bytes += String.fromCharCode(bits >> 16, (bits >> 8) & 255, bits & 255).slice(0, group.length - 1);
  }
  return bytes;
}
