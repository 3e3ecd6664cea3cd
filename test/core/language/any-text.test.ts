/** Whatever the text and wherever the cursor: an answer, soon, without an exception, and inside the text. */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { describe, test } from 'node:test';
import { analyze, AnalysisCache, formatMessage, schemaAt } from '../../../src/core/index.ts';
import { completionAt } from '../../../src/core/language/complete.ts';
import { hoverAt } from '../../../src/core/language/hover/hover.ts';
import { placeAt } from '../../../src/core/language/place.ts';
import { symbolsOf } from '../../../src/core/language/symbols.ts';
import { deployment, enough } from '../marked.ts';
import { Random } from '../random.ts';

const folder = new URL('../../fixtures/malformed/', import.meta.url);
const corpus = [
  ...readdirSync(folder).map((file) => readFileSync(new URL(file, folder), 'utf8')),
  ...['workloads', 'services', 'jobs'].map((name) =>
    readFileSync(new URL(`../../agreement/seeds/${name}.yaml`, import.meta.url), 'utf8').slice(0, 4000),
  ),
  deployment(`${enough}\nports: [{ name: http, containerPort: 80 }]`, 'volumes:\n- name: a\n  emptyDir: {}'),
  `apiVersion: v1\nkind: List\nitems:\n- &a {apiVersion: v1, kind: Pod, spec: {containers: [{name: a, image: a}]}}\n- <<: *a\n  metadata: {name: b}\n- *a\n`,
  '{"apiVersion": "v1", "kind": "Service",\n "spec": {"ports": [{"port": 80}], "selector": {"app": "web"}}}\n',
];

const pieces = [
  ...'\t\n\r\0"\'`&*!|>{}[]:,#-? é😀',
  '---\n',
  '\r\n',
  '{{ x }}',
  '<<<<<<< a\n',
  '- - ',
  'key: |\n',
  '\n      ',
  '&a ',
  '*a',
  'spec:\n',
  'kind: List\nitems:\n- ',
  '\uFEFF',
  '__proto__: ',
  '[[[[',
];

function mutated(random: Random, text: string): string {
  const at = random.below(text.length + 1);
  const end = Math.min(text.length, at + random.below(30));
  const kept = random.below(3) === 0 ? '' : text.slice(at, end);
  return text.slice(0, at) + random.pick(pieces) + kept + text.slice(end);
}

/** Asks everything at some offsets of a text. */
function ask(text: string, offsets: Iterable<number>): void {
  const schema = schemaAt();
  const analysis = analyze(text, { cache: new AnalysisCache() });
  const isInside = ({ start, end }: { start: number; end: number }): boolean =>
    0 <= start && start <= end && end <= text.length;
  for (const offset of offsets) {
    const completion = completionAt(analysis, offset, schema);
    if (completion !== null) {
      const { range, proposals } = completion;
      assert.ok(
        isInside(range) && range.start <= offset && offset <= range.end,
        'the cursor is in what is replaced',
      );
      assert.doesNotMatch(text.slice(range.start, range.end), /\n/, 'what is replaced is on one line');
      for (const { also } of proposals) assert.ok((also ?? []).every((edit) => isInside(edit.range)));
    }
    const place = placeAt(analysis, offset);
    assert.ok(place === null || isInside(place.range));
    const hover = hoverAt(analysis, offset, {
      schema,
      now: 0,
      say: (message) => formatMessage(message),
      docs: () => '',
    });
    assert.ok(hover === null || isInside(hover.range));
  }
  symbolsOf(analysis);
}

describe('any text', () => {
  test('at every offset of the fixtures', () => {
    for (const text of corpus) ask(text.slice(0, 1500), Array(Math.min(1500, text.length) + 1).keys());
  });

  test('at offsets of 500 mutated texts', () => {
    const random = new Random(20);
    for (let count = 0; count < 500; count++) {
      let text = random.pick(corpus);
      for (let times = random.below(6); times >= 0; times--) text = mutated(random, text);
      ask(
        text,
        Array.from({ length: 12 }, () => random.below(text.length + 1)),
      );
    }
  });

  test('in very long lines and very deep texts', () => {
    for (const text of [
      `kind: Pod\nspec: ${'{ a: '.repeat(3000)}`,
      `kind: Pod\nspec:\n  ${'- '.repeat(3000)}`,
      `kind: Pod\nspec: "${'x '.repeat(100_000)}`,
      `kind: Pod\n${'a'.repeat(200_000)}`,
      `kind: Pod\na${' '.repeat(200_000)}b`,
      `kind: Pod\nspec: [${'a, '.repeat(50_000)}`,
      `kind: Pod\nmetadata:\n${'  a: b\n'.repeat(20_000)}`,
      `kind: Pod\nspec:\n${Array.from({ length: 500 }, (_, depth) => `${' '.repeat(depth)}a:\n`).join('')}`,
    ]) {
      ask(text, [0, 12, 20, text.length >> 1, text.length - 1, text.length]);
    }
  });
});
