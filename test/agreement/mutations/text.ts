import type { Random } from '../../core/random.ts';
import { type Mutation, onText } from '../mutation.ts';
import { isTree, render } from '../tree.ts';

interface Line {
  readonly index: number;
  readonly text: string;
}

/** Lines of block mappings that have a plain value, outside block scalars as far as the eye can tell. */
const pair = /^( *(?:- )?)([A-Za-z][\w./-]*): ([^|>&*{["'#].*)$/;

function changeLine(
  text: string,
  random: Random,
  fits: (line: string) => boolean,
  change: (line: string, random: Random) => string,
): string | null {
  const lines = text.split('\n');
  const fitting: Line[] = lines.flatMap((line, index) => (fits(line) ? [{ index, text: line }] : []));
  if (fitting.length === 0) return null;
  const { index, text: line } = random.pick(fitting);
  lines[index] = change(line, random);
  return lines.join('\n');
}

/** `onText` for one line; lines that say which kind of object it is stay. */
function onLine(name: string, fits: RegExp, change: (line: string, random: Random) => string): Mutation {
  const free = (line: string): boolean => fits.test(line) && !/^(?:apiVersion|kind):/.test(line);
  return onText(name, (text, random) => changeLine(text, random, free, change));
}

const keyed = /^ *(?:- )?[A-Za-z][\w./-]*:/;

/** Changes of the text that mean nothing, and some that break it. */
export const textMutations: readonly Mutation[] = [
  onText('none', (text) => text),
  onText(
    'comment-first',
    (text, random) => `# ${random.pick(['a', 'kind: Pod', '---', 'tab\there'])}\n${text}`,
  ),
  onText('comment-last', (text) => `${text}# the end`),
  onLine('comment-behind', pair, (line) => `${line} # why`),
  onLine('comment-own-line', keyed, (line, random) => `${' '.repeat(random.below(9))}# note: x\n${line}`),
  onLine('comment-without-space', pair, (line) => `${line}#why`),
  onLine('comment-at-quote', pair, (line) => `${line.replace(pair, '$1$2: "$3"')}#why`),
  onLine('value-double-quoted', pair, (line) =>
    line.replace(pair, (_, head, key, value: string) => `${head}${key}: ${JSON.stringify(value)}`),
  ),
  onLine('value-single-quoted', pair, (line) => line.replace(pair, "$1$2: '$3'")),
  onLine('key-quoted', pair, (line, random) => line.replace(pair, random.pick(['$1"$2": $3', "$1'$2': $3"]))),
  onLine('key-spaced', pair, (line, random) =>
    line.replace(pair, random.pick(['$1$2 : $3', '$1$2:   $3', '$1? $2\n$1: $3'])),
  ),
  onLine('value-over-lines', pair, (line, random) =>
    line.replace(pair, (_, head: string, key: string, value: string) => {
      const quote = random.pick(['"', "'"]);
      const goesOn = random.pick(['', '\t', ' ', ' \t', '\\', '#', '- ']);
      return `${head}${key}: ${quote}${value}\n${goesOn}${random.pick(['', value])}${quote}`;
    }),
  ),
  onLine('value-escaped', pair, (line, random) =>
    line.replace(
      pair,
      (_, head: string, key: string, value: string) =>
        `${head}${key}: "${value}${random.pick(['\\/', '\\u0041', '\\ud83d\\ude00', '\\ud83d', '\\x41', '\\e', '\\U0001F600', '\\N'])}"`,
    ),
  ),
  onLine('value-broken-oddly', pair, (line, random) =>
    line.replace(/: /, `: ${random.pick(['\u2028', 'a\u2028', 'a\u0085', '\u0085'])}`),
  ),
  onLine('value-tagged-oddly', pair, (line, random) =>
    line.replace(
      pair,
      `$1$2: ${random.pick(['!!binary', '!!timestamp', '!', '!<tag:yaml.org,2002:str>', '!e!x', '!a,b', '!!'])} $3`,
    ),
  ),
  onLine('key-of-another-type', pair, (line, random) =>
    line.replace(
      pair,
      `$1? ${random.pick(['1', '"1"', '~', 'yes', '1.0', '!!str 1', '{}', '[a]', '.inf', ''])}\n$1: $3`,
    ),
  ),
  onText('labels-of-other-types', (text, random) =>
    /^  labels:\n/m.test(text)
      ? text.replace(
          /^  labels:\n/m,
          `  labels:\n${random.pick(['    1: a\n    "1": a\n', '    1: a\n    1.0: a\n', '    yes: "a"\n    true: "a"\n', '    0x1: b\n    1: b\n', '    yes: "a"\n    "yes": "a"\n', '    ~: a\n'])}`,
        )
      : null,
  ),
  onText(
    'directive',
    (text, random) =>
      `${random.pick(['%YAML 1.2', '%YAML 1.0', '%FOO bar', '%TAG ! tag:x,2000:', '%TAG !e! tag:e:', '%YAML 1.1\n%YAML 1.1', '%YAML'])}\n---\n${text}`,
  ),
  onLine('value-anchored', pair, (line) => line.replace(pair, '$1$2: &here $3')),
  onLine('value-tagged', pair, (line, random) =>
    line.replace(
      pair,
      `$1$2: ${random.pick(['!!str', '!!int', '!!null', '!custom', '!!float', '!!bool'])} $3`,
    ),
  ),
  onLine('value-folded', pair, (line) =>
    line.replace(
      pair,
      (_, head: string, key, value) => `${head}${key}: >-\n${' '.repeat(head.length + 2)}${value}`,
    ),
  ),
  onLine('value-literal', pair, (line) =>
    line.replace(
      pair,
      (_, head: string, key, value) => `${head}${key}: |-\n${' '.repeat(head.length + 2)}${value}`,
    ),
  ),
  onLine('value-literal-newline', pair, (line) =>
    line.replace(
      pair,
      (_, head: string, key, value) => `${head}${key}: |\n${' '.repeat(head.length + 2)}${value}`,
    ),
  ),
  onLine('value-next-line', pair, (line) =>
    line.replace(
      pair,
      (_, head: string, key, value) => `${head}${key}:\n${' '.repeat(head.length + 2)}${value}`,
    ),
  ),
  onLine('value-trailing-space', pair, (line) => `${line}   `),
  onLine('value-quote-open', pair, (line, random) =>
    line.replace(pair, random.pick(['$1$2: "$3', "$1$2: '$3"])),
  ),
  onLine('value-colon', pair, (line) => `${line}: more`),
  onLine('value-template', pair, (line) => line.replace(pair, '$1$2: @$3')),
  onLine('key-colon-lost', pair, (line) => line.replace(pair, '$1$2 $3')),
  onLine('key-space-lost', pair, (line) => line.replace(pair, '$1$2:$3')),
  onLine('line-twice', /^ +(?:[A-Za-z][\w./-]*): \S/, (line) => `${line}\n${line}`),
  onLine('line-lost', keyed, () => ''),
  onLine('line-tab', /^ {2,}\S/, (line) => line.replace(/^ {2}/, '\t')),
  onLine('line-indented', /^ {2,}[a-z]\w*:/, (line) => ` ${line}`),
  onLine('line-outdented', /^ {2,}[a-z]\w*:/, (line) => line.slice(1)),
  onLine('line-nul', pair, (line) => `${line}\0`),
  onLine('blank-line', keyed, (line, random) => `${random.pick(['', '  ', '\t'])}\n${line}`),
  onLine('value-emoji', pair, (line) => `${line} \u{1F600}`),
  onText('newline-lost', (text) => text.trimEnd()),
  onText('newlines-more', (text) => `${text}\n\n  \n`),
  onText('carriage-returns', (text) => text.replaceAll('\n', '\r\n')),
  onText('byte-order-mark', (text) => `\uFEFF${text}`),
  onText(
    'document-start',
    (text, random) => `${random.pick(['---\n', '--- # first\n', '\n---\n', '%YAML 1.1\n---\n'])}${text}`,
  ),
  onText('document-end', (text) => `${text}...\n`),
  onText('key-order', (text) => text.replace(/^(apiVersion: .*\n)(kind: .*\n)/m, '$2$1')),
  { name: 'keys-shuffled', area: 'text', apply: (seed, random) => render(shuffled(seed.tree(), random)) },
  { name: 'flow-style', area: 'text', apply: (seed) => `${JSON.stringify(seed.tree())}\n` },
  {
    name: 'json',
    area: 'text',
    apply: (seed, random) => `${JSON.stringify(seed.tree(), null, random.pick([1, 2, 4, '\t']))}\n`,
  },
  {
    name: 'indented-wider',
    area: 'text',
    apply: (seed, random) => render(seed.tree(), random.pick([3, 4, 8])),
  },
  onText('lists-outdented', (text) => text.replace(/^( *)  - /gm, '$1  -   ')),
  onText('merge-key', (text) =>
    /^ {2}name: (\S+)$/m.test(text)
      ? text.replace(/^metadata:$/m, 'metadata:\n  <<: {annotations: {merged: "true"}}')
      : null,
  ),
  onText('alias', (text) =>
    /^ {2}name: \S+$/m.test(text) && !/^ {2}annotations:/m.test(text)
      ? text.replace(/^ {2}name: (\S+)$/m, '  name: &name $1\n  annotations: {same: *name}')
      : null,
  ),
  onText('alias-unknown', (text) => text.replace(/^ {2}name: (\S+)$/m, '  name: *nowhere')),
];

function shuffled<T>(value: T, random: Random): T {
  if (!isTree(value))
    return (Array.isArray(value) ? value.map((item: unknown) => shuffled(item, random)) : value) as T;
  const entries = Object.entries(value).map(
    ([key, inner]) => [random.next(), key, shuffled(inner, random)] as const,
  );
  return Object.fromEntries(entries.sort(([a], [b]) => a - b).map(([, key, inner]) => [key, inner])) as T;
}
