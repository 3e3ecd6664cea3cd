import { spawn } from 'node:child_process';
import { createWriteStream, openSync, closeSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/** A command that ended with another code than 0, or was ended for taking too long. */
export class CommandError extends Error {
  readonly code: number | null;
  readonly output: string;

  constructor(command: string, code: number | null, output: string) {
    super(`${command} ended with ${code ?? 'a signal'}: ${tail(output, 2000)}`);
    this.code = code;
    this.output = output;
  }
}

export interface RunOptions {
  readonly cwd?: string;
  readonly env?: NodeJS.ProcessEnv;
  /** Written to standard input, which is empty otherwise. */
  readonly input?: string;
  readonly timeoutMs?: number;
  /** A file that receives both streams as they come. */
  readonly log?: string;
  readonly onOutput?: (chunk: string) => void;
}

/**
 * Runs a command to its end and returns its standard output. It leads a process group of its own, so a timeout
 * ends what it started as well.
 */
export async function run(
  command: string,
  args: readonly string[],
  options: RunOptions = {},
): Promise<string> {
  const child = spawn(command, args, {
    cwd: options.cwd,
    env: options.env ?? process.env,
    stdio: ['pipe', 'pipe', 'pipe'],
    detached: true,
  });
  const log = options.log === undefined ? undefined : createWriteStream(options.log, { flags: 'a' });
  let stdout = '';
  let all = '';
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
    stdout += chunk;
    record(chunk);
  });
  child.stderr.setEncoding('utf8').on('data', record);
  function record(chunk: string): void {
    all += chunk;
    log?.write(chunk);
    options.onOutput?.(chunk);
  }
  const timer =
    options.timeoutMs === undefined ? undefined : setTimeout(() => killGroup(child.pid), options.timeoutMs);
  // A command may end without reading its input: that is no failure of ours.
  child.stdin.on('error', () => undefined);
  child.stdin.end(options.input ?? '');
  try {
    const code = await new Promise<number | null>((resolve, reject) => {
      child.on('error', reject);
      child.on('close', resolve);
    });
    if (code !== 0) throw new CommandError([command, ...args].join(' '), code, all);
    return stdout;
  } finally {
    clearTimeout(timer);
    log?.end();
  }
}

/** A process that goes on until it is ended. Its output goes to `logFile`. */
export interface Daemon {
  readonly name: string;
  readonly pid: number;
  readonly logFile: string;
  /** Resolves when it has ended, whoever ended it. */
  readonly exited: Promise<void>;
  /** True once it has ended. */
  readonly ended: boolean;
}

/**
 * Starts a process that outlives its parent's event loop: it holds no handle open, and ends only when killed.
 * Its own session keeps a Ctrl-C at the terminal from reaching it before the orderly stop does.
 */
export function startDaemon(
  name: string,
  command: string,
  args: readonly string[],
  options: { readonly logFile: string; readonly env: NodeJS.ProcessEnv; readonly cwd: string },
): Daemon {
  const output = openSync(options.logFile, 'a');
  try {
    const child = spawn(command, args, {
      cwd: options.cwd,
      env: options.env,
      stdio: ['ignore', output, output],
      detached: true,
    });
    let ended = false;
    const exited = new Promise<void>((resolve) => {
      const end = (): void => {
        ended = true;
        resolve();
      };
      child.on('error', end);
      child.on('exit', end);
    });
    child.unref();
    return {
      name,
      pid: child.pid ?? 0,
      logFile: options.logFile,
      exited,
      get ended() {
        return ended;
      },
    };
  } finally {
    closeSync(output);
  }
}

/** A process as the kernel knows it: a pid alone may have been given to another one since. */
export interface ProcessIdentity {
  readonly pid: number;
  /** Clock ticks from boot to its start (field 22 of /proc/PID/stat). */
  readonly start: string;
}

/** Null if there is no such process. */
export function identify(pid: number): ProcessIdentity | null {
  const stat = readProc(pid, 'stat');
  // The second field is the command in parentheses, and may hold blanks and parentheses itself.
  const start = stat?.slice(stat.lastIndexOf(')') + 2).split(' ')[19];
  return start === undefined ? null : { pid, start };
}

export function isAlive(identity: ProcessIdentity): boolean {
  return identify(identity.pid)?.start === identity.start;
}

/** The processes that were started with `name=value` in their environment; it is inherited by what they start. */
export function processesMarked(name: string, value: string): number[] {
  const mark = `${name}=${value}`;
  return allPids().filter((pid) => readProc(pid, 'environ')?.split('\0').includes(mark));
}

/** Kills until none is left: a process may start another between the look and the kill. */
export async function killAll(find: () => readonly number[], timeoutMs = 10_000): Promise<void> {
  const end = Date.now() + timeoutMs;
  for (let pids = find(); pids.length > 0 && Date.now() < end; pids = find()) {
    for (const pid of pids) kill(pid);
    await sleep(50);
  }
}

/** Kills the group led by `pid`, if it is still there. */
function killGroup(pid: number | undefined): void {
  if (pid !== undefined && pid > 1) kill(-pid);
}

function kill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

function allPids(): number[] {
  return readdirSync('/proc')
    .filter((entry) => /^\d+$/.test(entry))
    .map(Number)
    .filter((pid) => pid !== process.pid);
}

/** Null if the process is gone or is not ours to look at. */
function readProc(pid: number, file: string): string | null {
  try {
    return readFileSync(join('/proc', String(pid), file), 'utf8');
  } catch {
    return null;
  }
}

/** The last `length` characters, where the reason of a failure stands. */
export function tail(text: string, length: number): string {
  return text.length <= length ? text.trim() : `… ${text.slice(-length).trim()}`;
}
