import { copyFile, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { EngineError } from '../../src/engines/index.ts';
import type { Log } from '../../src/platform/log.ts';
import { BUSYBOX } from '../harness/images.ts';

/** The first lines of every Dockerfile of the tests: a system that needs no network. */
export const base = [
  'FROM scratch AS base',
  'COPY busybox /bin/busybox',
  'RUN ["/bin/busybox","--install","-s","/bin"]',
  'ENV PATH=/bin',
];

/** A folder to build from, with a busybox in it. */
export class BuildFolder {
  readonly path: string;

  private constructor(path: string) {
    this.path = path;
  }

  static async make(): Promise<BuildFolder> {
    const folder = new BuildFolder(await mkdtemp(join(tmpdir(), 'elastic-build-')));
    await copyFile(BUSYBOX, join(folder.path, 'busybox'));
    return folder;
  }

  /** Writes a Dockerfile, after the common first lines unless it stands alone; returns its path. */
  async dockerfile(name: string, lines: readonly string[]): Promise<string> {
    const file = join(this.path, name);
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, `${lines.join('\n')}\n`);
    return file;
  }

  remove(): Promise<void> {
    return rm(this.path, { recursive: true, force: true });
  }
}

/** Keeps what is logged. */
export class LogRecorder implements Log {
  readonly lines: string[] = [];
  trace = (text: string): void => void this.lines.push(text);
  debug = this.trace;
  info = this.trace;
  warn = this.trace;
  error = this.trace;
}

/** The EngineError that `work` ends with. */
export async function failureOf(work: Promise<unknown>): Promise<EngineError> {
  try {
    await work;
  } catch (error) {
    if (error instanceof EngineError) return error;
    throw error;
  }
  throw new Error('It should have failed.');
}

/** Nobody listens, nobody cancels. */
export function quietRun(): { onOutput: (chunk: string) => void; signal: AbortSignal } {
  return { onOutput: () => undefined, signal: new AbortController().signal };
}
