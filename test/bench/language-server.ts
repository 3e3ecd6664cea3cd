/** A language server in a process of its own, driven as an editor drives it, and what that costs. */
import { type ChildProcess, spawn } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import {
  createMessageConnection,
  type MessageConnection,
  StreamMessageReader,
  StreamMessageWriter,
} from 'vscode-jsonrpc/node';
import type { Diagnostic, PublishDiagnosticsParams } from 'vscode-languageserver/node';

export interface ServerCommand {
  readonly name: string;
  /** Of Node. */
  readonly args: readonly string[];
  /** Beside what this process has. */
  readonly env: NodeJS.ProcessEnv;
  /** By section, as the server asks for it. */
  readonly settings: Readonly<Record<string, unknown>>;
  /** Notifications sent once it is initialized. */
  readonly notifications: readonly string[];
  /** Content of an address the server asks for. */
  readonly content: (address: string) => Promise<string>;
}

/** How long somebody waited, and for how long processors were at it, in ms. */
export interface Cost {
  readonly wall: number;
  readonly processor: number;
}

const timeoutMs = 120_000;
/** For one that was asked to end, in ms. */
const patienceMs = 5_000;

export class LanguageServerProcess {
  readonly #child: ChildProcess;
  readonly #connection: MessageConnection;
  readonly #started = performance.now();
  readonly #uri: string;
  /** From the start of the process until it can be given work. */
  starting: Cost = { wall: 0, processor: 0 };
  #text = '';
  #version = 0;
  #onPublished: ((diagnostics: readonly Diagnostic[]) => void) | null = null;

  private constructor(command: ServerCommand, folder: string) {
    // Each gets the same Node without flags of this process.
    this.#child = spawn(process.execPath, command.args, {
      stdio: ['pipe', 'pipe', 'ignore'],
      env: { ...process.env, NODE_OPTIONS: undefined, ...command.env },
    });
    const { stdout, stdin } = this.#child;
    if (stdout === null || stdin === null) throw new Error('The server has no streams.');
    this.#uri = `file://${folder}/web.yaml`;
    this.#connection = createMessageConnection(
      new StreamMessageReader(stdout),
      new StreamMessageWriter(stdin),
    );
    this.#answer(command);
    this.#connection.listen();
  }

  /** Starts it on a folder; resolves when it is initialized. */
  static async start(command: ServerCommand, folder: string): Promise<LanguageServerProcess> {
    const server = new LanguageServerProcess(command, folder);
    await server.#connection.sendRequest('initialize', {
      processId: process.pid,
      rootUri: `file://${folder}`,
      workspaceFolders: [{ uri: `file://${folder}`, name: 'bench' }],
      capabilities: {
        workspace: { configuration: true, workspaceFolders: true, didChangeConfiguration: {} },
        textDocument: { publishDiagnostics: { relatedInformation: true, versionSupport: true } },
      },
    });
    await server.#connection.sendNotification('initialized', {});
    for (const notification of command.notifications) {
      await server.#connection.sendNotification(notification, {});
    }
    server.starting = server.#costOf(0, server.#started);
    return server;
  }

  #answer({ settings, content }: ServerCommand): void {
    const connection = this.#connection;
    connection.onNotification('textDocument/publishDiagnostics', (params: PublishDiagnosticsParams) => {
      if (params.uri === this.#uri) this.#onPublished?.(params.diagnostics);
    });
    connection.onRequest('workspace/configuration', ({ items }: { items: { section?: string }[] }) =>
      items.map(({ section = '' }) => settings[section] ?? null),
    );
    connection.onRequest('vscode/content', (address: string) => content(address));
    connection.onRequest(() => null);
    connection.onError(() => undefined);
  }

  /** Opens a text and waits for a diagnostic on the line. */
  async open(text: string, line: number): Promise<Cost> {
    this.#text = text;
    this.#version = 1;
    const [processor, start] = [processorTime(this.#pid), performance.now()];
    const told = this.#told(line);
    const textDocument = { uri: this.#uri, languageId: 'yaml', version: 1, text };
    await this.#connection.sendNotification('textDocument/didOpen', { textDocument });
    await told;
    return this.#costOf(processor, start);
  }

  /** Puts a line at the beginning, or takes it away, and waits for the diagnostic there to follow. */
  async change(insert: string | null, line: number): Promise<Cost> {
    const end = insert === null ? this.#text.indexOf('\n') + 1 : 0;
    this.#text = (insert ?? '') + this.#text.slice(end);
    const range = { start: { line: 0, character: 0 }, end: { line: end > 0 ? 1 : 0, character: 0 } };
    const [processor, start] = [processorTime(this.#pid), performance.now()];
    const told = this.#told(line);
    await this.#connection.sendNotification('textDocument/didChange', {
      textDocument: { uri: this.#uri, version: ++this.#version },
      contentChanges: [{ range, text: insert ?? '' }],
    });
    await told;
    return this.#costOf(processor, start);
  }

  /** Resident memory in MB, of the process and whatever it has started. */
  memory(): number {
    return processTree(this.#pid).reduce((sum, pid) => sum + residentMegabytes(pid), 0);
  }

  /** As an editor does it; one that takes long over it is killed. */
  async stop(): Promise<void> {
    const exited = new Promise((resolve) => this.#child.once('exit', resolve));
    const timer = setTimeout(() => this.#child.kill('SIGKILL'), patienceMs);
    await this.#connection.sendRequest('shutdown').catch(() => undefined);
    await this.#connection.sendNotification('exit').catch(() => undefined);
    await exited;
    clearTimeout(timer);
    this.#connection.dispose();
  }

  /** Since some moment: of the processors' account then, and of the clock. */
  #costOf(processor: number, start: number): Cost {
    return { wall: performance.now() - start, processor: processorTime(this.#pid) - processor };
  }

  get #pid(): number {
    return this.#child.pid ?? 0;
  }

  #told(line: number): Promise<void> {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(
        () => reject(new Error(`No diagnostic on line ${line + 1} has come.`)),
        timeoutMs,
      );
      this.#onPublished = (diagnostics) => {
        if (!diagnostics.some(({ range }) => range.start.line === line)) return;
        clearTimeout(timer);
        resolve();
      };
    });
  }
}

/** Time on a processor of all threads of a process, in ms; the kernel counts it in ns. */
function processorTime(pid: number): number {
  const threads = readdirSync(`/proc/${pid}/task`);
  const times = threads.map((thread) => {
    try {
      return Number(readFileSync(`/proc/${pid}/task/${thread}/schedstat`, 'utf8').split(' ', 1)[0]);
    } catch {
      // It ended in between.
      return 0;
    }
  });
  return times.reduce((sum, time) => sum + time, 0) / 1e6;
}

function processTree(pid: number): readonly number[] {
  const children = readdirSync(`/proc/${pid}/task`).flatMap((thread) =>
    readFileSync(`/proc/${pid}/task/${thread}/children`, 'utf8')
      .trim()
      .split(' ')
      .filter(Boolean)
      .map(Number),
  );
  return [pid, ...children.flatMap(processTree)];
}

function residentMegabytes(pid: number): number {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  return Number(/^VmRSS:\s+(\d+) kB/m.exec(status)?.[1] ?? 0) / 1024;
}
