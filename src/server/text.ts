export type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be';

const marks: readonly { readonly mark: readonly number[]; readonly encoding: Encoding }[] = [
  { mark: [0xff, 0xfe], encoding: 'utf-16le' },
  { mark: [0xfe, 0xff], encoding: 'utf-16be' },
];

/** Of the encodings YAML allows, told apart by their mark; without one it is UTF-8. */
export function encodingOf(bytes: Uint8Array): Encoding {
  const marked = marks.find(({ mark }) => mark.every((byte, index) => bytes[index] === byte));
  return marked?.encoding ?? 'utf-8';
}

/** A file's text as an editor shows it, without its mark. */
export function decodeText(bytes: Uint8Array): string {
  return new TextDecoder(encodingOf(bytes)).decode(bytes);
}
