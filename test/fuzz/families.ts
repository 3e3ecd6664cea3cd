/** Where the texts come from: each family makes one of any seed, the same every time. */
import { decodeText } from '../../src/server/text.ts';
import type { Random } from '../core/random.ts';
import { withConflicts } from './conflicts.ts';
import { corpus, sound } from './corpus.ts';
import { mutate, mutated } from './mutations.ts';

export interface Family {
  readonly name: string;
  /** How many of all texts come from it, as a share of the sum of all weights. */
  readonly weight: number;
  make(random: Random): string;
}

const tokens: readonly string[] = [
  ...'\n\n\n      ----:::?,[]{}#&*!|>\'"%@`\t',
  '\n  ',
  '\n    ',
  '\n- ',
  '\n  - ',
  ': ',
  'a',
  'b: c',
  'name: x',
  'key',
  '"t"',
  "'t'",
  '0',
  '1Gi',
  'apiVersion: v1\n',
  'kind: Pod\n',
  'spec:\n',
  '  containers:\n',
  '<<: ',
  '*a',
  '&a',
  '---\n',
  '...\n',
  '|\n',
  '>-\n',
  '{{',
  '}}',
  '\r\n',
  '# c\n',
];

const head = 'apiVersion: v1\nkind: Pod\nmetadata: {name: a}\n';

function repeated(random: Random, most: number, part: (index: number) => string): string {
  let text = '';
  for (let i = 0, count = random.below(most); i < count; i++) text += part(i);
  return text;
}

function bytesOf(random: Random): string {
  return decodeText(Uint8Array.from({ length: random.below(400) }, () => random.below(256)));
}

/** A file read in another encoding than it was written in, or damaged on the way. */
function misread(random: Random): string {
  const text = mutated(random, random.pick(corpus).slice(0, 3000), 2);
  const [little, latin] = [Buffer.from(text, 'utf16le'), Buffer.from(text, 'latin1')];
  switch (random.below(7)) {
    case 0:
      return decodeText(Buffer.concat([Buffer.from([0xff, 0xfe]), little]));
    case 1:
      return decodeText(Buffer.concat([Buffer.from([0xfe, 0xff]), Buffer.from(little).swap16()]));
    case 2:
      return decodeText(little);
    case 3:
      return decodeText(Buffer.from(little).swap16());
    case 4:
      return decodeText(latin);
    case 5:
      return decodeText(Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(text)]));
    default: {
      const bytes = Buffer.from(text);
      for (let i = random.below(20); i >= 0; i--) bytes[random.below(bytes.length)] = random.below(256);
      return decodeText(bytes.subarray(0, random.below(bytes.length)));
    }
  }
}

function aliasBomb(random: Random): string {
  const fan = 2 + random.below(12);
  const levels = 2 + random.below(12);
  let text = `${head}x0: &x0 [${Array.from({ length: fan }, () => 'a').join(', ')}]\n`;
  for (let level = 1; level < levels; level++) {
    const list = Array.from({ length: fan }, () => `*x${level - 1}`).join(', ');
    const braces = random.next() < 0.3;
    text += braces
      ? `x${level}: &x${level}\n${list.replaceAll(/\*x\d+/g, (alias) => `  - ${alias}`).replaceAll(', ', '\n')}\n`
      : `x${level}: &x${level} [${list}]\n`;
  }
  return `${text}spec: *x${levels - 1}\n`;
}

function manyAliases(random: Random): string {
  const count = 1 + random.below(2000);
  const merge = random.next() < 0.3;
  const items = repeated(random, 2000, () => {
    const name = `*a${random.below(count)}`;
    return merge ? `  - {<<: ${name}, b: c}\n` : `  - ${name}\n`;
  });
  const anchors = Array.from({ length: count }, (_, i) => `  k${i}: &a${i} {v: ${i}}\n`).join('');
  return `${head}data:\n${anchors}list:\n${items}`;
}

function deep(random: Random): string {
  const levels = random.below(random.pick([20, 120, 600, 3000]));
  const inside = random.pick(['a', '', '1Gi', '"b"']);
  switch (random.below(6)) {
    case 0:
      return `${head}a: ${'['.repeat(levels)}${inside}${']'.repeat(random.next() < 0.7 ? levels : random.below(levels + 1))}\n`;
    case 1:
      return `${head}a: ${'{a: '.repeat(levels)}${inside}${'}'.repeat(levels)}\n`;
    case 2:
      return `${head}a:\n  ${'- '.repeat(levels)}${inside}\n`;
    case 3: {
      const depth = Math.min(levels, 600);
      return `${head}${Array.from({ length: depth }, (_, i) => `${' '.repeat(i)}a:\n`).join('')}${' '.repeat(depth)}b\n`;
    }
    case 4:
      return `${head}a: ${'[{a: '.repeat(levels)}${inside}${'}]'.repeat(levels)}\n`;
    default:
      return `${head}${'? '.repeat(levels)}a\n`;
  }
}

