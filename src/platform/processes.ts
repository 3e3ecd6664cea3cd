import { spawn } from 'node:child_process';

export interface RunRequest {
  readonly command: string;
  /** Passed as they are: no shell ever reads them. */
  readonly args: readonly string[];
  readonly cwd?: string;
  readonly env?: NodeJS.ProcessEnv;
  readonly input?: string;
  /** Called with each piece of output as it comes, standard output and error alike. */
  readonly onOutput?: (chunk: string, stream: 'stdout' | 'stderr') => void;
  readonly signal?: AbortSignal;
  /** Characters that are kept of each stream, the last ones; absent: as many as an error message can want. */
  readonly keep?: number;
}

export interface RunResult {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
  readonly aborted: boolean;
}

/** Time between asking a process to end and ending it. */
const graceMs = 3_000;
/** What is kept of each stream unless more is asked for; live output goes to `onOutput` whole. */
const keptCharacters = 200_000;

/**
 * Runs a program to its end. Rejects only when it could not be started (ENOENT and the like).
 * Abort ends the whole process group, so a build's children do not outlive it.
 */
export function runProcess(request: RunRequest): Promise<RunResult> {
  return new Promise((resolve, reject) => {
    const keep = request.keep ?? keptCharacters;
    const grouped = process.platform !== 'win32';
    const child = spawn(request.command, [...request.args], {
      cwd: request.cwd,
      env: request.env ?? process.env,
      stdio: ['pipe', 'pipe', 'pipe'],
      detached: grouped,
      shell: false,
      windowsHide: true,
    });
    let stdout = '';
    let stderr = '';
    let aborted = false;
    let killTimer: NodeJS.Timeout | undefined;
    const kill = (signal: NodeJS.Signals): void => {
      try {
        if (grouped && child.pid !== undefined) process.kill(-child.pid, signal);
        else child.kill(signal);
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
      }
    };
    const abort = (): void => {
      aborted = true;
      kill('SIGTERM');
      killTimer = setTimeout(() => kill('SIGKILL'), graceMs);
    };
    const settle = (): void => {
      clearTimeout(killTimer);
      request.signal?.removeEventListener('abort', abort);
    };
    child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
      stdout = (stdout + chunk).slice(-keep);
      request.onOutput?.(chunk, 'stdout');
    });
    child.stderr.setEncoding('utf8').on('data', (chunk: string) => {
      stderr = (stderr + chunk).slice(-keep);
      request.onOutput?.(chunk, 'stderr');
    });
    child.on('error', (error) => {
      settle();
      reject(error);
    });
    child.on('close', (code, signal) => {
      settle();
      resolve({ code, signal, stdout, stderr, aborted });
    });
    // A program that ends without reading its input closes the pipe; its exit code tells the story.
    child.stdin.on('error', () => undefined);
    child.stdin.end(request.input ?? '');
    if (request.signal?.aborted === true) abort();
    else request.signal?.addEventListener('abort', abort, { once: true });
  });
}
