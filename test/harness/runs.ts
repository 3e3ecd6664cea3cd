import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { RUN_MARK, RUN_PREFIX, type RunRecord, sweepDeadRuns, takeDown } from './leftovers.ts';
import { type Daemon, identify, startDaemon, tail } from './processes.ts';

/**
 * Who a run belongs to. `process`: this process, and the run is taken down when that ends, whatever the way.
 * `nobody`: the run stays until it is taken down by name.
 */
export type RunOwner = 'process' | 'nobody';

/** A folder with all that a part of the bench keeps, and the processes that were started for it. */
export interface Run {
  /** Six hexadecimal digits, unique among the runs of this machine. */
  readonly id: string;
  readonly folder: string;
  /** The bridge that the run's pods may hang on, and the control group that they live in. */
  readonly bridge: string;
  readonly cgroup: string;
  start(name: string, command: string, args: readonly string[], env?: NodeJS.ProcessEnv): Daemon;
  /** Kills one of its processes, as a crash would; resolves when it is gone. Nobody misses it afterwards. */
  end(daemon: Daemon): Promise<void>;
  /** Waits for `condition`, and rejects with the end of a daemon's log if one ends first. */
  until(what: string, condition: () => Promise<boolean>, timeoutMs?: number): Promise<void>;
  /** Ends every process and removes all that it made, the folder included. */
  stop(): Promise<void>;
}

/** Opens a run after clearing away those whose owner died. `kind` names it for people who look into the folder. */
export async function openRun(kind: string, owner: RunOwner): Promise<Run> {
  await sweepDeadRuns();
  const id = randomBytes(3).toString('hex');
  const folder = join(tmpdir(), `${RUN_PREFIX}${kind}-${id}`);
  const record: RunRecord = {
    owner: owner === 'process' ? identify(process.pid) : null,
    bridge: `eb-${id}`,
    cgroup: `elastic-bench-${id}`,
  };
  await mkdir(join(folder, 'logs'), { recursive: true, mode: 0o755 });
  await writeFile(join(folder, 'run.json'), JSON.stringify(record));
  if (owner === 'process') watchOverThisProcess();
  return new OpenRun(id, folder, record);
}

class OpenRun implements Run {
  readonly id: string;
  readonly folder: string;
  readonly bridge: string;
  readonly cgroup: string;
  readonly #daemons: Daemon[] = [];

  constructor(id: string, folder: string, record: RunRecord) {
    this.id = id;
    this.folder = folder;
    this.bridge = record.bridge;
    this.cgroup = record.cgroup;
  }

  start(name: string, command: string, args: readonly string[], env: NodeJS.ProcessEnv = {}): Daemon {
    const daemon = startDaemon(name, command, args, {
      logFile: join(this.folder, 'logs', `${name}.log`),
      env: { ...process.env, ...env, [RUN_MARK]: this.folder },
      cwd: this.folder,
    });
    this.#daemons.push(daemon);
    return daemon;
  }

  async end(daemon: Daemon): Promise<void> {
    this.#daemons.splice(this.#daemons.indexOf(daemon), 1);
    process.kill(daemon.pid, 'SIGKILL');
    // A daemon holds no handle open, and so nobody else may be there to wait for.
    while (!daemon.ended) await sleep(5);
  }

  async until(what: string, condition: () => Promise<boolean>, timeoutMs = 60_000): Promise<void> {
    const end = Date.now() + timeoutMs;
    while (!(await condition())) {
      const ended = this.#daemons.find((daemon) => daemon.ended);
      if (ended !== undefined) throw new Error(`${ended.name} ended: ${await this.#logTail(ended)}`);
      if (Date.now() > end) {
        const logs = await Promise.all(
          this.#daemons.map(async (one) => `${one.name}: ${await this.#logTail(one)}`),
        );
        throw new Error(`Waited ${timeoutMs / 1000} s in vain for ${what}.\n${logs.join('\n')}`);
      }
      await sleep(50);
    }
  }

  async stop(): Promise<void> {
    await takeDown(this.folder);
    // Until this process has heard of the exits as well, its children are zombies. Nothing but this wait keeps it
    // going: daemons hold no handle open.
    for (let waits = 0; waits < 100 && this.#daemons.some((daemon) => !daemon.ended); waits++)
      await sleep(20);
  }

  async #logTail(daemon: Daemon): Promise<string> {
    return tail(await readFile(daemon.logFile, 'utf8'), 1500);
  }
}

let watched = false;

/**
 * Starts the reaper once: a process that waits for the end of its standard input, which comes with the end of
 * this process even if that was killed, and then takes down the runs left behind.
 */
function watchOverThisProcess(): void {
  if (watched) return;
  watched = true;
  const reaper = spawn(process.execPath, [join(import.meta.dirname, 'reaper.ts')], {
    stdio: ['pipe', 'ignore', 'ignore'],
    detached: true,
    cwd: '/',
    // This process may be part of a run itself: its reaper is not, and outlives that as well.
    env: { ...process.env, [RUN_MARK]: '' },
  });
  // Neither the child nor the pipe to it may keep this process going.
  reaper.unref();
  if (reaper.stdin instanceof Socket) reaper.stdin.unref();
}
