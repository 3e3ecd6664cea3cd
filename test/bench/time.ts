import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/** For how long the main thread was at it, in ms: whatever else the machine does takes no part in that. */
export function mainThreadTime(work: () => unknown): number {
  const start = process.threadCpuUsage();
  work();
  const { user, system } = process.threadCpuUsage(start);
  return (user + system) / 1000;
}

/** Node hides it unless started with a flag; a flag set later holds for contexts made after it. */
export function garbageCollector(): () => void {
  setFlagsFromString('--expose-gc');
  return runInNewContext('gc') as () => void;
}
