/** A thread that checks texts, one after the other, and says which one it is at. */
import { parentPort, workerData } from 'node:worker_threads';
import { analyze } from '../../src/core/index.ts';
import { mainThreadTime } from '../bench/time.ts';
import { families } from './families.ts';
import { checkSample, sampleAt } from './run.ts';

export interface Task {
  readonly seed: number;
  /** Texts from `first` on, every `step`th, below `end`. */
  readonly first: number;
  readonly step: number;
  readonly end: number;
  /** Name of the only family to take texts from. */
  readonly family?: string;
  /** Two numbers: index of the text that is looked at, and its length. */
  readonly progress: SharedArrayBuffer;
}

/** What came of one text. */
export interface Outcome {
  readonly index: number;
  readonly family: string;
  readonly length: number;
  /** Of a processor for one analysis, in ms. */
  readonly time: number;
  readonly findings: number;
  readonly failure: string | null;
}

const task = workerData as Task;
const progress = new Int32Array(task.progress);
const only = families.find(({ name }) => name === task.family);
let outcomes: Outcome[] = [];

for (let index = task.first; index < task.end; index += task.step) {
  const sample = sampleAt(task.seed, index, only);
  Atomics.store(progress, 1, sample.text.length);
  Atomics.store(progress, 0, index);
  outcomes.push(outcomeOf(index, sample));
  if (outcomes.length === 200) flush();
}
flush();

function outcomeOf(index: number, sample: ReturnType<typeof sampleAt>): Outcome {
  const { family, text } = sample;
  let [time, findings] = [0, 0];
  let failure: string | null = null;
  try {
    time = mainThreadTime(() => {
      findings = analyze(text).findings.length;
    });
    checkSample(task.seed, index, sample);
  } catch (error) {
    failure = error instanceof Error ? error.message : String(error);
  }
  return { index, family: family.name, length: text.length, time, findings, failure };
}

function flush(): void {
  parentPort?.postMessage(outcomes);
  outcomes = [];
}
