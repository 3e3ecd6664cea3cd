/** An extension that tells, over HTTP, what the extension host it lives in has used, and what is reported about a file. */
import { rename, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { Session } from 'node:inspector/promises';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import * as vscode from 'vscode';
import type { CpuProfile } from './blocks.ts';
import { startProfile } from './profiling.ts';

/** Where the probe can be asked, written as JSON into the file that `task.json` beside it names. */
export interface ProbeAddress {
  readonly port: number;
  /** The extension host's. */
  readonly pid: number;
}

export interface ProbeProfile {
  readonly profile: CpuProfile;
  /** What the extension host's thread had of a processor meanwhile, in ms. */
  readonly processor: number;
}

export interface ProbeProblem {
  readonly line: number;
  readonly source: string;
  readonly message: string;
}

let underWay: { readonly session: Session; readonly before: NodeJS.CpuUsage } | null = null;

const answers: Readonly<Record<string, (file: string) => Promise<object>>> = {
  /** Heap that is left when all garbage is collected, in MB. */
  heap: () => Promise.resolve({ mb: heapMb() }),
  async start() {
    underWay = { session: await startProfile(), before: process.threadCpuUsage() };
    return {};
  },
  async stop(): Promise<ProbeProfile> {
    if (underWay === null) throw new Error('Nothing was started.');
    const { user, system } = process.threadCpuUsage(underWay.before);
    const { profile } = await underWay.session.post('Profiler.stop');
    underWay.session.disconnect();
    underWay = null;
    return { profile: profile as CpuProfile, processor: (user + system) / 1000 };
  },
  async open(file) {
    await vscode.window.showTextDocument(await vscode.workspace.openTextDocument(file));
    return {};
  },
  problems(file): Promise<readonly ProbeProblem[]> {
    const problems = vscode.languages.getDiagnostics(vscode.Uri.file(file));
    return Promise.resolve(
      problems.map(({ range, source, message }) => ({
        line: range.start.line + 1,
        source: source ?? '',
        message,
      })),
    );
  },
};

export async function activate({ extensionPath }: vscode.ExtensionContext): Promise<void> {
  const { report } = JSON.parse(
    Buffer.from(
      await vscode.workspace.fs.readFile(vscode.Uri.file(join(extensionPath, 'task.json'))),
    ).toString(),
  ) as { report: string };
  const server = createServer((request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://probe');
    const answer = answers[pathname.slice(1)];
    Promise.resolve(answer?.(searchParams.get('file') ?? '')).then(
      (told) => response.end(JSON.stringify(told)),
      (error: unknown) => response.writeHead(500).end(String(error)),
    );
  });
  server.listen(0, '127.0.0.1', () => {
    const address: ProbeAddress = { port: (server.address() as AddressInfo).port, pid: process.pid };
    // Whoever waits for the file finds it whole.
    void writeFile(`${report}.part`, JSON.stringify(address)).then(() => rename(`${report}.part`, report));
  });
}

function heapMb(): number {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  // The second collection takes what finalizers let go of after the first.
  for (let times = 0; times < 2; times++) collect();
  return process.memoryUsage().heapUsed / 1e6;
}
