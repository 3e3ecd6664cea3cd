import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

const pause = new Int32Array(new SharedArrayBuffer(4));

/**
 * What this thread has had of a processor so far, in ms. The kernel brings its account up to date every few ms and
 * whenever a thread rests: so it rests for a moment.
 */
function threadTime(): number {
  Atomics.wait(pause, 0, 0, 0.01);
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1000;
}

/** For how long the thread was at it, in ms: whatever else the machine does takes no part in that. */
export function mainThreadTime(work: () => unknown): number {
  const start = threadTime();
  work();
  return threadTime() - start;
}

/** Node hides it unless started with a flag; a flag set later holds for contexts made after it. */
export function garbageCollector(): () => void {
  setFlagsFromString('--expose-gc');
  return runInNewContext('gc') as () => void;
}