function huge(random: Random): string {
  // Of such sizes one text in many is enough.
  const size = random.next() < 0.01 ? 2_000_000 : 1 + random.below(40_000);
  const fill = random
    .pick(['x', 'x ', '9', 'é', 'a: ', '\\n', "''", '\n', '\n    x', '# '])
    .repeat(size)
    .slice(0, size);
  switch (random.below(8)) {
    case 0:
      return `${head}a: ${fill}\n`;
    case 1:
      return `${head}a: "${fill}"\n`;
    case 2:
      return `${head}a: '${fill}'\n`;
    case 3:
      return `${head}a: |\n    ${fill}\nb: c\n`;
    case 4:
      return `${head}${fill}: b\n`;
    case 5:
      return `${head}? ${fill}\n: b\n`;
    case 6:
      return `${head}spec: {containers: [{name: a, image: "a", resources: {limits: {cpu: ${fill}}}}]}\n`;
    default:
      return `${head}# ${fill}\nspec: {}\n`;
  }
}

const mistakes: readonly string[] = [
  '  a: @b\n',
  '  a: "b\n',
  '  - b\n',
  ' a: b\n',
  '  a: b: c\n',
  '\ta: b\n',
  '  a b\n',
  '  a: [b\n',
  '  a: *b\n',
  '  a: 1\n  a: 2\n',
  '  : x\n',
  'spec: {}\n',
  '  memory: 1m\n',
];

function manyMistakes(random: Random): string {
  const one = random.next() < 0.5 ? random.pick(mistakes) : null;
  return `${head}spec:\n${repeated(random, 400, () => one ?? random.pick(mistakes))}`;
}

function manyDocuments(random: Random): string {
  const separator = random.pick(['---\n', '--- # c\n', '...\n---\n', '---\n---\n', '--- \n']);
  return repeated(random, 60, () => {
    const text = random.pick(sound);
    return separator + (random.next() < 0.3 ? mutate(random, text) : text).slice(0, 1200);
  });
}

function halfTyped(random: Random): string {
  const text = random.pick(sound);
  return text.slice(0, random.below(text.length + 1));
}

function cutConflicts(random: Random): string {
  const { text } = withConflicts(random, random.pick(sound));
  const kept = text
    .split('\n')
    .filter((line) => !/^(?:<{7}|={7}|>{7}|\|{7})/.test(line) || random.next() < 0.8);
  return mutated(random, kept.join('\n'), 2);
}

/** A quarter of everything is what people do to manifests; the rest is what nobody should, and somebody will. */
export const families: readonly Family[] = [
  { name: 'bytes', weight: 4, make: bytesOf },
  { name: 'tokens', weight: 14, make: (random) => repeated(random, 60, () => random.pick(tokens)) },
  {
    name: 'tokens in a manifest',
    weight: 14,
    make: (random) => head + repeated(random, 40, () => random.pick(tokens)),
  },
  { name: 'sound', weight: 2, make: (random) => random.pick(sound) },
  { name: 'mutated', weight: 30, make: (random) => mutated(random, random.pick(corpus)) },
  { name: 'mutated a little', weight: 14, make: (random) => mutate(random, random.pick(sound)) },
  { name: 'half typed', weight: 10, make: halfTyped },
  { name: 'misread', weight: 4, make: misread },
  { name: 'conflicts', weight: 4, make: (random) => withConflicts(random, random.pick(sound)).text },
  { name: 'broken conflicts', weight: 3, make: cutConflicts },
  { name: 'alias bombs', weight: 0.5, make: aliasBomb },
  { name: 'many aliases', weight: 0.5, make: manyAliases },
  { name: 'deep', weight: 1, make: deep },
  { name: 'huge', weight: 1, make: huge },
  { name: 'many mistakes', weight: 0.3, make: manyMistakes },
  { name: 'many documents', weight: 0.3, make: manyDocuments },
];

const total = families.reduce((sum, { weight }) => sum + weight, 0);

/** The family of a text, chosen by weight. */
export function familyOf(random: Random): Family {
  let at = random.next() * total;
  for (const family of families) {
    at -= family.weight;
    if (at < 0) return family;
  }
  throw new RangeError('the weights add up to less than their sum');
}
