import type { Outcome } from './worker.ts';

interface Sum {
  texts: number;
  characters: number;
  findings: number;
  time: number;
  slowest: number;
}

const MOST_SHOWN = 20;

/** What came of all texts, by family. */
export class Tally {
  readonly #families = new Map<string, Sum>();
  readonly #failures: string[] = [];
  #shown = 0;

  get count(): number {
    return [...this.#families.values()].reduce((sum, { texts }) => sum + texts, 0);
  }

  get failed(): number {
    return this.#failures.length;
  }

  /** `limit`: the time in ms that an analysis of a text of a length may take. */
  add(outcomes: readonly Outcome[], limit: (length: number) => number): void {
    const before = this.count;
    for (const { index, family, length, time, findings, failure } of outcomes) {
      const sum = this.#families.get(family) ?? { texts: 0, characters: 0, findings: 0, time: 0, slowest: 0 };
      this.#families.set(family, sum);
      sum.texts++;
      sum.characters += length;
      sum.findings += findings;
      sum.time += time;
      sum.slowest = Math.max(sum.slowest, time);
      if (failure !== null) this.fail(failure);
      else if (time > limit(length)) this.fail(`text ${index}, family ${family}: ${time.toFixed(0)} ms`);
    }
    const thousands = Math.floor(this.count / 10_000);
    if (thousands > Math.floor(before / 10_000)) console.log(`· ${this.count} texts, ${this.failed} failed`);
  }

  fail(failure: string): void {
    this.#failures.push(failure);
    if (this.#shown++ < MOST_SHOWN) console.error(failure.split('\n').slice(0, 40).join('\n'));
  }

  print(): void {
    console.log(`\n${'family'.padEnd(24)}    texts       MB  findings  ms each  slowest`);
    const total: Sum = { texts: 0, characters: 0, findings: 0, time: 0, slowest: 0 };
    for (const [name, sum] of [...this.#families].sort(([, a], [, b]) => b.texts - a.texts)) {
      printRow(name, sum);
      for (const key of ['texts', 'characters', 'findings', 'time'] as const) total[key] += sum[key];
      total.slowest = Math.max(total.slowest, sum.slowest);
    }
    printRow('all', total);
    console.log(`\n${this.failed === 0 ? 'none' : this.failed} of ${this.count} texts failed`);
  }
}

function printRow(name: string, { texts, characters, findings, time, slowest }: Sum): void {
  const figures = [
    String(texts).padStart(9),
    (characters / 1e6).toFixed(1).padStart(9),
    String(findings).padStart(10),
    (time / texts).toFixed(2).padStart(9),
    slowest.toFixed(0).padStart(9),
  ];
  console.log(name.padEnd(24) + figures.join(''));
}
