import assert from 'node:assert/strict';
import { test } from 'node:test';
import { lastReason, outputLines } from '../../src/engines/output.ts';

test('what engines print for a terminal is read as plain text', () => {
  const link = '\u001b]8;;https://example.com\u0007here\u001b]8;;\u0007';
  assert.deepEqual(
    outputLines(`\u001b]0;title\u0007\u001b[1;31mone\u001b[0m\r\n\n  two ${link}\u001b[K  \n`),
    ['one', '  two here'],
  );
  assert.deepEqual(outputLines('10%\r50%\r\u001b[2K\u001b[1Adone\n'), ['10%', '50%', 'done']);
  assert.equal(lastReason('pulling\nError: \u001b[31mno \u202eroom\u001b[39m.\u001b[?25h\n'), 'no room');
});
