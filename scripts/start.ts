/**
 * `npm start`: opens VS Code on a copy of the sample workspace with the extension running, and stays until Ctrl+C.
 *
 *   npm start                       the desktop VS Code (`$VSCODE`, or `code`), else VS Code in the browser
 *   npm start -- --browser          in the browser in any case
 *   npm start -- --playground       with a cluster to play with; asked for where this machine has no kubeconfig
 *   npm start -- --no-playground    without asking
 */
import { existsSync } from 'node:fs';
import { utimes } from 'node:fs/promises';
import { homedir } from 'node:os';
import { delimiter, join } from 'node:path';
import { createInterface } from 'node:readline/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import type { Report } from '../test/harness/cache.ts';
import { RUN_MARK } from '../test/harness/leftovers.ts';
import {
  type Playground,
  playground,
  playgroundEnvironment,
  startPlayground,
  stopPlayground,
} from '../test/harness/playground.ts';
import { openRun } from '../test/harness/runs.ts';
import { desktopEditor, openDesktop, openInBrowser } from './editor.ts';
import { copySample, useRegistry } from './sample.ts';

const { values: options } = parseArgs({
  options: {
    browser: { type: 'boolean', default: false },
    playground: { type: 'boolean' },
    'no-playground': { type: 'boolean', default: false },
  },
});
const report: Report = (text) => console.log(`· ${text}`);
const ended = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => ended.abort());

const run = await openRun('start', 'process');
// Whatever is started from here on, by whatever part of the bench, is found and ended with this run.
process.env[RUN_MARK] = run.folder;
const folder = join(run.folder, 'shop');
/** What to do before leaving, the last first. */
const farewells: (() => Promise<void>)[] = [];
try {
  await untilEnded(start());
} catch (error) {
  if (!ended.signal.aborted) throw error;
} finally {
  report('closing');
  for (const farewell of farewells.reverse()) await farewell();
  await run.stop();
}
process.exit();

async function start(): Promise<void> {
  const wants = wantsPlayground();
  const running = wants === 'no' ? null : await playground();
  await copySample(folder);
  if (running !== null) await useRegistry(folder, running.registry);
  const desktop = options.browser ? null : desktopEditor(process.env);
  const env = wants === 'no' ? {} : editorEnvironment(running !== null || wants === 'yes');
  const request = { folder, file: 'k8s/cart.yaml', env, run, report };
  const editor = await (desktop === null ? openInBrowser(request) : openDesktop(desktop, request));
  farewells.push(() => editor.stop());
  console.log(`\nThe sample is open in ${editor.place}\nEnd with Ctrl+C; nothing stays behind.\n`);
  if (running !== null) tell(running);
  const offered = running === null && wants !== 'no' ? offerPlayground(wants) : Promise.resolve();
  await Promise.race([offered.then(() => editor.closed), editor.closed]);
}

/** `maybe`: there is no kubeconfig, so a playground would help; the person is asked. */
function wantsPlayground(): 'yes' | 'no' | 'maybe' {
  if (options['no-playground']) return 'no';
  if (options.playground === true) return 'yes';
  const named = process.env['KUBECONFIG'];
  const files = named ? named.split(delimiter) : [join(homedir(), '.kube/config')];
  return files.some((file) => existsSync(file)) ? 'no' : 'maybe';
}

/**
 * Where the playground's kubeconfig and engine will be, whether or not they are there yet. An engine this machine
 * has of its own stays, unless the playground is certain.
 */
function editorEnvironment(certain: boolean): NodeJS.ProcessEnv {
  const { KUBECONFIG: coming, ...engine } = playgroundEnvironment();
  // Whoever makes a cluster meanwhile by other means finds it too.
  const KUBECONFIG = certain ? coming : [coming, join(homedir(), '.kube/config')].join(delimiter);
  const hasEngine = process.env['DOCKER_HOST'] !== undefined || existsSync('/var/run/docker.sock');
  return certain || !hasEngine ? { KUBECONFIG, ...engine } : { KUBECONFIG };
}

async function offerPlayground(wants: 'yes' | 'maybe'): Promise<void> {
  if (wants === 'maybe') {
    console.log(
      'This machine has no kubeconfig. A playground is a real one-node cluster that goes with this window;',
    );
    console.log('the first time it is built from source, some ten minutes (Linux, root).');
    if (!process.stdin.isTTY) {
      console.log('For one: npm start -- --playground');
      return;
    }
    if (!(await agreed('Start a playground? [Y/n] '))) return;
  }
  try {
    farewells.push(stopPlayground);
    const started = await startPlayground({ owner: 'process', report });
    const changed = await useRegistry(folder, started.registry);
    tell(started);
    // An editor that had only just read them may not have watched them yet: a later date makes it look again.
    await sleep(10_000, undefined, { signal: ended.signal });
    for (const file of changed) await utimes(file, new Date(), new Date());
  } catch (error) {
    // The editor stays of use without a cluster.
    if (!ended.signal.aborted) console.error(error instanceof Error ? error.message : String(error));
  }
}

function tell({ registry }: Playground): void {
  console.log(`\nThe playground is up: context "playground" in the Clusters view.`);
  console.log(`The sample's images come from its registry, ${registry}; what you push there, it can run.\n`);
}

async function agreed(question: string): Promise<boolean> {
  const terminal = createInterface({ input: process.stdin, output: process.stdout });
  // Reading a line takes Ctrl+C away from the process.
  terminal.once('SIGINT', () => ended.abort());
  try {
    const answer = await terminal.question(question, { signal: ended.signal });
    return !/^\s*n/i.test(answer);
  } finally {
    terminal.close();
  }
}

/** Resolves when the work is done, or as soon as the person wants to leave: what is under way is then cut off. */
async function untilEnded(work: Promise<void>): Promise<void> {
  // What the bench starts holds no process awake.
  const awake = setInterval(() => undefined, 60_000);
  const leaving = new Promise<void>((resolve) => {
    ended.signal.addEventListener('abort', () => resolve(), { once: true });
  });
  await Promise.race([work, leaving]);
  clearInterval(awake);
}
