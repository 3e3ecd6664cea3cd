/** For how long our extension keeps the extension host, and all other extensions in it, from doing anything else. */
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Report } from '../harness/cache.ts';
import { openBrowser } from '../harness/vscode/browser.ts';
import { editions } from '../harness/vscode/editions.ts';
import { provision } from '../harness/vscode/provision.ts';
import { VSCodeServer } from '../harness/vscode/server.ts';
import { packedExtension } from '../harness/vscode/vsix.ts';
import { type Block, blocksOf } from './blocks.ts';
import type { Comparison } from './comparison.ts';
import type { HostReport, HostTask } from './host-probe.ts';
import { largeFile, manifests, smallFile } from './manifests.ts';
import { buildProbe } from './probe.ts';

/** No block of our own may be longer, in ms. */
const budget = 10;
const rounds = 3;
const workspaceFiles = 2_000;
const keystrokes = 30;

interface Subject {
  readonly server: VSCodeServer;
  readonly url: string;
}

export async function host(report: Report): Promise<readonly Comparison[]> {
  const installation = await provision(editions.newest, report);
  const vsix = await packedExtension();
  const work = await mkdtemp(join(tmpdir(), 'elastic-host-bench-'));
  const started: VSCodeServer[] = [];
  try {
    const shop = join(work, 'shop');
    await writeWorkspace(shop);
    const files = ['small.yaml', 'large.yaml'].map((name) => join(shop, name));
    const task = { files, keystrokes, report: join(work, 'report.json') };
    const probe = (folder: string, its: HostTask): Promise<string> =>
      buildProbe(folder, 'host-probe.ts', its);
    const plain = await probe(join(work, 'probe'), { ...task, profiled: false });
    const profiling = await probe(join(work, 'profiling'), { ...task, profiled: true });
    const start = async (extensions: readonly string[], probe: string): Promise<Subject> => {
      const server = await VSCodeServer.start({ installation, extensions, automation: true });
      started.push(server);
      return { server, url: server.url(shop, [['extensionDevelopmentPath', server.remote(probe)]]) };
    };
    const ours = await start([vsix], plain);
    const without = await start([], plain);
    const profiled = {
      ...ours,
      url: ours.server.url(shop, [['extensionDevelopmentPath', ours.server.remote(profiling)]]),
    };
    report(
      `writing in ${files.length} files of a workspace of ${workspaceFiles}, ${rounds} times three ways`,
    );
    // Once to bring everything into memory.
    await reportOf(ours, task.report);
    const delays: { ours: HostReport; without: HostReport; blocks: readonly Block[] }[] = [];
    for (let round = 0; round < rounds; round++) {
      const beside = await reportOf(ours, task.report);
      const bare = await reportOf(without, task.report);
      const { profile, processor } = await reportOf(profiled, task.report);
      if (profile === null) throw new Error('The probe made no profile.');
      const blocks = blocksOf(profile, processor, (url) =>
        url.includes('/elastic-containers.elastic-containers-'),
      );
      for (const { ms, at, heaviest } of blocks.slice(0, 4))
        report(`  ${ms.toFixed(1)} ms at ${(at / 1000).toFixed(1)} s: ${heaviest.join(', ')}`);
      delays.push({ ours: beside, without: bare, blocks });
    }
    return comparisons(delays);
  } finally {
    for (const server of started) await server.stop();
    await rm(work, { recursive: true, force: true });
  }
}

function comparisons(
  measured: readonly { ours: HostReport; without: HostReport; blocks: readonly Block[] }[],
): readonly Comparison[] {
  const common = { unit: 'ms' };
  return [
    {
      ...common,
      name: 'extension host, longest block of ours',
      against: 'the budget',
      ours: measured.map(({ blocks }) => blocks[0]?.ms ?? 0),
      theirs: measured.map(() => budget),
      target: 1,
    },
    {
      ...common,
      name: 'extension host, delay of 1 in 100',
      against: 'VS Code without us',
      ours: measured.map(({ ours }) => ours.delay.p99),
      theirs: measured.map(({ without }) => without.delay.p99),
    },
    {
      ...common,
      name: 'extension host, longest delay',
      against: 'VS Code without us',
      ours: measured.map(({ ours }) => ours.delay.longest),
      theirs: measured.map(({ without }) => without.delay.longest),
    },
  ];
}

async function writeWorkspace(folder: string): Promise<void> {
  await mkdir(folder);
  await writeFile(join(folder, 'small.yaml'), smallFile);
  await writeFile(join(folder, 'large.yaml'), largeFile());
  const documents = manifests(workspaceFiles).split(/^---\n/m);
  await Promise.all(
    Array.from({ length: 20 }, async (_, part) => {
      const own = join(folder, `part-${part}`);
      await mkdir(own);
      for (let index = part; index < documents.length; index += 20)
        await writeFile(join(own, `${index}.yaml`), documents[index] ?? '');
    }),
  );
}

/** The folder of the extension that writes and watches. */
/** Of a new window with a new extension host. */
async function reportOf({ url }: Subject, file: string): Promise<HostReport> {
  const { browser, page } = await openBrowser();
  try {
    await page.goto(url);
    for (const end = Date.now() + 180_000; !existsSync(file); await sleep(200)) {
      if (Date.now() > end) throw new Error('The probe came to no end.');
    }
    const report = JSON.parse(await readFile(file, 'utf8')) as HostReport;
    await rm(file);
    return report;
  } finally {
    await browser.close();
  }
}
