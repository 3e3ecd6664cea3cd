/** All our checks of a text against the bare parse that every YAML tool starts with. */
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { build } from 'esbuild';
import { parseAllDocuments } from 'yaml';
import { analyze, AnalysisCache } from '../../src/core/index.ts';
import type { Report } from '../harness/cache.ts';
import { run } from '../harness/processes.ts';
import type { Comparison } from './comparison.ts';
import type { ColdSubject } from './lint-cold.ts';
import { largeFile, smallFile } from './manifests.ts';

const bareParse = "yaml's parseAllDocuments";

/** Times are of the main thread alone, so that whatever else the machine does takes no part in them. */
export async function lint(report: Report): Promise<readonly Comparison[]> {
  const large = largeFile();
  const results: Comparison[] = [];
  report('linting 100 lines');
  results.push({
    name: 'lint 100 lines',
    ...(await inTurn({
      ours: () => analyze(smallFile),
      theirs: () => parseAllDocuments(smallFile),
      warmUp: 200,
      rounds: 25,
      times: 10,
    })),
  });
  report('linting 50,000 lines');
  const rounds = { warmUp: 1, rounds: 5, times: 1 };
  results.push({
    name: 'lint 50,000 lines',
    ...(await inTurn({ ours: () => analyze(large), theirs: () => parseAllDocuments(large), ...rounds })),
  });
  const cache = new AnalysisCache();
  analyze(large, { cache });
  let edits = 0;
  results.push({
    name: 'lint 50,000 lines after an edit',
    ...(await inTurn({
      ours: () => analyze(edited(large, ++edits), { cache }),
      theirs: () => parseAllDocuments(edited(large, ++edits)),
      ...rounds,
    })),
  });
  report('linting in fresh processes');
  results.push(await cold('lint 100 lines, fresh process', smallFile, 5));
  results.push(await cold('lint 50,000 lines, fresh process', large, 3));
  return results;
}

/** Another number of replicas in the middle of the text. */
function edited(text: string, edit: number): string {
  const at = text.indexOf('replicas: ', text.length / 2);
  return `${text.slice(0, at)}replicas: ${edit}${text.slice(text.indexOf('\n', at))}`;
}

interface Turns {
  readonly ours: () => unknown;
  readonly theirs: () => unknown;
  /** Calls of each before the first that counts. */
  readonly warmUp: number;
  readonly rounds: number;
  /** Calls in one sample. */
  readonly times: number;
}

async function inTurn({ ours, theirs, warmUp, rounds, times }: Turns): Promise<Omit<Comparison, 'name'>> {
  const collectGarbage = garbageCollector();
  const sample = (work: () => unknown, calls: number): number => {
    // What the other one left behind must not be cleared away in this one's time.
    collectGarbage();
    const start = process.threadCpuUsage();
    for (let call = 0; call < calls; call++) work();
    const { user, system } = process.threadCpuUsage(start);
    return (user + system) / 1000 / calls;
  };
  sample(ours, warmUp);
  sample(theirs, warmUp);
  const samples: { readonly ours: number[]; readonly theirs: number[] } = { ours: [], theirs: [] };
  for (let round = 0; round < rounds; round++) {
    samples.ours.push(sample(ours, times));
    samples.theirs.push(sample(theirs, times));
    // Lets a Ctrl-C through.
    await new Promise(setImmediate);
  }
  return { against: bareParse, unit: 'ms', ...samples };
}

/** Node hides it unless started with a flag; a flag set later holds for contexts made after it. */
function garbageCollector(): () => void {
  setFlagsFromString('--expose-gc');
  return runInNewContext('gc') as () => void;
}

const folder = join(import.meta.dirname, '../../out/bench');

/** Loading and the first call together, bundled as it is delivered. */
async function cold(name: string, text: string, rounds: number): Promise<Comparison> {
  await mkdir(folder, { recursive: true });
  const file = join(folder, 'cold.yaml');
  await writeFile(file, text);
  const subjects = await bundles();
  const samples = { ours: [] as number[], theirs: [] as number[] };
  for (let round = 0; round < rounds; round++) {
    for (const side of ['ours', 'theirs'] as const) {
      const { bundle, call } = subjects[side];
      const script = join(import.meta.dirname, 'lint-cold.ts');
      samples[side].push(Number(await run(process.execPath, [script, bundle, call, file])));
    }
  }
  return { name, against: bareParse, unit: 'ms', ...samples };
}

async function bundles(): Promise<Record<'ours' | 'theirs', ColdSubject>> {
  const bundle = async (name: string, entry: string): Promise<string> => {
    const outfile = join(folder, `${name}.cjs`);
    const options = { bundle: true, minify: true, platform: 'node', format: 'cjs' } as const;
    await build({ ...options, entryPoints: [entry], outfile });
    return outfile;
  };
  const core = join(import.meta.dirname, '../../src/core/index.ts');
  return {
    ours: { bundle: await bundle('core', core), call: 'analyze' },
    theirs: { bundle: await bundle('yaml', 'yaml'), call: 'parseAllDocuments' },
  };
}
