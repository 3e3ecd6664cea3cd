/**
 * Shows all pods of a server in the tree while they change: `storm-watcher.ts KUBECONFIG`. Sends their number once all
 * are listed; at `end` what the time since then was like, once the rows are those of a fresh list, or never will be.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { cpuMs } from './process-use.ts';
import { StormView } from './storm-view.ts';
import { Turns } from './turns.ts';

export interface StormSample {
  /** Longest turn of the event loop. */
  readonly blockMs: number;
  /** Of a hundred turns, the second longest. */
  readonly usualMs: number;
  readonly cpuMs: number;
  readonly drawn: number;
  /** Pods whose rows are not what a fresh list says. */
  readonly different: number;
}

process.once('disconnect', () => process.exit());
const view = await StormView.open(process.argv[2] ?? '');
const turns = new Turns();
const cpuBefore = cpuMs();
const drawnBefore = view.drawn;
process.once('message', () => {
  const took = turns.stop();
  const [blockMs = 0, usualMs = 0] = [took[0], took[Math.floor(took.length / 100)]];
  const used = { blockMs, usualMs, cpuMs: cpuMs() - cpuBefore };
  void (async () => {
    for (let left = 50; left > 0 && (await view.differences()).length > 0; left--) await sleep(100);
    const different = (await view.differences()).length;
    const sample: StormSample = { ...used, drawn: view.drawn - drawnBefore, different };
    process.send?.(sample);
  })();
});
process.send?.(view.rows.size);
