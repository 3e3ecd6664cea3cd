/**
 * Runs the tests of host/ inside a real extension host and reports each as a test of its own.
 * `ELASTIC_TEST_DESKTOP=1` takes a desktop VS Code (downloaded by test-electron) instead of the VS Code server.
 */
import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { cp, mkdir, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { describe, test } from 'node:test';
import { runTests } from '@vscode/test-electron';
import { build } from 'esbuild';
import { ensureRenderTools } from '../harness/render-tools.ts';
import { ensureYamlLanguageServer } from '../harness/yaml-language-server.ts';
import { chosenEdition } from '../harness/vscode/editions.ts';
import type { HostResult } from './report.ts';

const root = join(import.meta.dirname, '../..');
const edition = chosenEdition();
const results = await runInHost();

describe(`extension host, VS Code ${edition.version}`, () => {
  test('ran its tests to the end', () => assert.ok(results.length > 0, 'no test was reported'));
  for (const { title, notes, error } of results) {
    test(title.join(' › '), (context) => {
      notes.forEach((note) => context.diagnostic(note));
      assert.equal(error, null, error ?? '');
    });
  }
});

/** Builds, runs, and reads the report: a crashed host leaves none and fails the run. */
async function runInHost(): Promise<readonly HostResult[]> {
  const work = await mkdtemp(join(tmpdir(), 'elastic-host-'));
  const report = join(work, 'report.json');
  const folder = join(work, 'shop');
  await cp(join(root, 'examples/shop'), folder, { recursive: true });
  await cp(join(root, 'test/fixtures'), join(work, 'fixtures'), { recursive: true });
  await mkdir(join(root, 'out'), { recursive: true });
  try {
    const ended = await start(folder, report);
    assert.ok(existsSync(report), `The extension host wrote no report: ${ended}`);
    return JSON.parse(await readFile(report, 'utf8')) as readonly HostResult[];
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}

/** Says how VS Code ended; failing tests are told one by one from the report. */
async function start(folder: string, report: string): Promise<string> {
  const { kustomize, helm } = await ensureRenderTools(() => undefined);
  const desktop = process.env['ELASTIC_TEST_DESKTOP'] === '1';
  try {
    const code = await runTests({
      ...(desktop
        ? { version: edition.version }
        : { vscodeExecutablePath: join(root, 'test/harness/vscode/code') }),
      extensionDevelopmentPath: root,
      extensionTestsPath: await bundle(),
      launchArgs: [folder],
      extensionTestsEnv: {
        ELASTIC_NODE: process.execPath,
        ELASTIC_HOST_REPORT: report,
        // Commands are run here: they must find no cluster of the person who runs the tests.
        KUBECONFIG: join(dirname(report), 'no-kubeconfig'),
        ELASTIC_FAILURE_DIR: join(root, `out/failure/extension-host-${edition.name}`),
        ELASTIC_TEST_FIXTURES: join(dirname(report), 'fixtures'),
        ELASTIC_TEST_YAML_SERVER: await ensureYamlLanguageServer('2.0.0', () => undefined),
        PATH: `${kustomize}:${helm}:${process.env['PATH'] ?? ''}`,
        NODE_TEST_CONTEXT: undefined,
      },
      stdout: process.stderr,
    });
    return `exit code ${code}`;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

async function bundle(): Promise<string> {
  const outfile = join(root, 'out/test/host.cjs');
  await build({
    entryPoints: [join(import.meta.dirname, 'host/index.ts')],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    sourcemap: 'inline',
    external: ['vscode', 'mocha'],
    // Its CommonJS file: what requiring the package's ES module gives differs between the two Node versions.
    alias: { mocha: 'mocha/lib/mocha.cjs' },
    logLevel: 'warning',
  });
  return outfile;
}
