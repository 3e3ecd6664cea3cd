/** Whether an analysis of four times the text takes four times as long, whatever the text: nothing grows faster. */
import { analyze } from '../../src/core/index.ts';
import { scaling } from '../fuzz/scaling.ts';
import type { Report } from '../harness/cache.ts';
import { type Comparison, ratioOf } from './comparison.ts';
import { mainThreadTime } from './time.ts';

const shorter = 50_000;
const times = 4;
const rounds = 3;
/** Ms of a sample. */
const enough = 20;
/** A step that looks at the whole for each of its parts comes to 4. */
const target = 2;

/** Of one analysis in ms, from as many as make a time that can be told from chance. */
function timeOf(text: string): number {
  let [time, analyses] = [0, 0];
  for (; time < enough; analyses++) time += mainThreadTime(() => analyze(text));
  return time / analyses;
}

export async function hostile(report: Report): Promise<readonly Comparison[]> {
  const comparisons: Comparison[] = [];
  for (const [name, text] of Object.entries(scaling)) {
    const [part, whole] = [text(shorter), text(times * shorter)];
    const samples = { ours: [] as number[], theirs: [] as number[] };
    for (let round = 0; round < rounds; round++) {
      samples.ours.push(timeOf(whole));
      samples.theirs.push(timeOf(part) * (whole.length / part.length));
    }
    comparisons.push({ name, against: 'a quarter of it, four times', unit: 'ms', ...samples, target });
    await new Promise(setImmediate);
  }
  const worst = Math.max(...comparisons.map((comparison) => ratioOf(comparison).ratio));
  report(`the worst of ${comparisons.length} texts took ${worst.toFixed(2)} times as long for its length`);
  return comparisons;
}
