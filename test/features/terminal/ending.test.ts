import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { leftBehind, wishIn } from '../../../src/features/terminal/ending.ts';

describe('where the program of a terminal has ended', () => {
  test('Enter starts it again, another key closes the terminal', () => {
    assert.equal(wishIn('\r'), 'again');
    for (const key of ['q', ' ', '\u0003', '\u001b', '中']) assert.equal(wishIn(key), 'close', key);
  });

  for (const [what, data] of [
    ['the mouse', '\u001b[<35;10;5M'],
    ['the focus', '\u001b[I'],
    ['the kind of terminal', '\u001b[?1;2c'],
    ['the place of the cursor', '\u001b[12;40R'],
    ['a colour', '\u001b]11;rgb:1e1e/1e1e/1e1e\u001b\\'],
  ] as const) {
    test(`a report of ${what} is no wish`, () => assert.equal(wishIn(data), null));
  }

  test('no mode of an editor that was cut off is left on', () => {
    for (const mode of ['1047', '1000', '1002', '1003', '1006', '1004', '2004', '1']) {
      assert.ok(leftBehind.includes(`\u001b[?${mode}l`), mode);
    }
    assert.ok(leftBehind.includes('\u001b[?25h'), 'the cursor is there');
    assert.ok(!leftBehind.includes('1049'), 'and stays where it is');
  });
});
