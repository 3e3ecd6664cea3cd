import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { productSources, read, type Sources } from './sources.ts';

/** Files should have some 150 lines; above this they are two files. */
const limit = 400;
/** A test file is a list of cases: longer is no less readable. */
const testLimit = 500;
/** What runs at start-up before anything else, and must stay a list of parts. */
const frontDoorLimit = 150;

function limitOf(file: string): number {
  if (file === 'src/extension.ts') return frontDoorLimit;
  return file.startsWith('test/') ? testLimit : limit;
}

function tooLong(sources: Sources): readonly string[] {
  return (
    [...sources]
      // What a build step makes is nobody's writing.
      .filter(([file]) => !file.includes('/generated/'))
      .map(([file, text]) => ({ file, lines: text.trimEnd().split('\n').length }))
      .filter(({ file, lines }) => lines > limitOf(file))
      .map(({ file, lines }) => `${file} has ${lines} lines`)
  );
}

describe('sizes', () => {
  test(`no file has more than ${limit} lines, the front door no more than ${frontDoorLimit}`, () => {
    const sources = new Map([...productSources(), ...read(['test/**/*.ts', 'scripts/**/*.ts'])]);
    assert.deepEqual(tooLong(sources), []);
  });

  test('finds long files', () => {
    const lines = (count: number): string => 'x;\n'.repeat(count);
    const sources = new Map([
      ['src/a.ts', lines(limit + 1)],
      ['src/b.ts', lines(limit)],
      ['src/extension.ts', lines(frontDoorLimit + 1)],
      ['test/a.test.ts', lines(testLimit + 1)],
      ['test/b.test.ts', lines(testLimit)],
    ]);
    assert.equal(tooLong(sources).length, 3);
  });
});
