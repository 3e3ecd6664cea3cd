import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { closingLine, type Ending, readResult, type SuiteResult } from './results.ts';

const ENDED_WELL: Ending = { code: 0, timedOut: false, seconds: 1 };

describe('what a suite came to', () => {
  let folder = '';
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'elastic-results-'));
  });
  after(() => rm(folder, { recursive: true }));

  /** Runs `source` as a test file under the reporter. */
  async function resultOf(source: string): Promise<SuiteResult> {
    const file = join(folder, 'sample.test.mjs');
    const results = join(folder, 'sample.jsonl');
    await rm(results, { force: true });
    await writeFile(file, source);
    const reporter = join(import.meta.dirname, 'reporter.ts');
    const args = ['--test', `--test-reporter=${reporter}`, `--test-reporter-destination=${results}`, file];
    const { NODE_TEST_CONTEXT: _, ...env } = process.env;
    const code = await new Promise<number>((resolve) => {
      const child = execFile(process.execPath, args, { env }, () => resolve(child.exitCode ?? -1));
    });
    return readResult('sample', results, { code, timedOut: false, seconds: 1 });
  }

  test('tests are counted, groups are not', async () => {
    const { passed, failed, skipped, remark } = await resultOf(`
      import { describe, test } from 'node:test';
      describe('group', () => { test('a', () => {}); test('b', () => {}); });
      test('c', () => { throw new Error('no'); });
      test('d', { skip: 'why' }, () => {});
      test('e', { todo: true }, () => { throw new Error('not yet'); });
    `);
    assert.deepEqual({ passed, failed, skipped, remark }, { passed: 2, failed: 1, skipped: 2, remark: null });
  });

  test('a hook that fails is a failure, and so is each test it kept from running', async () => {
    const { passed, failed } = await resultOf(`
      import { before, describe, test } from 'node:test';
      describe('group', () => { before(() => { throw new Error('no'); }); test('a', () => {}); });
    `);
    assert.deepEqual({ passed, failed }, { passed: 0, failed: 2 });
  });

  test('a file that does not load is a failure', async () => {
    assert.equal((await resultOf(`import './nowhere.mjs';`)).failed, 1);
  });

  test('a suite without a test has failed', () => {
    const { failed, remark } = readResult('empty', join(folder, 'none.jsonl'), ENDED_WELL);
    assert.deepEqual({ failed, remark }, { failed: 1, remark: 'ran no test' });
  });

  test('a suite that crashed or took too long has failed, whatever it counted', async () => {
    const file = join(folder, 'one.jsonl');
    await writeFile(file, '{"file":"","name":"a","outcome":"passed","ms":1}\n');
    assert.equal(readResult('fine', file, ENDED_WELL).failed, 0);
    assert.equal(readResult('crashed', file, { ...ENDED_WELL, code: 7 }).failed, 1);
    assert.equal(readResult('slow', file, { ...ENDED_WELL, code: null, timedOut: true }).failed, 1);
  });

  test('the closing line says what was skipped only where something was', () => {
    const result = { passed: 2, failed: 0, skipped: 0 };
    assert.equal(closingLine([result, result]), '4 passed, 0 failed');
    assert.equal(closingLine([result, { ...result, skipped: 1 }]), '4 passed, 0 failed, 1 skipped');
  });
});
