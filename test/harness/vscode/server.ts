import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { leash, type Leashed } from './leash.ts';
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
  /** Whether every folder counts as trusted (default); false asks as VS Code does. */
  readonly trusted?: boolean;
  /** For extension tests: lets the page pass on what the tests print and how they end. */
  readonly automation?: boolean;
}

const startTimeoutMs = 60_000;

/** A running VS Code server with a home of its own, which goes when it stops. */
export class VSCodeServer {
  readonly port: number;
  readonly home: string;
  readonly #leashed: Leashed;
  readonly #output: string[] = [];

  private constructor(port: number, home: string, leashed: Leashed) {
    this.port = port;
    this.home = home;
    this.#leashed = leashed;
    for (const stream of [leashed.process.stdout, leashed.process.stderr]) {
      stream?.setEncoding('utf8').on('data', (chunk: string) => void this.#output.push(chunk));
    }
  }

  /** Installs the extensions, starts, and waits until it listens. */
  static async start(options: ServerOptions): Promise<VSCodeServer> {
    const home = await mkdtemp(join(tmpdir(), 'elastic-vscode-'));
    try {
      await writeUserSettings(home, options);
      const port = await freePort();
      const { installation } = options;
      const env: NodeJS.ProcessEnv = {
        ...process.env,
        EXTENSIONS_GALLERY: '{"serviceUrl":""}',
        ...options.env,
      };
      // Set by whoever runs the tests; they would change what the server's own Node does.
      delete env['NODE_OPTIONS'];
      delete env['NODE_TEST_CONTEXT'];
      delete env['ELECTRON_RUN_AS_NODE'];
      const args = ['out/server-main.js', ...serverArguments(home, port, options)];
      const server = new VSCodeServer(port, home, leash(installation.node, args, installation.root, env));
      await server.#listening();
      return server;
    } catch (error) {
      await rm(home, { recursive: true, force: true });
      throw error;
    }
  }

  /** What the server printed so far. */
  get output(): string {
    return this.#output.join('');
  }

  /** How the extension host ended when it ended by itself and not well; null otherwise. */
  get extensionHostCrash(): string | null {
    const crash = /Extension Host Process exited with code: (?!0, signal: null)[^\n]*/.exec(this.output);
    return crash === null ? null : crash[0];
  }

  /** Calls back when the server ends before `stop()`. */
  onExit(listener: (code: number | null) => void): void {
    this.#leashed.process.once('exit', listener);
  }

  /** Address of the workbench with a folder open. */
  url(folder: string, payload: readonly (readonly [string, string])[] = []): string {
    const query = new URLSearchParams({ folder });
    if (payload.length > 0) query.set('payload', JSON.stringify(payload));
    return `http://127.0.0.1:${this.port}/?${query.toString().replaceAll('+', '%20')}`;
  }

  /** The address by which the workbench names a file of this machine. */
  remote(path: string): string {
    return `vscode-remote://127.0.0.1:${this.port}${path}`;
  }

  /** Every log file the server, its extension hosts and the extensions wrote, by path below the logs folder. */
  async logs(): Promise<ReadonlyMap<string, string>> {
    const folder = join(this.home, 'data/logs');
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

  async stop(): Promise<void> {
    await this.#leashed.release();
    await rm(this.home, { recursive: true, force: true, maxRetries: 5, retryDelay: 50 });
  }

  async #listening(): Promise<void> {
    const { process: child } = this.#leashed;
    try {
      await new Promise<void>((resolve, reject) => {
        const fail = (reason: string): void =>
          reject(new Error(`The VS Code server ${reason}:\n${this.output}`));
        const timer = setTimeout(() => fail(`did not start within ${startTimeoutMs} ms`), startTimeoutMs);
        child.once('exit', (code) => {
          clearTimeout(timer);
          fail(`ended with ${code} before it listened`);
        });
        child.stdout?.on('data', () => {
          if (!this.output.includes('Extension host agent listening')) return;
          clearTimeout(timer);
          resolve();
        });
      });
    } catch (error) {
      await this.#leashed.release();
      throw error;
    }
  }
}

function serverArguments(home: string, port: number, options: ServerOptions): readonly string[] {
  const installs = (options.extensions ?? []).flatMap((file) => ['--install-extension', file]);
  return [
    ...['--host', '127.0.0.1', '--port', String(port), '--without-connection-token'],
    ...['--user-data-dir', join(home, 'data'), '--server-data-dir', join(home, 'server')],
    ...['--extensions-dir', join(home, 'extensions'), '--accept-server-license-terms'],
    ...['--disable-telemetry', '--disable-update-check', '--disable-getting-started-override'],
    ...(options.trusted === false ? [] : ['--disable-workspace-trust']),
    ...(options.automation === true ? ['--enable-smoke-test-driver'] : []),
    ...(installs.length > 0 ? [...installs, '--force', '--start-server'] : []),
  ];
}

async function writeUserSettings(home: string, options: ServerOptions): Promise<void> {
  const trust = options.trusted === false ? {} : { 'security.workspace.trust.enabled': false };
  const settings = { ...quietSettings, ...trust, ...options.settings };
  await mkdir(join(home, 'data/User'), { recursive: true });
  await writeFile(join(home, 'data/User/settings.json'), JSON.stringify(settings, null, 2));
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer()
      .once('error', reject)
      .listen(0, '127.0.0.1', () => {
        const address = probe.address();
        probe.close(() => {
          if (address !== null && typeof address === 'object') resolve(address.port);
          else reject(new Error('No free port.'));
        });
      });
  });
}
