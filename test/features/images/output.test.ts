import assert from 'node:assert/strict';
import { test } from 'node:test';
import { elapsed, size } from '../../../src/features/images/figures.ts';
import { paintLine, stepIn } from '../../../src/features/images/paint.ts';
import { Lines } from '../../../src/platform/paint.ts';

test('every builder says how far it is', () => {
  assert.deepEqual(stepIn('#5 [2/3] RUN make'), { number: 2, of: 3 });
  assert.deepEqual(stepIn('#12 [build 4/11] COPY . .'), { number: 4, of: 11 });
  assert.deepEqual(stepIn('Step 2/6 : RUN make'), { number: 2, of: 6 });
  assert.deepEqual(stepIn('[2/2] STEP 3/5: RUN make'), { number: 3, of: 5 });
  for (const line of [
    '#1 [internal] load build definition',
    '#5 DONE 0.2s',
    'Step by step',
    ' > [2/3] RUN make:',
  ]) {
    assert.equal(stepIn(line), null);
  }
});

test('colours add nothing and take nothing away', () => {
  const lines = [
    '#5 [2/3] RUN make',
    '#5 ERROR: exit code: 2',
    '#5 CACHED',
    ' ---> 8850c5a45e1a',
    'plain',
    '',
  ];
  for (const line of lines) {
    assert.equal(paintLine(line).replace(/\u001b\[[\d;]*m/g, ''), line);
  }
  assert.equal(paintLine('plain'), 'plain');
  assert.match(paintLine('#5 ERROR: exit code: 2'), /^\u001b\[31m/);
});

test('output in pieces becomes whole lines', () => {
  const seen: string[] = [];
  const lines = new Lines((line) => seen.push(line));
  for (const piece of ['one\ntw', 'o\r', '\n\nthr', 'ee']) lines.push(piece);
  assert.deepEqual(seen, ['one', 'two', '']);
  lines.end();
  lines.end();
  assert.deepEqual(seen, ['one', 'two', '', 'three']);
});

test('sizes as engines print them', () => {
  const printed = [0, 999, 1000, 1_982_281, 14_200_000, 999_600, 1_234_000_000].map(size);
  assert.deepEqual(printed, ['0 B', '999 B', '1.0 kB', '2.0 MB', '14 MB', '1.0 MB', '1.2 GB']);
});

test('times to the tenth of a second, from a minute on in minutes', () => {
  assert.deepEqual([40, 3240, 59_900, 61_000].map(elapsed), ['0.0 s', '3.2 s', '59.9 s', '1 min']);
});
