import { message } from '../core/index.ts';
import { type Log, silentLog } from '../platform/log.ts';
import { runProcess, type RunResult } from '../platform/processes.ts';
import { CommandLineEngine, notStarted } from './command-line-engine.ts';
import { daemonTrouble, notRunningSentence } from './daemon.ts';
import { dialects } from './dialects.ts';
import type { Engine, EngineName, EnginePreference } from './engine.ts';
import { cancelled, EngineError } from './errors.ts';
import { findOnPath } from '../platform/executables.ts';
import { lastReason } from './output.ts';

export interface FindOptions {
  readonly log?: Log;
  readonly signal?: AbortSignal;
}

const order: readonly EngineName[] = ['docker', 'podman', 'nerdctl'];

/** A daemon that accepts a connection and says nothing counts as not running after this time. */
const probeTimeoutMs = 20_000;

/**
 * The engine to use: the one asked for, or the first of docker, podman and nerdctl on the PATH. Rejects with
 * EngineError `notInstalled`, `notRunning`, `permissionDenied` or `incompatible`, each with what to do.
 */
export async function findEngine(
  preference: EnginePreference,
  env: NodeJS.ProcessEnv,
  options: FindOptions = {},
): Promise<Engine> {
  const log = options.log ?? silentLog;
  for (const wanted of preference === 'auto' ? order : [preference]) {
    const program = await findOnPath(wanted, env);
    if (program === null) continue;
    const probe = new Probe(wanted, program, env, options.signal);
    const { name, version } = await probe.identity();
    await probe.requireRunning(name);
    const buildKit = name === 'docker' && (await probe.hasBuildKit(version));
    log.info(`${name} ${version} at ${program}${buildKit ? ', with BuildKit' : ''}`);
    return new CommandLineEngine({ name, version, program, buildKit, env, log });
  }
  throw new EngineError(
    'notInstalled',
    preference === 'auto'
      ? message('No container engine is installed. Install docker, podman or nerdctl, then try again.')
      : message(
          '{0} is not installed. Install it, or choose another engine in the setting elastic.images.engine.',
          preference,
        ),
  );
}

/** Questions to one client program before it is trusted with work. */
class Probe {
  readonly #wanted: EngineName;
  readonly #program: string;
  readonly #env: NodeJS.ProcessEnv;
  readonly #signal: AbortSignal | undefined;

  constructor(wanted: EngineName, program: string, env: NodeJS.ProcessEnv, signal: AbortSignal | undefined) {
    this.#wanted = wanted;
    this.#program = program;
    this.#env = env;
    this.#signal = signal;
  }

  /** What the program says it is: podman is often installed under docker's name. */
  async identity(): Promise<{ name: EngineName; version: string }> {
    const { stdout, stderr } = await this.#ask(['--version']);
    const [, name, version] = /\b(docker|podman|nerdctl) version v?(\S+?),?(?:\s|$)/i.exec(stdout) ?? [];
    if (name === undefined || version === undefined) {
      throw notStarted(this.#wanted, new Error(lastReason(`${stdout}\n${stderr}`)));
    }
    return { name: order.find((known) => known === name.toLowerCase()) ?? this.#wanted, version };
  }

  async requireRunning(name: EngineName): Promise<void> {
    const result = await this.#ask(dialects[name].probe);
    if (result.code === 0) return;
    const trouble = await daemonTrouble(name, result.stderr, this.#env);
    if (trouble !== null) throw trouble;
    throw new EngineError('notRunning', notRunningSentence(name, null, this.#env), {
      output: `${result.stdout}\n${result.stderr}`,
    });
  }

  /**
   * docker's client has BuildKit built in up to version 22 and as the plugin buildx from 23 on; without the plugin
   * it refuses. A person who turned BuildKit off keeps the classic builder.
   */
  async hasBuildKit(version: string): Promise<boolean> {
    if (this.#env['DOCKER_BUILDKIT'] === '0') return false;
    const major = Number.parseInt(version, 10);
    if (major < 23) return major > 18;
    return (await this.#ask(['buildx', 'version'])).code === 0;
  }

  async #ask(args: readonly string[]): Promise<RunResult> {
    const timeout = AbortSignal.timeout(probeTimeoutMs);
    const signal = this.#signal === undefined ? timeout : AbortSignal.any([timeout, this.#signal]);
    const result = await runProcess({ command: this.#program, args, env: this.#env, signal }).catch(
      (error: unknown) => {
        throw notStarted(this.#wanted, error);
      },
    );
    if (this.#signal?.aborted === true) throw cancelled();
    if (timeout.aborted) {
      throw new EngineError('notRunning', notRunningSentence(this.#wanted, null, this.#env));
    }
    return result;
  }
}
