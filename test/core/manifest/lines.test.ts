import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { LineIndex } from '../../../src/core/index.ts';
import { Random } from '../random.ts';

describe('LineIndex', () => {
  test('counts lines and characters from 0, in UTF-16 units', () => {
    const lines = new LineIndex('ab\n😀c\r\n');
    assert.deepEqual(lines.positionAt(0), { line: 0, character: 0 });
    assert.deepEqual(lines.positionAt(3), { line: 1, character: 0 });
    assert.deepEqual(lines.positionAt(5), { line: 1, character: 2 });
    assert.deepEqual(lines.positionAt(8), { line: 2, character: 0 });
    assert.equal(lines.offsetAt({ line: 1, character: 2 }), 5);
  });

  test('clamps what lies outside the text', () => {
    const lines = new LineIndex('ab\ncd');
    assert.equal(lines.offsetAt({ line: 0, character: 99 }), 2);
    assert.equal(lines.offsetAt({ line: 9, character: 0 }), 5);
    assert.equal(lines.offsetAt({ line: -1, character: 0 }), 0);
    assert.deepEqual(lines.positionAt(99), { line: 1, character: 2 });
  });

  test('agrees with the document model of editors', () => {
    const random = new Random(5);
    for (let i = 0; i < 500; i++) {
      const text = Array.from({ length: random.below(20) }, () =>
        random.pick(['a', '\n', '\r\n', '\r', 'é', '😀']),
      ).join('');
      const document = TextDocument.create('file:///x', 'yaml', 0, text);
      const lines = new LineIndex(text);
      for (let offset = 0; offset <= text.length; offset++) {
        assert.deepEqual(lines.positionAt(offset), document.positionAt(offset), JSON.stringify(text));
        const position = lines.positionAt(offset);
        assert.equal(lines.offsetAt(position), document.offsetAt(position));
      }
    }
  });
});
