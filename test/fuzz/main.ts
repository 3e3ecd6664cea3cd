/**
 * Tries the core with many texts: `npm run fuzz -- [--texts N] [--seed S] [--family NAME] [--only INDEX]`. The same
 * seed makes the same texts; `--only` runs the one of which a failure told, and prints it.
 */
import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';
import { Worker } from 'node:worker_threads';
import { families } from './families.ts';
import { checkSample, sampleAt } from './run.ts';
import { Tally } from './tally.ts';
import type { Outcome, Task } from './worker.ts';

/** What an analysis may take before it counts as hanging: far more than any does, on any machine. */
function limit(length: number): number {
  return 2000 + 0.02 * length;
}

/** All that is done with one text may take this many times as long. */
const WHOLE = 60;

const { values: options } = parseArgs({
  options: {
    texts: { type: 'string', default: '200000' },
    seed: { type: 'string', default: '1' },
    family: { type: 'string' },
    only: { type: 'string' },
  },
});
const seed = Number(options.seed);
const texts = Number(options.texts);
if (options.family !== undefined && !families.some(({ name }) => name === options.family)) {
  throw new Error(
    `There is no family named ${options.family}: ${families.map(({ name }) => name).join(', ')}.`,
  );
}

if (options.only !== undefined) {
  const index = Number(options.only);
  const sample = sampleAt(
    seed,
    index,
    families.find(({ name }) => name === options.family),
  );
  console.log(JSON.stringify(sample.text));
  checkSample(seed, index, sample);
  console.log('Nothing is wrong with it.');
} else {
  const tally = new Tally();
  const threads = Math.min(availableParallelism(), 8);
  await Promise.all(Array.from({ length: threads }, (_, thread) => runThread(thread, threads, tally)));
  tally.print();
  process.exitCode = tally.failed > 0 || tally.count < texts ? 1 : 0;
}

/** Resolves when the thread has gone through its share; one that hangs is ended, and its text counts as a failure. */
async function runThread(first: number, step: number, tally: Tally): Promise<void> {
  const progress = new SharedArrayBuffer(8);
  const seen = new Int32Array(progress);
  const family = options.family === undefined ? {} : { family: options.family };
  const task: Task = { seed, first, step, end: texts, ...family, progress };
  const worker = new Worker(new URL('worker.ts', import.meta.url), { workerData: task });
  let last = { index: -1, since: Date.now() };
  const watchdog = setInterval(() => {
    const index = Atomics.load(seen, 0);
    if (index !== last.index) last = { index, since: Date.now() };
    else if (Date.now() - last.since > WHOLE * limit(Atomics.load(seen, 1))) {
      tally.fail(`text ${index} of seed ${seed} hangs`);
      void worker.terminate();
    }
  }, 500);
  try {
    await new Promise<void>((resolve, reject) => {
      worker.on('message', (outcomes: readonly Outcome[]) => tally.add(outcomes, limit));
      worker.once('error', reject);
      worker.once('exit', () => resolve());
    });
  } finally {
    clearInterval(watchdog);
  }
}
