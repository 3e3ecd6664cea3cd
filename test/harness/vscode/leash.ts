/**
 * Runs a program that must not outlive the one that asked for it: `node leash.ts <program> <args…>`.
 *
 * The asker holds the other end of standard input. When that closes, because it was closed or because the asker
 * died in whatever way, the program and everything it started is killed. Descendants are found by an environment
 * variable they inherit, so those that moved to a process group of their own are found as well (Linux; elsewhere
 * the process group is what is known).
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const markName = 'ELASTIC_BENCH_LEASH';

export interface Leashed {
  /** The leash; its standard output and error are the program's. */
  readonly process: ChildProcess;
  /** Resolves when the program and its descendants are gone. */
  release(): Promise<void>;
}

/** Starts a program on a leash held by this process. */
export function leash(
  command: string,
  args: readonly string[],
  cwd: string,
  env: NodeJS.ProcessEnv,
): Leashed {
  const child = spawn(process.execPath, [fileURLToPath(import.meta.url), command, ...args], {
    cwd,
    env,
    detached: true,
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  // The leash may be gone before its end of the pipe is closed here.
  child.stdin.on('error', () => undefined);
  return {
    process: child,
    release: async () => {
      child.stdin.end();
      if (child.exitCode === null && child.signalCode === null) await gone;
    },
  };
}

/** Processes that carry the mark, this one left out. */
function marked(mark: string): number[] {
  const needle = `${markName}=${mark}`;
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && Number(name) !== process.pid)
    .map(Number)
    .filter((pid) => environment(pid).includes(needle));
}

function environment(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/environ`, 'latin1');
  } catch {
    // It ended meanwhile, or belongs to somebody else: not ours either way.
    return '';
  }
}

function killQuietly(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

async function killAll(mark: string): Promise<void> {
  if (process.platform !== 'linux') {
    process.kill(-process.pid, 'SIGKILL');
    return;
  }
  for (let pids = marked(mark); pids.length > 0; pids = marked(mark)) {
    pids.forEach(killQuietly);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

function main([command, ...args]: readonly string[]): void {
  if (command === undefined) throw new Error('leash.ts: no program given');
  const mark = randomUUID();
  const child = spawn(command, args, {
    env: { ...process.env, [markName]: mark },
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  const end = (code: number): void => void killAll(mark).then(() => process.exit(code));
  child.once('error', (error) => {
    process.stderr.write(`${command}: ${error.message}\n`);
    end(127);
  });
  child.once('exit', (code) => end(code ?? 1));
  process.stdin.resume().once('end', () => end(0));
  process.stdin.once('error', () => end(0));
  // A Ctrl+C at the terminal reaches only the asker (this is a group of its own); it decides when to let go.
}

if (process.argv[1] === fileURLToPath(import.meta.url)) main(process.argv.slice(2));
