/** Whatever the text, an analysis ends, soon, without an exception, and with findings that lie inside the text. */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { describe, test } from 'node:test';
import { analyze, AnalysisCache, formatMessage, toManifestObject } from '../../src/core/index.ts';
import { applyFix, deployment, enough } from './marked.ts';
import { Random } from './random.ts';

const folder = new URL('../fixtures/malformed/', import.meta.url);
const corpus = [
  ...readdirSync(folder).map((file) => readFileSync(new URL(file, folder), 'utf8')),
  deployment(enough, 'volumes:\n  - name: a\n    emptyDir: { sizeLimit: 1Gi }'),
  `apiVersion: v1\nkind: List\nitems:\n- &a {apiVersion: v1, kind: Pod, spec: {containers: [{name: a, image: a}]}}\n- <<: *a\n  metadata: {name: b}\n- *a\n`,
];

const snippets = [
  ...'\t\n\r\0"\'`@%&*!|>{}[]:,#-?<.~ é😀',
  '---\n',
  '...\n',
  '\r\n',
  '{{ x }}',
  '<<<<<<< a\n',
  '=======\n',
  '>>>>>>> b\n',
  '<<: *a\n',
  '&a ',
  '*a',
  '!!int ',
  'spec:\n',
  'kind: List\nitems:\n',
  '  containers:\n',
  'resources: {limits: {memory: 1m}}\n',
  'apiVersion: v1\n',
  '\uFEFF',
  '\uD800',
  '__proto__: ',
  '[[[[[[[[',
];

function mutate(random: Random, text: string): string {
  const at = random.below(text.length + 1);
  const end = Math.min(text.length, at + random.below(40));
  switch (random.below(6)) {
    case 0:
      return text.slice(0, at) + random.pick(snippets) + text.slice(at);
    case 1:
      return text.slice(0, at) + text.slice(end);
    case 2:
      return text.slice(0, end) + text.slice(at);
    case 3:
      return text.slice(0, at) + random.pick(snippets) + text.slice(end);
    case 4:
      return text.replace(
        /\n( *)/,
        (_, indent: string) => `\n${' '.repeat(random.below(indent.length + 3))}`,
      );
    default: {
      const lines = text.split('\n');
      const [line = ''] = lines.splice(random.below(lines.length), 1);
      lines.splice(random.below(lines.length + 1), 0, ' '.repeat(random.below(8)) + line.trimStart());
      return lines.join('\n');
    }
  }
}

