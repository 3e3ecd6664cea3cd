/** Comments that let findings pass reach as far as they say, and no farther. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { analyze } from '../../../src/core/index.ts';

const limits = 'resources: { requests: { cpu: 1, memory: 1Mi }, limits: { memory: 100Mb } }';

/** Each line of containers with `limits` has one finding, quantity-invalid. */
function pod(name: string, containers: string, top = ''): string {
  return `apiVersion: v1\nkind: Pod\n${top}metadata: { name: ${name} }\nspec:\n  containers:\n${containers}`;
}

/** Lines, from 1, on which findings of a code begin. */
function linesOf(text: string, code: string): readonly number[] {
  const { findings, lines } = analyze(text);
  return findings
    .filter((finding) => finding.code === code)
    .map(({ range }) => lines.positionAt(range.start).line + 1);
}

const one = (name: string, comment = ''): string =>
  `    - name: ${name}\n      image: a:1\n      ${limits}${comment}\n`;
const quantity = 'quantity-invalid';

describe('a comment that ignores a rule', () => {
  test('behind a value, on this line only', () => {
    const text = pod('a', one('a', ' # elastic-ignore quantity-invalid: known') + one('b'));
    assert.deepEqual(linesOf(text, quantity), [11]);
    assert.deepEqual(linesOf(text, 'suppression-invalid'), []);
  });

  test('on a line of its own, on the next line that holds more than a comment', () => {
    const container = one('a').replace(
      `      ${limits}`,
      `      # elastic-ignore quantity-invalid: known\n\n      # Why is that?\n      ${limits}`,
    );
    assert.deepEqual(linesOf(pod('a', container + one('b')), quantity), [14]);
  });

  test('of several comments in a row, each for the same line', () => {
    const comments =
      '      # elastic-ignore image-tag-latest: a\n      # elastic-ignore quantity-invalid: b\n';
    const container = one('a').replace(`      ${limits}`, `${comments}      ${limits}`);
    assert.deepEqual(linesOf(pod('a', container), quantity), []);
  });

  test('is none inside of a text', () => {
    const note = (lines: string): string => `metadata: { name: a }\nspec:\n  hostname: ${lines}\n`;
    const script = '|\n    # elastic-ignore-file quantity-invalid: of a script';
    const behind = '| # elastic-ignore-file quantity-invalid: known\n    a';
    const told = (lines: string): number =>
      linesOf(pod('a', one('a')).replace('metadata: { name: a }\nspec:\n', note(lines)), quantity).length;
    assert.deepEqual([script, behind].map(told), [1, 0]);
  });

  test('of an object, in its document and no other', () => {
    const top = '# elastic-ignore-object quantity-invalid: known\n';
    const text = `${pod('a', one('a'))}---\n${pod('b', one('b') + one('c'), top)}---\n${pod('c', one('d'))}`;
    assert.deepEqual(linesOf(text, quantity), [8, 30]);
  });

  test('of one of several objects in a List', () => {
    const item = (name: string): string => `  -\n${pod(name, one(name)).replaceAll(/^(?=.)/gm, '    ')}`;
    const list = `apiVersion: v1\nkind: List\nitems:\n${item('a')}${item('b')}`;
    assert.deepEqual(linesOf(list, quantity), [12, 21]);
    const comment = ' # elastic-ignore-object quantity-invalid: known';
    for (const place of ['kind: Pod', '  -']) {
      const first = list.replace(place, `${place}${comment}`);
      assert.deepEqual(linesOf(first, quantity), [21], place);
    }
    assert.deepEqual(linesOf(list.replace('items:', `items:${comment}`), quantity), [12, 21]);
  });

  test('of a file, wherever it stands', () => {
    const text = `${pod('a', one('a'))}---\n# elastic-ignore-file quantity-invalid: known\n${pod('b', one('b'))}`;
    assert.deepEqual(linesOf(text, quantity), []);
  });

  test('names several rules, and leaves all others alone', () => {
    const text = pod('a', one('a', ' # elastic-ignore image-tag-latest, quantity-invalid: known'));
    assert.deepEqual(linesOf(text, quantity), []);
    const other = pod('a', one('a', ' # elastic-ignore image-tag-latest: known'));
    assert.deepEqual(linesOf(other, quantity), [8]);
  });

  test('needs a reason, a name, and a rule of that name', () => {
    for (const [comment, passes] of [
      ['# elastic-ignore quantity-invalid', false],
      ['# elastic-ignore quantity-invalid:  ', false],
      ['# elastic-ignore : because', false],
      ['# elastic-ignore: because', false],
      ['# elastic-ignore quantity-invalit: because', false],
      ['# elastic-ignore quantity-invalit, quantity-invalid: because', true],
    ] as const) {
      const text = pod('a', one('a', ` ${comment}`));
      assert.deepEqual(linesOf(text, 'suppression-invalid'), [8], comment);
      assert.deepEqual(linesOf(text, quantity), passes ? [] : [8], comment);
    }
  });
});
