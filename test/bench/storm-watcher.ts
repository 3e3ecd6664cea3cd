/**
 * Shows all pods of a server in the tree while they change: `storm-watcher.ts KUBECONFIG`. Sends their number once all
 * are listed; at `end` what the time since then was like, once the rows are those of a fresh list, or never will be.
 */
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import { cpuMs } from './process-use.ts';
import { StormView } from './storm-view.ts';

export interface StormSample {
  /** Longest time the process could do nothing else. */
  readonly blockMs: number;
  /** Of a hundred times the loop came round, the second longest. */
  readonly usualMs: number;
  readonly cpuMs: number;
  readonly drawn: number;
  /** Pods whose rows are not what a fresh list says. */
  readonly different: number;
}

process.once('disconnect', () => process.exit());
const view = await StormView.open(process.argv[2] ?? '');
const delay = monitorEventLoopDelay({ resolution: 1 });
delay.enable();
const cpuBefore = cpuMs();
const drawnBefore = view.drawn;
process.once('message', () => {
  delay.disable();
  const used = { blockMs: delay.max / 1e6, usualMs: delay.percentile(99) / 1e6, cpuMs: cpuMs() - cpuBefore };
  void (async () => {
    for (let left = 50; left > 0 && (await view.differences()).length > 0; left--) await sleep(100);
    const different = (await view.differences()).length;
    const sample: StormSample = { ...used, drawn: view.drawn - drawnBefore, different };
    process.send?.(sample);
  })();
});
process.send?.(view.rows.size);