function inspect(text: string): void {
  const { documents, findings, lines } = analyze(text);
  let last = 0;
  for (const { range, document, message, related, fixes } of findings) {
    assert.ok(
      range.start >= last && range.start <= range.end && range.end <= text.length,
      'ranges are in order',
    );
    last = range.start;
    assert.ok(documents[document]?.isKubernetes, 'findings belong to a Kubernetes document');
    assert.doesNotMatch(formatMessage(message).replace(/\{\{.*/, ''), /\{\d\}/);
    for (const place of related) assert.ok(place.range.end <= text.length);
    for (const fix of fixes) {
      const edits = [...fix.edits].sort((a, b) => a.range.start - b.range.start || a.range.end - b.range.end);
      edits.reduce((end, { range: edit }) => {
        assert.ok(
          edit.start >= end && edit.start <= edit.end && edit.end <= text.length,
          'edits do not overlap',
        );
        return edit.end;
      }, 0);
      analyze(applyFix(text, fix));
    }
  }
  for (const object of documents.flatMap(({ objects }) => objects)) {
    toManifestObject(object, lines);
    for (const path of ['', 'spec.template.spec.containers[0].image', 'metadata.labels[a.b]', 'items[3].x']) {
      const { start, end } = object.locate(path);
      assert.ok(start <= end && end <= text.length);
    }
    assert.ok(object.images.every(({ range }) => range.end <= text.length));
  }
}

describe('any text', () => {
  for (const seed of [1, 2, 3, 4]) {
    test(`mutations of seed ${seed}`, () => {
      const random = new Random(seed);
      const cache = new AnalysisCache();
      for (let i = 0; i < 60; i++) {
        let text = random.pick(corpus);
        for (let step = random.below(6); step >= 0; step--) {
          text = mutate(random, text);
          try {
            inspect(text);
            assert.deepEqual(analyze(text, { cache }).findings, analyze(text).findings);
          } catch (error) {
            throw new Error(`fails for ${JSON.stringify(text)}`, { cause: error });
          }
        }
      }
    });
  }
});

describe('large texts', () => {
  const head = 'apiVersion: v1\nkind: Pod\n';
  const size = 200_000;
  const fill = (part: string | ((index: number) => string)): string => {
    let text = '';
    for (let i = 0; text.length < size; i++) text += typeof part === 'string' ? part : part(i);
    return text;
  };
  // Each would take minutes or worse if some step looked at the whole text for each of its parts.
  const texts: Record<string, string> = {
    'duplicate keys': `${head}spec:\n${fill('  a: 1\n')}`,
    'duplicate blocks': `${head}${fill('spec: {containers: []}\n')}`,
    'containers without requests': `${head}spec:\n  containers:\n${fill((i) => `  - {name: c${i}, image: a}\n`)}`,
    'misplaced fields': `${head}spec:\n  containers:\n${fill('  - {name: c, image: a, volumes: [], replicas: 1}\n')}`,
    'misplaced fields of one container': `${head}spec:\n  containers:\n  - name: c\n${fill('    volumes: []\n')}`,
    'pods in a List': `apiVersion: v1\nkind: List\nitems:\n${fill('- {apiVersion: v1, kind: Pod, spec: {containers: [{image: a}]}}\n')}`,
    'one long line of JSON': `{"apiVersion":"v1","kind":"Pod","spec":{"containers":[${fill('{"name":"a","image":"b"},')}]}}`,
    'one long broken line': `{"apiVersion":"v1","kind":"Pod","spec":{"containers":[${fill('{"name":"a" "image":"b"},')}`,
    'a mistake on every line': `${head}spec:\n${fill('  a: @b\n')}`,
    'quotes that never close': `${head}spec:\n${fill('  a: "b\n')}`,
    conflicts: `${head}${fill('<<<<<<< a\na: 1\n=======\na: 2\n>>>>>>> b\n')}`,
    'opening conflict markers': `${head}${fill('<<<<<<< a\n')}`,
    'document markers': fill('---\n'),
    'end markers': fill('...\n'),
    'many documents': fill('---\napiVersion: v1\nkind: Pod\nspec: {containers: [{image: a}]}\n'),
    comments: `${head}${fill('# a\n')}`,
    directives: fill('%YAML 1.2\n'),
    'carriage returns': fill('\r'),
    spaces: `${head}a:${' '.repeat(size)}b`,
    'blank lines with spaces': `${head}a:\n${fill('  \n')}b: @c`,
    braces: `${head}a: ${fill('{')}`,
    'template braces': fill('{{ '),
    aliases: `${head}a: &a {image: b}\nspec:\n  containers: [${fill('*a, ')}]\n`,
    'aliases of a long list': `${head}a: &a [${'b, '.repeat(size / 20)}]\nc: [${'*a, '.repeat(size / 20)}]\n`,
    'merge keys': `${head}a: &a {${Array.from({ length: 2000 }, (_, i) => `k${i}: 1`).join(', ')}}\nb:\n${'  - {<<: *a}\n'.repeat(5000)}`,
    'a long key': `${head}spec:\n  ? ${'k'.repeat(size)}\n  : ${'{a: 1, a: 2}'}\n`,
    'a long quantity': `${head}spec: {containers: [{image: a, resources: {limits: {cpu: ${'9'.repeat(100_000)}, memory: 1.${'9'.repeat(100_000)}Gi}}}]}\n`,
    'patch directives': `${head}${fill('  $x: 1\n')}`,
    'words without colons': `${head}spec:\n${fill('  word\n')}`,
    dashes: `${head}${fill('- ')}`,
  };
  for (const [name, text] of Object.entries(texts)) {
    test(name, { timeout: 60_000 }, () => {
      const { documents, findings } = analyze(text);
      assert.ok(findings.every(({ range }) => range.end <= text.length));
      for (const { objects } of documents) for (const object of objects) void object.images;
    });
  }
});
