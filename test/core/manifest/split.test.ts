import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { parseAllDocuments } from 'yaml';
import { splitDocuments } from '../../../src/core/manifest/split.ts';
import { Random } from '../random.ts';

function parts(text: string): readonly string[] {
  return splitDocuments(text).map(({ start, end }) => text.slice(start, end));
}

describe('splitDocuments', () => {
  const cases: Record<string, readonly [text: string, documents: readonly string[]]> = {
    'nothing is no document': ['', []],
    'comments alone are no document': ['# a\n\n  # b', []],
    'one without a marker': ['a: 1\n', ['a: 1\n']],
    'a marker begins a document': ['a: 1\n---\nb: 2\n', ['a: 1\n', '---\nb: 2\n']],
    'comments before the first marker belong to it': ['# c\n---\na: 1', ['# c\n---\na: 1']],
    'a marker with a comment or content': [
      '--- # one\na: 1\n--- {b: 2}\n',
      ['--- # one\na: 1\n', '--- {b: 2}\n'],
    ],
    'two markers make an empty document': ['---\n---\na: 1\n', ['---\n', '---\na: 1\n']],
    'a last marker makes an empty document': ['a: 1\n---\n', ['a: 1\n', '---\n']],
    'an end marker ends a document': ['a: 1\n...\nb: 2\n', ['a: 1\n...\n', 'b: 2\n']],
    'nothing follows an end marker': ['a: 1\n...\n# bye\n', ['a: 1\n...\n']],
    'directives belong to the next document': [
      'a: 1\n...\n%YAML 1.1\n---\nb: 2\n',
      ['a: 1\n...\n', '%YAML 1.1\n---\nb: 2\n'],
    ],
    'carriage returns': ['a: 1\r\n---\r\nb: 2\r\n', ['a: 1\r\n', '---\r\nb: 2\r\n']],
    'a byte order mark': ['\uFEFF---\na: 1\n', ['\uFEFF---\na: 1\n']],
    'what only looks like a marker': [
      'a: |\n  ---\n  x\n----\nb: ---\n---x: 1\n',
      ['a: |\n  ---\n  x\n----\nb: ---\n---x: 1\n'],
    ],
  };
  for (const [name, [text, documents]] of Object.entries(cases)) {
    test(name, () => assert.deepEqual(parts(text), documents));
  }

  test('counts documents as a YAML parser of the whole file does', () => {
    const random = new Random(3);
    const lines = ['a: 1', 'b: [x]', '# c', '', '---', '--- # d', '...', '  c: 2', '- x'];
    for (let i = 0; i < 3000; i++) {
      const text = Array.from({ length: random.below(9) }, () => random.pick(lines)).join('\n');
      const whole = parseAllDocuments(text, { logLevel: 'silent' });
      const expected = Array.isArray(whole) ? whole.length : 0;
      assert.equal(parts(text).length, expected, JSON.stringify(text));
    }
  });
});
