/**
 * Runs the tests: `npm test`, or `npm test -- core ui` for some suites. Makes what they need first, and says at the
 * end what each suite came to. `--prepare` makes what takes minutes the first time, and runs nothing.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { glob } from 'tinyglobby';
import { RUN_MARK } from '../test/harness/leftovers.ts';
import { Parts } from '../test/harness/parts.ts';
import { killAll, processesMarked } from '../test/harness/processes.ts';
import { closingLine, type Ending, readResult, type SuiteResult, table } from '../test/harness/results.ts';
import { openRun, type Run } from '../test/harness/runs.ts';
import { selectSuites, type Suite, suites } from '../test/harness/suites.ts';

const ROOT = join(import.meta.dirname, '..');
const RESULTS = join(ROOT, 'out/results');
const FAILURE = join(ROOT, 'out/failure');
/** In CI nothing may be skipped: what cannot run has failed. */
const STRICT = process.env['CI'] === 'true';

const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: { prepare: { type: 'boolean', default: false } },
});
const parts = new Parts((text) => console.log(`· ${text}`));
const selected = selectSuites(positionals);
const wanted = [...new Set(selected.flatMap((suite) => suite.parts))];

await parts.provision(wanted);
if (options.prepare) {
  for (const part of wanted) if (parts.obstacle(part) === null) await parts.prepare(part);
} else {
  process.exitCode = await runAll();
}

async function runAll(): Promise<number> {
  for (const folder of [RESULTS, FAILURE]) await rm(folder, { recursive: true, force: true });
  await mkdir(RESULTS, { recursive: true });
  const run = await openRun('suites', 'process');
  // A Ctrl-C ends the suite that runs; what was started for it is stopped as after any other end.
  let interrupted = false;
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.on(signal, () => {
      interrupted = true;
      void endSuite(run);
    });
  }
  const results: SuiteResult[] = [];
  try {
    for (const part of wanted) if (parts.obstacle(part) === null) void parts.get(part);
    for (const suite of selected) if (!interrupted) results.push(await runSuite(suite, run));
    if (!interrupted) results.push(...(await forgottenFiles()));
    if (results.some(({ failed }) => failed > 0)) await parts.saveEvidence(FAILURE);
  } finally {
    await parts.stop();
    await run.stop();
  }
  const bad = results.some(({ failed, skipped }) => failed > 0 || (STRICT && skipped > 0));
  console.log(`\n${table(results)}\n`);
  if (bad) console.log(`Screenshots, logs and events: ${FAILURE}\n`);
  console.log(closingLine(results));
  return interrupted ? 130 : bad ? 1 : 0;
}

async function runSuite(suite: Suite, run: Run): Promise<SuiteResult> {
  console.log(`\n── ${suite.name} ──`);
  const obstacles = suite.parts.map((part) => parts.obstacle(part)).filter((text) => text !== null);
  if (obstacles.length > 0) return skipped(suite, obstacles.join('; '));
  try {
    const made = await Promise.all(suite.parts.map((part) => parts.get(part)));
    const env = Object.assign({}, ...made.map((part) => part.env)) as NodeJS.ProcessEnv;
    const file = join(RESULTS, `${suite.name}.jsonl`);
    return readResult(suite.name, file, await runFiles(suite, file, { ...env, ...suite.env }, run));
  } catch (error) {
    const remark = error instanceof Error ? error.message : String(error);
    console.error(remark);
    return {
      suite: suite.name,
      passed: 0,
      failed: 1,
      skipped: 0,
      seconds: 0,
      remark: remark.split('\n')[0]?.slice(0, 100) ?? '',
    };
  }
}

function skipped(suite: Suite, reason: string): SuiteResult {
  console.log(`${STRICT ? 'failed' : 'skipped'}: ${reason}`);
  const counts = STRICT ? { failed: 1, skipped: 0 } : { failed: 0, skipped: 1 };
  return { suite: suite.name, passed: 0, ...counts, seconds: 0, remark: reason };
}

async function runFiles(suite: Suite, results: string, env: NodeJS.ProcessEnv, run: Run): Promise<Ending> {
  const files = await glob([...suite.files], { cwd: ROOT });
  if (files.length === 0) return { code: 0, timedOut: false, seconds: 0 };
  const limit = suite.minutes * 60_000;
  const started = Date.now();
  const child = spawn(process.execPath, [...testArguments(results, limit), ...files.sort()], {
    cwd: ROOT,
    stdio: ['ignore', 'inherit', 'inherit'],
    env: { ...isolatedEnvironment(), ...env, [RUN_MARK]: run.folder },
  });
  let timedOut = false;
  // The limit is each test's first, which names the one that hangs; this is for what does not even end then.
  const timer = setTimeout(() => {
    timedOut = true;
    void endSuite(run);
  }, limit + 15_000);
  const code = await exitOf(child);
  clearTimeout(timer);
  await endSuite(run);
  return { code, timedOut, seconds: (Date.now() - started) / 1000 };
}

function testArguments(results: string, limit: number): string[] {
  const reporter = join(ROOT, 'test/harness/reporter.ts');
  return [
    '--test',
    `--test-timeout=${limit}`,
    ...['--test-reporter=spec', '--test-reporter-destination=stdout'],
    ...[`--test-reporter=${reporter}`, `--test-reporter-destination=${results}`],
  ];
}

/** Without this person's own clusters and engines: a test reaches only what it is given. */
function isolatedEnvironment(): NodeJS.ProcessEnv {
  const { DOCKER_HOST: _host, DOCKER_CONTEXT: _context, ...env } = process.env;
  return { ...env, KUBECONFIG: join(RESULTS, 'no-kubeconfig') };
}

/** Ends what the suite left running; the parts are no part of it. */
function endSuite(run: Run): Promise<void> {
  return killAll(() => processesMarked(RUN_MARK, run.folder));
}

function exitOf(child: ChildProcess): Promise<number | null> {
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', resolve);
  });
}

/** A test file that no suite runs is a test that cannot fail. */
async function forgottenFiles(): Promise<SuiteResult[]> {
  const known = new Set(
    await glob(
      suites.flatMap((suite) => suite.files),
      { cwd: ROOT },
    ),
  );
  const forgotten = (await glob('{test,src,scripts}/**/*.test.ts', { cwd: ROOT })).filter(
    (file) => !known.has(file),
  );
  return forgotten.map((suite) => ({
    suite,
    passed: 0,
    failed: 1,
    skipped: 0,
    seconds: 0,
    remark: 'is in no suite',
  }));
}
