import { readFileSync } from 'node:fs';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { freePorts } from '../ports.ts';
import type { Daemon } from '../processes.ts';
import { openRun, type Run } from '../runs.ts';
import type { Installation } from './provision.ts';
import { quietSettings } from './settings.ts';

export interface ServerOptions {
  readonly installation: Installation;
  /** Packed extensions (.vsix) to install first. */
  readonly extensions?: readonly string[];
  /** User settings on top of the quiet ones; a value of undefined takes a quiet one away. */
  readonly settings?: Readonly<Record<string, unknown>>;
  /** Environment of the server, its extension hosts and terminals, on top of this process's. */
  readonly env?: NodeJS.ProcessEnv;
  /** Whether every folder counts as trusted (default); false opens them in Restricted Mode without asking. */
  readonly trusted?: boolean;
  /** What a browser must know to be let in; for a server that others on this machine could find. Absent: anybody is. */
  readonly token?: string;
  /** For extension tests: lets the page pass on what the tests print and how they end. */
  readonly automation?: boolean;
}

/** A running VS Code server with a home of its own, which goes when it stops or when this process ends. */
export class VSCodeServer {
  readonly port: number;
  readonly #run: Run;
  readonly #daemon: Daemon;
  readonly #token: string | undefined;
  #settings: Readonly<Record<string, unknown>>;

  private constructor(run: Run, port: number, options: ServerOptions) {
    const { root, node } = options.installation;
    const args = [join(root, 'out/server-main.js'), ...serverArguments(run.folder, port, options)];
    this.port = port;
    this.#run = run;
    this.#daemon = run.start('server', node, args, serverEnvironment(options));
    this.#token = options.token;
    this.#settings = userSettings(options);
  }

  /** Installs the extensions, starts, and waits until it listens. */
  static async start(options: ServerOptions): Promise<VSCodeServer> {
    const run = await openRun('vscode', 'process');
    try {
      await writeUserSettings(run.folder, userSettings(options));
      const [port = 0] = await freePorts(1);
      const server = new VSCodeServer(run, port, options);
      await run.until('the VS Code server', () =>
        Promise.resolve(server.output.includes('Extension host agent listening')),
      );
      return server;
    } catch (error) {
      await run.stop();
      throw error;
    }
  }

  /** Goes with the server: a place for what is opened in it. */
  get folder(): string {
    return this.#run.folder;
  }

  /** What the server printed so far. */
  get output(): string {
    return readFileSync(this.#daemon.logFile, 'utf8');
  }

  /** How the extension host ended when it ended by itself and not well; null otherwise. */
  get extensionHostCrash(): string | null {
    const crash = /Extension Host Process exited with code: (?!0, signal: null)[^\n]*/.exec(this.output);
    return crash === null ? null : crash[0];
  }

  /** Resolves when the server has ended, whoever ended it. */
  get exited(): Promise<void> {
    return this.#daemon.exited;
  }

  /** Address of the workbench with a folder open. */
  url(folder: string, payload: readonly (readonly [string, string])[] = []): string {
    const query = new URLSearchParams(this.#token === undefined ? { folder } : { tkn: this.#token, folder });
    if (payload.length > 0) query.set('payload', JSON.stringify(payload));
    return `http://127.0.0.1:${this.port}/?${query.toString().replaceAll('+', '%20')}`;
  }

  /** The address by which the workbench names a file of this machine. */
  remote(path: string): string {
    return `vscode-remote://127.0.0.1:${this.port}${path}`;
  }

  /** Every log file the server, its extension hosts and the extensions wrote, by path below the logs folder. */
  async logs(): Promise<ReadonlyMap<string, string>> {
    const folder = join(this.#run.folder, 'data/logs');
    const files = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
    const texts = await Promise.all(
      files
        .filter((file) => file.isFile())
        .map(async (file) => {
          const path = join(file.parentPath, file.name);
          return [path.slice(folder.length + 1), await readFile(path, 'utf8')] as const;
        }),
    );
    return new Map([['server.txt', this.output], ...texts]);
  }

  /** The text of the user's settings with these changed. An open window hears of it when its own editor saves it. */
  settingsWith(changes: Readonly<Record<string, unknown>>): string {
    this.#settings = { ...this.#settings, ...changes };
    return settingsText(this.#settings);
  }

  stop(): Promise<void> {
    return this.#run.stop();
  }
}

/** Variables of the test runner would change what the server's own Node does. */
function serverEnvironment(options: ServerOptions): NodeJS.ProcessEnv {
  return {
    EXTENSIONS_GALLERY: '{"serviceUrl":""}',
    ...options.env,
    NODE_OPTIONS: undefined,
    NODE_TEST_CONTEXT: undefined,
    ELECTRON_RUN_AS_NODE: undefined,
  };
}

function serverArguments(home: string, port: number, options: ServerOptions): readonly string[] {
  const installs = (options.extensions ?? []).flatMap((file) => ['--install-extension', file]);
  return [
    ...['--host', '127.0.0.1', '--port', String(port)],
    ...(options.token === undefined ? ['--without-connection-token'] : ['--connection-token', options.token]),
    ...['--user-data-dir', join(home, 'data'), '--server-data-dir', join(home, 'server')],
    ...['--extensions-dir', join(home, 'extensions'), '--accept-server-license-terms'],
    ...['--disable-telemetry', '--disable-update-check', '--disable-getting-started-override'],
    // Extensions get the environment given here, not the one a login shell of this user would have.
    '--force-disable-user-env',
    ...(options.trusted === false ? [] : ['--disable-workspace-trust']),
    ...(options.automation === true ? ['--enable-smoke-test-driver'] : []),
    ...(installs.length > 0 ? [...installs, '--force', '--start-server'] : []),
  ];
}

function userSettings({ trusted, settings }: ServerOptions): Readonly<Record<string, unknown>> {
  const trust =
    trusted === false
      ? { 'security.workspace.trust.startupPrompt': 'never' }
      : { 'security.workspace.trust.enabled': false };
  return { ...quietSettings, ...trust, ...settings };
}

function settingsText(settings: Readonly<Record<string, unknown>>): string {
  return JSON.stringify(settings, null, 2);
}

async function writeUserSettings(home: string, settings: Readonly<Record<string, unknown>>): Promise<void> {
  await mkdir(join(home, 'data/User'), { recursive: true });
  await writeFile(join(home, 'data/User/settings.json'), settingsText(settings));
}
