/** Small changes to a text, as fingers, tools and transfers make them. */
import type { Random } from '../core/random.ts';

const snippets: readonly string[] = [
  ...'\t\n\r\0"\'`@%&*!|>{}[]:,#-?<.~ é😀\\=',
  '---\n',
  '...\n',
  '\r\n',
  '\n\n',
  ': ',
  '- ',
  '? ',
  ' #',
  '#c\n',
  '{{ x }}',
  '{{- if .Values.a }}\n',
  '${A}',
  '<<<<<<< a\n',
  '||||||| b\n',
  '=======\n',
  '>>>>>>> b\n',
  '<<: *a\n',
  '&a ',
  '*a',
  '*labels',
  '!!int ',
  '!t ',
  '%YAML 1.2\n',
  'spec:\n',
  'kind: List\nitems:\n',
  '  containers:\n',
  'resources: {limits: {memory: 1m}}\n',
  'apiVersion: v1\n',
  'null',
  '|-\n',
  '>+\n',
  '|2\n',
  '\uFEFF',
  '\uD800',
  '\u2028',
  '\u0085',
  '\u00A0',
  '__proto__: ',
  'constructor: {}\n',
  '[[[[[[[[',
  '"\\x"',
  "''",
];

type Mutation = (random: Random, text: string) => string;

const onLines =
  (change: (random: Random, lines: string[], at: number) => void): Mutation =>
  (random, text) => {
    const lines = text.split('\n');
    change(random, lines, random.below(lines.length));
    return lines.join('\n');
  };

const part = (random: Random, text: string): readonly [number, number] => {
  const at = random.below(text.length + 1);
  return [at, Math.min(text.length, at + random.below(40))];
};

function anyCharacter(random: Random): string {
  const limit = random.pick([0x20, 0x7f, 0x100, 0x3000, 0x10000, 0x110000]);
  return String.fromCodePoint(random.below(limit));
}

const mutations: Readonly<Record<string, Mutation>> = {
  insert: (random, text) => {
    const [at] = part(random, text);
    return text.slice(0, at) + random.pick(snippets) + text.slice(at);
  },
  delete: (random, text) => {
    const [at, end] = part(random, text);
    return text.slice(0, at) + text.slice(end);
  },
  repeat: (random, text) => {
    const [at, end] = part(random, text);
    return text.slice(0, end) + text.slice(at);
  },
  replace: (random, text) => {
    const [at, end] = part(random, text);
    return text.slice(0, at) + random.pick(snippets) + text.slice(end);
  },
  character: (random, text) => {
    const at = random.below(text.length + 1);
    return text.slice(0, at) + anyCharacter(random) + text.slice(at + random.below(2));
  },
  'delete a line': onLines((_random, lines, at) => void lines.splice(at, 1)),
  'repeat a line': onLines((random, lines, at) =>
    lines.splice(random.below(lines.length + 1), 0, lines[at] ?? ''),
  ),
  'move a line': onLines((random, lines, at) => {
    const [line = ''] = lines.splice(at, 1);
    lines.splice(random.below(lines.length + 1), 0, line);
  }),
  'indent a line': onLines((random, lines, at) => {
    lines[at] = ' '.repeat(random.below(12)) + (lines[at] ?? '').trimStart();
  }),
  'indent lines': onLines((random, lines, at) => {
    const by = random.below(7) - 3;
    for (let line = at; line < Math.min(lines.length, at + 1 + random.below(8)); line++) {
      const text = lines[line] ?? '';
      lines[line] = by < 0 ? text.replace(new RegExp(`^ {0,${-by}}`), '') : ' '.repeat(by) + text;
    }
  }),
  'indent by tabs': onLines((random, lines, at) => {
    const every = random.next() < 0.3;
    for (let line = every ? 0 : at; line < (every ? lines.length : at + 1); line++) {
      lines[line] = (lines[line] ?? '').replace(/^(?: {2})+/, (spaces) => '\t'.repeat(spaces.length / 2));
    }
  }),
  'comment a line out': onLines((_random, lines, at) => {
    lines[at] = `#${lines[at] ?? ''}`;
  }),
  'end lines otherwise': (random, text) => {
    const by = random.pick(['\r\n', '\r', '\n\n', '\r\r\n', ' \n', '\t\n']);
    return random.next() < 0.5
      ? text.replaceAll('\n', by)
      : text.replace(/\n/g, (end) => (random.next() < 0.1 ? by : end));
  },
  'cut the end': (random, text) => text.slice(0, random.below(text.length + 1)),
  'cut the beginning': (random, text) => text.slice(random.below(text.length + 1)),
  'a mark at the beginning': (_random, text) => `\uFEFF${text}`,
};

const all = Object.values(mutations);

export function mutate(random: Random, text: string): string {
  return random.pick(all)(random, text);
}

/** The text after one to `most` changes. */
export function mutated(random: Random, text: string, most = 6): string {
  for (let changes = 1 + random.below(most); changes > 0; changes--) text = mutate(random, text);
  return text;
}
