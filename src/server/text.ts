const encodings: readonly { readonly mark: readonly number[]; readonly label: string }[] = [
  { mark: [0xff, 0xfe], label: 'utf-16le' },
  { mark: [0xfe, 0xff], label: 'utf-16be' },
];

/** A file's text as an editor shows it: the encodings YAML allows, told apart by their mark, which is left out. */
export function decodeText(bytes: Uint8Array): string {
  const marked = encodings.find(({ mark }) => mark.every((byte, index) => bytes[index] === byte));
  return new TextDecoder(marked?.label ?? 'utf-8').decode(bytes);
}
