/**
 * Stands in for the desktop `code` executable that @vscode/test-electron starts: understands the arguments it
 * passes, runs the extension's tests in the real extension host of a VS Code server with its workbench in a
 * headless browser, keeps what they print for the case of failure, and ends with their exit code.
 *
 * A crash of the extension host is a failure here (VS Code itself would report success), and so is silence.
 */
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { format } from 'node:util';
import { type BrowserWindow, openBrowser } from './browser.ts';
import { chosenEdition } from './editions.ts';
import { provision } from './provision.ts';
import { VSCodeServer } from './server.ts';

const limitMs = Number(process.env['ELASTIC_HOST_TIMEOUT_MS'] ?? 300_000);

interface Arguments {
  readonly folder: string;
  readonly extensions: readonly string[];
  readonly tests: string;
}

function readArguments(args: readonly string[]): Arguments {
  const valuesOf = (name: string): string[] =>
    args.filter((arg) => arg.startsWith(`--${name}=`)).map((arg) => resolve(arg.slice(name.length + 3)));
  const folder = args.find((arg) => !arg.startsWith('-'));
  const tests = valuesOf('extensionTestsPath')[0];
  if (folder === undefined || tests === undefined)
    throw new Error('A folder and --extensionTestsPath are needed.');
  return { folder: resolve(folder), extensions: valuesOf('extensionDevelopmentPath'), tests };
}

/** Resolves with the tests' exit code once the page says how they ended. */
async function untilTestsEnd(window: BrowserWindow, server: VSCodeServer, url: string): Promise<number> {
  const { page } = window;
  const ended = new Promise<number>((finish, fail) => {
    const timer = setTimeout(() => fail(new Error(`no end after ${limitMs} ms`)), limitMs);
    timer.unref();
    void server.exited.then(() => fail(new Error('the server ended')));
    page.on('crash', () => fail(new Error('the page crashed')));
    void page.exposeFunction('codeAutomationExit', (code: unknown) => finish(Number(code)));
  });
  // A failure may come while the page still loads; it is awaited below all the same.
  ended.catch(() => undefined);
  await page.exposeFunction('codeAutomationLog', (type: string, args: unknown[]) => {
    window.printed.push(`[${type}] ${format(...args)}`);
  });
  await page.goto(url);
  const code = await ended;
  // The server hears of a crash a moment after the page does.
  await new Promise((wait) => setTimeout(wait, 300));
  if (server.extensionHostCrash !== null) throw new Error(server.extensionHostCrash);
  return code;
}

async function keepTraces(server: VSCodeServer, window: BrowserWindow | null): Promise<void> {
  const folder = process.env['ELASTIC_FAILURE_DIR'];
  if (folder === undefined) return;
  await mkdir(folder, { recursive: true });
  await window?.page.screenshot({ path: join(folder, 'workbench.png') });
  await writeFile(join(folder, 'console.txt'), window?.printed.join('\n') ?? '');
  for (const [name, text] of await server.logs()) {
    await mkdir(dirname(join(folder, name)), { recursive: true });
    await writeFile(join(folder, name), text);
  }
}

async function main(): Promise<void> {
  const { folder, extensions, tests } = readArguments(process.argv.slice(2));
  const installation = await provision(chosenEdition(), (line) => process.stderr.write(`${line}\n`));
  const server = await VSCodeServer.start({ installation, automation: true });
  const stop = (): void => void server.stop().then(() => process.exit(130));
  process.once('SIGTERM', stop).once('SIGINT', stop);
  // Closes when the process that runs the tests dies, in whatever way.
  process.stdin.resume().once('end', stop);
  let window: BrowserWindow | null = null;
  try {
    window = await openBrowser();
    const payload = [
      ...extensions.map((path) => ['extensionDevelopmentPath', server.remote(path)] as const),
      ['extensionTestsPath', server.remote(tests)] as const,
    ];
    process.exitCode = await untilTestsEnd(window, server, server.url(folder, payload));
    if (process.exitCode !== 0) await keepTraces(server, window);
  } catch (error) {
    process.exitCode = 3;
    process.stderr.write(`VS Code stand-in: ${error instanceof Error ? error.message : String(error)}\n`);
    await keepTraces(server, window);
  } finally {
    await window?.browser.close();
    await server.stop();
    process.stdin.destroy();
  }
}

await main();
