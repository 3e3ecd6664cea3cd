import { base64Bytes, isTextBase64, utf8Bytes } from '../bytes.ts';
import { objectOf, textOf } from '../json.ts';

/** One key of a ConfigMap or Secret: everything about its value but the value. */
export interface KeyRow {
  readonly name: string;
  /** Size of the value as a container sees it, in bytes. */
  readonly bytes: number;
  /** The value is no text. */
  readonly binary: boolean;
}

/** Keys of a ConfigMap (`data`, `binaryData`) or a Secret (`data`), by name. Never a value. */
export function keysOf(configMapOrSecret: unknown): readonly KeyRow[] {
  const object = objectOf(configMapOrSecret);
  const encoded = object['kind'] === 'Secret' ? object['data'] : object['binaryData'];
  const plain = object['kind'] === 'Secret' ? undefined : object['data'];
  const rows = [
    ...Object.entries(objectOf(plain)).map(([name, value]) => ({
      name,
      bytes: utf8Bytes(textOf(value)),
      binary: false,
    })),
    ...Object.entries(objectOf(encoded)).map(([name, value]) => ({
      name,
      bytes: base64Bytes(textOf(value)),
      binary: !isTextBase64(textOf(value)),
    })),
  ];
  return rows.sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
}

/** Size of all values, in bytes. */
export function bytesOf(keys: readonly KeyRow[]): number {
  return keys.reduce((sum, { bytes }) => sum + bytes, 0);
}
