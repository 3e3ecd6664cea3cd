/** What our extension takes of the extension host's time to start, by VS Code's own clock. */
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Report } from '../harness/cache.ts';
import { openBrowser } from '../harness/vscode/browser.ts';
import { editions } from '../harness/vscode/editions.ts';
import { provision } from '../harness/vscode/provision.ts';
import { VSCodeServer } from '../harness/vscode/server.ts';
import { packedExtension } from '../harness/vscode/vsix.ts';
import type { Activation, ProbeTask } from './activation-probe.ts';
import type { Comparison } from './comparison.ts';
import { smallFile } from './manifests.ts';
import { buildProbe } from './probe.ts';

/** What a person may have to wait for us, in ms. */
const budget = 30;
const rounds = 5;

const subjects = [
  { id: 'elastic-containers.elastic-containers', language: 'yaml', content: smallFile },
  { id: 'vscode.json-language-features', language: 'json', content: '{ "tea": 3 }\n' },
];

interface Start {
  readonly ours: Activation;
  readonly json: Activation;
}

export async function activation(report: Report): Promise<readonly Comparison[]> {
  const installation = await provision(editions.newest, report);
  const vsix = await packedExtension();
  const work = await mkdtemp(join(tmpdir(), 'elastic-activation-'));
  try {
    const task: ProbeTask = { subjects, report: join(work, 'activations.json') };
    const probe = await buildProbe(join(work, 'probe'), 'activation-probe.ts', task);
    const server = await VSCodeServer.start({ installation, extensions: [vsix], automation: true });
    try {
      report(`starting VS Code ${editions.newest.version} ${rounds + 1} times`);
      return comparisons(await starts(server, work, probe, task.report));
    } finally {
      await server.stop();
    }
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}

function comparisons(starts: readonly Start[]): readonly Comparison[] {
  const compare = (
    name: string,
    against: string,
    ours: (activation: Activation) => number,
    theirs: (start: Start) => number,
  ): Comparison => ({
    name,
    against,
    unit: 'ms',
    ours: starts.map((start) => ours(start.ours)),
    theirs: starts.map(theirs),
  });
  const load = ({ load }: Activation): number => load;
  const both = ({ load, activate }: Activation): number => load + activate;
  const json = "loading VS Code's JSON extension";
  return [
    { ...compare('activation', 'the budget', both, () => budget), target: 1 },
    compare(
      'activation, activate() alone',
      'the budget',
      ({ activate }) => activate,
      () => budget,
    ),
    compare('activation, loading alone', json, load, (start) => start.json.load),
  ];
}

/** Every time a new window with a new extension host, after one start that brings the files into memory. */
async function starts(
  server: VSCodeServer,
  work: string,
  probe: string,
  report: string,
): Promise<readonly Start[]> {
  const workspace = join(work, 'shop');
  await mkdir(workspace);
  const url = server.url(workspace, [['extensionDevelopmentPath', server.remote(probe)]]);
  const measured: Start[] = [];
  for (let round = 0; round <= rounds; round++) {
    const { browser, page } = await openBrowser();
    try {
      await page.goto(url);
      measured.push(await startIn(report));
    } finally {
      await browser.close();
    }
  }
  return measured.slice(1);
}

async function startIn(report: string): Promise<Start> {
  for (const end = Date.now() + 120_000; !existsSync(report); await sleep(100)) {
    if (Date.now() > end) throw new Error('An extension was not activated.');
  }
  const [ours, json] = JSON.parse(await readFile(report, 'utf8')) as readonly Activation[];
  await rm(report);
  if (ours === undefined || json === undefined) throw new Error('An activation is missing.');
  return { ours, json };
}
