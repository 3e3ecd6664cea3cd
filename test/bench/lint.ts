/** All our checks of a text against the bare parse that every YAML tool starts with. */
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { build } from 'esbuild';
import type { Range } from 'vscode-languageserver/node';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { parseAllDocuments } from 'yaml';
import { analyze, AnalysisCache } from '../../src/core/index.ts';
import { Random } from '../core/random.ts';
import type { Report } from '../harness/cache.ts';
import { run } from '../harness/processes.ts';
import { type Comparison, quantile } from './comparison.ts';
import type { ColdSubject } from './lint-cold.ts';
import { largeFile, smallFile } from './manifests.ts';
import { garbageCollector, mainThreadTime } from './time.ts';

const bareParse = "yaml's parseAllDocuments";
/** In which a screen is drawn once, in ms. */
const frame = 16;
const editCount = 200;

/** Times are of the main thread alone, so that whatever else the machine does takes no part in them. */
export async function lint(report: Report): Promise<readonly Comparison[]> {
  const large = largeFile();
  const results: Comparison[] = [];
  report('linting 100 lines');
  results.push({
    name: 'lint 100 lines',
    target: 3,
    ...(await inTurn({
      ours: () => analyze(smallFile),
      theirs: () => parseAllDocuments(smallFile),
      warmUp: 200,
      rounds: 25,
      times: 40,
    })),
  });
  report('linting 50,000 lines');
  const rounds = { warmUp: 1, rounds: 5, times: 1 };
  results.push({
    name: 'lint 50,000 lines',
    ...(await inTurn({ ours: () => analyze(large), theirs: () => parseAllDocuments(large), ...rounds })),
  });
  report('editing in 50,000 lines');
  results.push(edits(large));
  report('linting in fresh processes');
  results.push(await cold('lint 100 lines, fresh process', smallFile, 5));
  results.push({ ...(await cold('lint 50,000 lines, fresh process', large, 3)), target: 1.5 });
  return results;
}

/** Edits at random places, each by hand: from the change an editor sends to all findings of the new text. */
function edits(text: string): Comparison {
  const random = new Random(7);
  const document = TextDocument.create('file:///large.yaml', 'yaml', 0, text);
  const cache = new AnalysisCache();
  analyze(text, { cache });
  const times: number[] = [];
  for (let edit = 1; edit <= editCount; edit++) {
    const change = editIn(document, random);
    times.push(
      mainThreadTime(() => {
        TextDocument.update(document, [change], edit);
        analyze(document.getText(), { cache });
      }),
    );
  }
  const p95 = quantile(times, 0.95);
  const name = `edit of 50,000 lines, p95 of ${editCount}`;
  return { name, against: 'a frame', unit: 'ms', ours: [p95], theirs: [frame], target: 1 };
}

/** A character typed, a word pasted or some deleted, not always to the good of the YAML. */
function editIn(document: TextDocument, random: Random): { range: Range; text: string } {
  const line = random.below(document.lineCount);
  const start = { line, character: random.below(60) };
  const end = { line, character: start.character + random.pick([0, 0, 0, 1, 3]) };
  return {
    range: { start, end },
    text: random.pick(['a', '1', ' ', ':', '"', 'web', 'replicas: 2\n', '- ', '']),
  };
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
    const time = mainThreadTime(() => {
      for (let call = 0; call < calls; call++) work();
    });
    return time / calls;
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
