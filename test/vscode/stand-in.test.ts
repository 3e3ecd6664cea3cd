/** The stand-in for the desktop editor must not call a run good that was not: see code-stand-in.ts. */
import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { runTests } from '@vscode/test-electron';

const code = join(import.meta.dirname, '../harness/vscode/code');

describe('stand-in for the desktop editor', () => {
  test('reports an extension host that dies', async () => {
    await assert.rejects(runOf('process.kill(process.pid, "SIGKILL"); await new Promise(() => {});'));
  });

  test('reports tests that fail', async () => {
    await assert.rejects(runOf('throw new Error("1 failed");'));
  });

  test('accepts tests that pass', async () => {
    assert.equal(await runOf('require("vscode").window.state;'), 0);
  });
});

/** Runs this code as the tests of an empty extension; resolves with the exit code 0, rejects for another. */
async function runOf(body: string): Promise<number> {
  const folder = await mkdtemp(join(tmpdir(), 'elastic-stand-in-'));
  const manifest = { name: 'empty', publisher: 'test', version: '0.0.1', engines: { vscode: '*' } };
  try {
    await mkdir(join(folder, 'workspace'));
    await writeFile(join(folder, 'package.json'), JSON.stringify(manifest));
    await writeFile(join(folder, 'tests.cjs'), `exports.run = async () => { ${body} };`);
    return await runTests({
      vscodeExecutablePath: code,
      extensionDevelopmentPath: folder,
      extensionTestsPath: join(folder, 'tests.cjs'),
      launchArgs: [join(folder, 'workspace')],
      extensionTestsEnv: { ELASTIC_NODE: process.execPath },
      stdout: process.stderr,
    });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
