/**
 * Measures: `npm run bench`, or `npm run bench -- lint cluster` for some parts. Each figure is a ratio between two
 * that did the same work in turn on this machine; the times beside it are this machine's. `--json FILE` keeps all
 * samples.
 */
import { writeFile } from 'node:fs/promises';
import { cpus } from 'node:os';
import { parseArgs } from 'node:util';
import type { Report } from '../harness/cache.ts';
import { type PartName, Parts } from '../harness/parts.ts';
import { activation } from './activation.ts';
import { cluster } from './cluster.ts';
import { type Comparison, ratioOf, table } from './comparison.ts';
import { explorer } from './explorer.ts';
import { host } from './host.ts';
import { hostile } from './hostile.ts';
import { lint } from './lint.ts';
import { officialExtension } from './official.ts';
import { servers } from './servers.ts';
import { typing } from './typing.ts';

interface Bench {
  /** Of the bench's parts, those without which it cannot run. */
  readonly needs: readonly PartName[];
  measure(report: Report): Promise<readonly Comparison[]>;
}

const benches: Readonly<Record<string, Bench>> = {
  lint: { needs: [], measure: lint },
  hostile: { needs: [], measure: hostile },
  servers: { needs: [], measure: servers },
  typing: { needs: [], measure: typing },
  activation: { needs: ['vscode-newest'], measure: activation },
  host: { needs: ['vscode-newest'], measure: host },
  cluster: { needs: ['cluster'], measure: cluster },
  explorer: { needs: ['cluster'], measure: explorer },
  official: { needs: ['cluster', 'vscode-newest'], measure: officialExtension },
};

const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: { json: { type: 'string' } },
});
const names = positionals.length === 0 ? Object.keys(benches) : positionals;
const report: Report = (text) => console.log(`· ${text}`);
const parts = new Parts(report);
const comparisons: Comparison[] = [];

for (const name of names) {
  const bench = benches[name];
  if (bench === undefined) {
    throw new Error(`There is no part named ${name}. There are ${Object.keys(benches).join(', ')}.`);
  }
  await parts.provision(bench.needs);
  const obstacle = bench.needs.map((part) => parts.obstacle(part)).find((reason) => reason !== null);
  if (obstacle === undefined) comparisons.push(...(await bench.measure(report)));
  else report(`${name} cannot be measured here: ${obstacle ?? ''}`);
}

console.log(`\n${table(comparisons)}`);
if (options.json !== undefined) {
  const results = comparisons.map((comparison) => ({ ...comparison, ...medians(comparison) }));
  const machine = { node: process.version, processors: cpus().length };
  await writeFile(options.json, `${JSON.stringify({ machine, results }, null, 2)}\n`);
}

function medians(comparison: Comparison): object {
  const { ratio, spread, ours, theirs } = ratioOf(comparison);
  return { ratio, spread, median: { ours, theirs } };
}
