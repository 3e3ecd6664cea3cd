/** Our language server against yaml-language-server: the same file, the same edits, the same schema's kinds. */
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import type { Report } from '../harness/cache.ts';
import { run } from '../harness/processes.ts';
import { ensureYamlLanguageServer } from '../harness/yaml-language-server.ts';
import type { Comparison } from './comparison.ts';
import { ensureKubernetesSchema } from './kubernetes-schema.ts';
import { type Cost, LanguageServerProcess, type ServerCommand } from './language-server.ts';
import { manifests, smallFile } from './manifests.ts';

/** The current one, and the one in wide use before it. */
const versions = ['2.0.0', '1.18.0'] as const;
const warmUp = 100;
const rounds = 5;
const changesARound = 10;
const coldRounds = 5;

const root = join(import.meta.dirname, '../..');

/** A file with a mistake in its schema that every one of them has to tell. */
interface Subject {
  readonly name: string;
  readonly text: string;
  /** The mistake's, from 0. */
  readonly line: number;
}

function subject(name: string, text: string): Subject {
  const at = text.lastIndexOf('replicas: 3');
  const faulty = `${text.slice(0, at)}replicas: many${text.slice(at + 'replicas: 3'.length)}`;
  return { name, text: faulty, line: faulty.slice(0, at).split('\n').length - 1 };
}

const small = subject('100 lines', smallFile);

export async function servers(report: Report): Promise<readonly Comparison[]> {
  await run(process.execPath, ['esbuild.mjs'], { cwd: root });
  const compiled = await mkdtemp(join(tmpdir(), 'elastic-servers-'));
  const ours: ServerCommand = {
    name: 'ours',
    // As the extension starts it.
    args: [join(root, 'dist/server.cjs'), '--stdio'],
    env: { NODE_COMPILE_CACHE: compiled },
    settings: {},
    notifications: [],
    content: () => Promise.reject(new Error('Nothing to be had.')),
  };
  try {
    return await againstTheirs(ours, report);
  } finally {
    await rm(compiled, { recursive: true, force: true });
  }
}

async function againstTheirs(ours: ServerCommand, report: Report): Promise<readonly Comparison[]> {
  // The older one of theirs takes minutes over 50,000 lines.
  const large = subject('5,000 lines', manifests(100));
  const results: Comparison[] = [];
  for (const version of versions) {
    const theirs = await yamlLanguageServer(version, report);
    report(
      `${theirs.name} and ours: Kubernetes schema of 1.36.3, same files and edits, findings by didChange`,
    );
    for (const { name, text, line } of [small, large]) {
      results.push(...(await cold(ours, theirs, { name, text, line })));
    }
    results.push(...(await warm(ours, theirs, report)));
  }
  return results;
}

/** Set up as its extension does it: the kind of schema named, addresses fetched by the client. */
async function yamlLanguageServer(version: string, report: Report): Promise<ServerCommand> {
  const program = await ensureYamlLanguageServer(version, report);
  const schema = await ensureKubernetesSchema(report);
  return {
    name: `yaml-language-server ${version}`,
    args: [program, '--stdio'],
    env: {},
    settings: {
      yaml: { validate: true, schemas: { kubernetes: ['*.yaml'] }, schemaStore: { enable: false } },
    },
    notifications: ['yaml/registerContentRequest'],
    content: (address) => readFile(join(schema, basename(new URL(address).pathname)), 'utf8'),
  };
}

async function inFolder<T>(
  command: ServerCommand,
  work: (server: LanguageServerProcess) => Promise<T>,
): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'elastic-servers-'));
  try {
    const server = await LanguageServerProcess.start(command, folder);
    try {
      return await work(server);
    } finally {
      await server.stop();
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** From opening the first file to its findings, in a process that has just started, and the memory it then takes. */
async function cold(
  ours: ServerCommand,
  theirs: ServerCommand,
  { name, text, line }: Subject,
): Promise<readonly Comparison[]> {
  const measure = (command: ServerCommand): Promise<Opened> =>
    inFolder(command, async (server) => ({
      ...(await server.open(text, line)),
      start: server.starting.processor,
      memory: server.memory(),
    }));
  // The first of all leaves behind what it has compiled, for the others.
  await measure(ours);
  const samples = await inTurn(
    coldRounds,
    () => measure(ours),
    () => measure(theirs),
  );
  const against = theirs.name;
  const of = (unit: string, figure: keyof Opened): Omit<Comparison, 'name'> => ({
    against,
    unit,
    ...pick(samples, figure),
  });
  const isSmall = text === small.text;
  return [
    ...(isSmall ? [{ name: 'server, its start, processor', ...of('ms', 'start') }] : []),
    { name: `server, ${name} opened first`, ...of('ms', 'wall'), target: 1 / 20 },
    { name: `server, ${name} opened first, processor`, ...of('ms', 'processor') },
    { name: `server, ${name}, memory`, ...of('MB', 'memory'), ...(isSmall ? { target: 1 / 5 } : {}) },
  ];
}

interface Opened extends Cost {
  /** Processor's time of the start, in ms. */
  readonly start: number;
  /** In MB. */
  readonly memory: number;
}

/**
 * From an edit to its findings. Theirs waits 200 ms before it begins, and a person with it; processor's time, of all
 * threads, leaves that out.
 */
async function warm(
  ours: ServerCommand,
  theirs: ServerCommand,
  report: Report,
): Promise<readonly Comparison[]> {
  const measure = async (server: LanguageServerProcess): Promise<Cost> => {
    const costs: Cost[] = [];
    for (let change = 0; change < changesARound; change++) costs.push(await edit(server, change));
    const mean = (of: (cost: Cost) => number): number =>
      costs.reduce((sum, cost) => sum + of(cost), 0) / costs.length;
    return { wall: mean(({ wall }) => wall), processor: mean(({ processor }) => processor) };
  };
  report(`editing 100 lines in both, ${warmUp + rounds * changesARound} times`);
  const samples = await inFolder(ours, (our) =>
    inFolder(theirs, async (their) => {
      for (const server of [our, their]) {
        await server.open(small.text, small.line);
        for (let change = 0; change < warmUp; change++) await edit(server, change);
      }
      return inTurn(
        rounds,
        () => measure(our),
        () => measure(their),
      );
    }),
  );
  const against = theirs.name;
  return [
    { name: 'server, 100 lines, an edit', against, unit: 'ms', ...pick(samples, 'wall'), target: 1 / 10 },
    { name: 'server, 100 lines, an edit, processor', against, unit: 'ms', ...pick(samples, 'processor') },
  ];
}

function edit(server: LanguageServerProcess, change: number): Promise<Cost> {
  return change % 2 === 0 ? server.change('# edited\n', small.line + 1) : server.change(null, small.line);
}

interface Samples<T> {
  readonly ours: readonly T[];
  readonly theirs: readonly T[];
}

async function inTurn<T>(
  times: number,
  ours: () => Promise<T>,
  theirs: () => Promise<T>,
): Promise<Samples<T>> {
  const samples = { ours: [] as T[], theirs: [] as T[] };
  for (let round = 0; round < times; round++) {
    samples.ours.push(await ours());
    samples.theirs.push(await theirs());
  }
  return samples;
}

function pick<Name extends string>(
  { ours, theirs }: Samples<Readonly<Record<Name, number>>>,
  name: Name,
): Samples<number> {
  return { ours: ours.map((sample) => sample[name]), theirs: theirs.map((sample) => sample[name]) };
}
