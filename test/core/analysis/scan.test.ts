import assert from 'node:assert/strict';
import { test } from 'node:test';
import { scan, type Scan } from '../../../src/core/analysis/scan.ts';
import { Random } from '../random.ts';

const pieces = [
  'a',
  'key: value\n',
  '\n',
  '\n\n',
  '\r\n',
  '\r',
  '<<<<<<< ours\n',
  '=======\n',
  '=',
  '<',
  ' ',
];
const comment = '# elastic-ignore latest-tag: pinned later\n';

function edited(text: string, random: Random): string {
  const start = random.below(text.length + 1);
  const end = Math.min(text.length, start + random.pick([0, 0, 1, 3, 40]));
  return text.slice(0, start) + random.pick([...pieces, comment, '']) + text.slice(end);
}

test('after an edit the same is known as of the text alone', () => {
  const random = new Random(1);
  for (let file = 0; file < 40; file++) {
    // Some longer than what is compared as one piece.
    let text = 'data:\n  key: value\n'.repeat(random.pick([0, 1, 20, 1000]));
    let last: Scan | null = null;
    for (let edit = 0; edit < 50; edit++) {
      last = scan(text, last);
      const { lines, marked } = scan(text, null);
      assert.deepEqual(last.lines.data, lines.data, JSON.stringify(text));
      // One that was there once may be taken for one that still is: the text is then looked at more closely.
      if (marked) assert.equal(last.marked, true, JSON.stringify(text));
      text = edited(text, random);
    }
  }
});

test('a mark is seen that an edit completes, and forgotten once it is gone', () => {
  const before = scan('a: 1\n<<<<<< ours\n', null);
  assert.equal(before.marked, false);
  const completed = scan('a: 1\n<<<<<<< ours\n', before);
  assert.equal(completed.marked, true);
  assert.equal(scan('a: 1\n', completed).marked, false);
  const joined = scan('a: elastic-ignore\n', scan('a: elastic-\nignore\n', null));
  assert.equal(joined.marked, true);
});
