/** What this process uses. */
import { readFileSync, writeFileSync } from 'node:fs';

export function cpuMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

/** What is left of the heap and beside it, garbage collected; wants `--expose-gc`. */
export function heapMb(): number {
  // The second collection takes what finalizers let go of after the first.
  for (let times = 0; times < 2; times++) globalThis.gc?.();
  const { heapUsed, external } = process.memoryUsage();
  return (heapUsed + external) / 1e6;
}

/** VmRSS: what a process has of the operating system now; VmHWM: the most it had since `forgetPeak`. */
export function residentMb(field: 'VmRSS' | 'VmHWM', pid: number | 'self' = 'self'): number {
  const found = new RegExp(`${field}:\\s+(\\d+) kB`).exec(readFileSync(`/proc/${pid}/status`, 'utf8'));
  return (Number(found?.[1]) * 1024) / 1e6;
}

/** proc(5): 5 written to clear_refs sets the peak back to what is resident now. */
export function forgetPeak(): void {
  writeFileSync('/proc/self/clear_refs', '5');
}
