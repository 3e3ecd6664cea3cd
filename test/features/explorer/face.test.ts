import assert from 'node:assert/strict';
import { test } from 'node:test';
import { escapeMarkdown, tamed } from '../../../src/features/explorer/faces/face.ts';

test('controls and marks of direction are shown as stand-ins', () => {
  assert.equal(tamed('a\x1b[31mb\x00c\x7fd\x9be'), 'a␛[31mb␀c␡d\ufffde');
  for (const mark of ['\u202a', '\u202e', '\u2066', '\u2069', '\u200e', '\u200f']) {
    assert.equal(tamed(`a${mark}b`), 'a\ufffdb');
  }
});

test('lines become one', () => {
  assert.equal(tamed('one\r\n\ttwo'), 'one two');
});

test('long text is cut, never through a character', () => {
  assert.equal(tamed('x'.repeat(300)), 'x'.repeat(300));
  assert.equal(tamed('x'.repeat(301)), `${'x'.repeat(299)}…`);
  assert.equal(tamed(`${'x'.repeat(298)}😀😀`), `${'x'.repeat(298)}…`);
});

test('Markdown means nothing in a tooltip', () => {
  assert.equal(escapeMarkdown('[a](http://b)\x1b'), '\\[a\\]\\(http\\:\\/\\/b\\)␛');
  assert.ok(escapeMarkdown('*'.repeat(5000)).length <= 600);
});
