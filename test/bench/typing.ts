/** Whether a keystroke's findings wait for the workspace: the same edits while many files are read, and with none. */
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Report } from '../harness/cache.ts';
import { run } from '../harness/processes.ts';
import { type Comparison, quantile } from './comparison.ts';
import { LanguageServerProcess, type ServerCommand } from './language-server.ts';
import { largeFile, smallFile } from './manifests.ts';

const files = 2_000;
/** So many as are typed while the files are read. */
const edits = 60;
/** Ms between two keystrokes. */
const pause = 30;
/** A file that is being read may be waited for; a second one not. */
const target = 2;

const root = join(import.meta.dirname, '../..');

const ours: ServerCommand = {
  name: 'ours',
  args: [join(root, 'dist/cli.cjs'), 'lsp', '--stdio'],
  env: {},
  settings: {},
  notifications: [],
  content: () => Promise.reject(new Error('Nothing to be had.')),
};

export async function typing(report: Report): Promise<readonly Comparison[]> {
  await run(process.execPath, ['esbuild.mjs'], { cwd: root });
  const folder = await mkdtemp(join(tmpdir(), 'elastic-typing-'));
  try {
    report(`typing in 100 lines while ${files} files are read`);
    const alone = await keystrokes(join(folder, 'alone'), []);
    const documents = largeFile().split('---\n').filter(Boolean);
    const around = Array.from({ length: files }, (_, index) => documents[index % documents.length] ?? '');
    const among = await keystrokes(join(folder, 'among'), around);
    const name = `keystroke to findings while ${files} files are read`;
    const against = 'an empty folder';
    const [ourP95, theirP95] = [quantile(among, 0.95), quantile(alone, 0.95)];
    return [
      { name, against, unit: 'ms', ours: among, theirs: alone },
      { name: `${name}, p95 of ${edits}`, against, unit: 'ms', ours: [ourP95], theirs: [theirP95], target },
    ];
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Ms from each edit to its findings, from the moment on at which the server begins to look around. */
async function keystrokes(folder: string, around: readonly string[]): Promise<readonly number[]> {
  await mkdir(folder);
  await Promise.all(around.map((text, index) => writeFile(join(folder, `file-${index}.yaml`), text)));
  const at = smallFile.lastIndexOf('replicas: 3');
  const text = `${smallFile.slice(0, at)}replicas: many${smallFile.slice(at + 'replicas: 3'.length)}`;
  const line = smallFile.slice(0, at).split('\n').length - 1;
  const server = await LanguageServerProcess.start(ours, folder);
  try {
    await server.open(text, line);
    const times: number[] = [];
    for (let edit = 0; edit < edits; edit++) {
      await sleep(pause);
      const cost =
        edit % 2 === 0 ? await server.change('# edited\n', line + 1) : await server.change(null, line);
      times.push(cost.wall);
    }
    return times;
  } finally {
    await server.stop();
  }
}
