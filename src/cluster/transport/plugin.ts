import { isAbsolute } from 'node:path';
import { message, type Message } from '../../core/finding.ts';
import { findOnPath } from '../../platform/executables.ts';
import { withLoginPath } from '../../platform/login-shell.ts';
import { plainWords } from '../../platform/plain-words.ts';
import { runProcess, type RunResult } from '../../platform/processes.ts';
import {
  ClusterError,
  credentialPluginFailed,
  credentialPluginMissing,
  kubeconfigUnusable,
} from '../errors.ts';
import type { ExecPlugin } from '../kubeconfig/entries.ts';

/** A login program that waits for a person, and what it says to them (`open … and enter the code …`). */
export interface WaitingLogin {
  readonly context: string;
  readonly command: string;
  /** On one line; never what it prints as its answer. */
  readonly words: string;
}

export interface LoginSurroundings {
  readonly env: NodeJS.ProcessEnv;
  /** Hears of a login program that goes on waiting with something to say, and of its end (null). */
  loginWaits?(context: string, waiting: WaitingLogin | null): void;
}

export interface PluginRun {
  readonly plugin: ExecPlugin;
  readonly context: string;
  /** KUBERNETES_EXEC_INFO. */
  readonly info: string;
  readonly surroundings: LoginSurroundings;
  readonly signal: AbortSignal;
  /** ms until it is ended; absent: as long as a person may need in a browser. */
  readonly limitMs?: number;
}

/** A login program that opens a browser waits for a person; one that hangs must not hang us for ever. */
const pluginLimitMs = 180_000;
/** One that is still at work after this time waits for somebody. */
const waitingMs = 2_000;
/** What is kept of each stream: more than any credential. */
const keptCharacters = 100_000;

/** Runs the login program and returns what it printed. Throws a ClusterError with its own words. */
export async function runPlugin(run: PluginRun): Promise<string> {
  const { plugin, context, signal, limitMs = pluginLimitMs } = run;
  if (plugin.command === '')
    throw kubeconfigUnusable(context, message('its login program (exec) has no command'));
  if (plugin.interactiveMode === 'Always') {
    throw new ClusterError(
      'credentialPlugin',
      message(
        '{0} needs a login in a terminal: {1} asks questions there. Run kubectl once there to log in, then Retry.',
        context,
        plugin.command,
      ),
      { context },
    );
  }
  const limit = AbortSignal.timeout(limitMs);
  const result = await start(run, AbortSignal.any([signal, limit]));
  if (limit.aborted && !signal.aborted) {
    throw new ClusterError(
      'credentialPlugin',
      message(
        '{0} needs a login: {1} gave no answer within {2} s and was ended. Run it in a terminal to see what it waits for, then Retry.',
        context,
        plugin.command,
        limitMs / 1000,
      ),
      { context },
    );
  }
  if (result.code !== 0) throw credentialPluginFailed(context, plugin.command, wordsOf(result));
  return result.stdout;
}

async function start(run: PluginRun, signal: AbortSignal): Promise<RunResult> {
  const { plugin, context, info, surroundings } = run;
  const { command, env } = await locate(run);
  const waiting = new Waiting(run);
  try {
    return await runProcess({
      command,
      args: plugin.args,
      env: { ...env, KUBERNETES_EXEC_INFO: info },
      keep: keptCharacters,
      onOutput: (chunk, stream) => {
        if (stream === 'stderr') waiting.hear(chunk);
      },
      signal,
    });
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (code === 'ENOENT') throw credentialPluginMissing(context, plugin.command, plugin.installHint, error);
    if (code === 'EACCES') throw notExecutable(context, plugin.command);
    throw credentialPluginFailed(context, plugin.command, String(error), error);
  } finally {
    waiting.end();
    surroundings.loginWaits?.(context, null);
  }
}

/**
 * The program's file, and the environment it runs in. A bare name is looked for on the PATH, and where it is not, on
 * the one that a terminal would have; like kubectl, never in the working folder.
 */
async function locate({ plugin, context, surroundings }: PluginRun): Promise<{
  readonly command: string;
  readonly env: NodeJS.ProcessEnv;
}> {
  const env = { ...surroundings.env, ...plugin.env };
  // Windows has its own rules for what a bare name starts.
  if (isAbsolute(plugin.command) || process.platform === 'win32') return { command: plugin.command, env };
  const found = await findOnPath(plugin.command, env);
  if (found !== null) return { command: found, env };
  const full = { ...(await withLoginPath(surroundings.env)), ...plugin.env };
  const elsewhere = await findOnPath(plugin.command, full);
  if (elsewhere !== null) return { command: elsewhere, env: full };
  throw credentialPluginMissing(context, plugin.command, plugin.installHint);
}

/** Passes on what a program says that does not come to its end. */
class Waiting {
  readonly #run: PluginRun;
  #said = '';
  #isLong = false;
  #timer: NodeJS.Timeout | undefined;

  constructor(run: PluginRun) {
    this.#run = run;
    this.#timer = setTimeout(() => {
      this.#isLong = true;
      this.#tell();
    }, waitingMs);
    this.#timer.unref();
  }

  hear(chunk: string): void {
    this.#said = (this.#said + chunk).slice(-longestWords * 4);
    if (this.#isLong) this.#tell();
  }

  end(): void {
    clearTimeout(this.#timer);
    this.#isLong = false;
  }

  #tell(): void {
    const { plugin, context, surroundings } = this.#run;
    const words = clean(this.#said);
    if (words !== '') surroundings.loginWaits?.(context, { context, command: plugin.command, words });
  }
}

function notExecutable(context: string, command: string): ClusterError {
  return new ClusterError(
    'credentialPlugin',
    message(
      '{0} needs the program {1} to log in, and it may not be run. Make it executable, then Retry.',
      context,
      command,
    ),
    { context },
  );
}

const longestWords = 400;

/** Why a program failed, in its own words: what it wrote as errors, else what it printed if that is no credential. */
function wordsOf({ code, signal, stderr, stdout }: RunResult): string | Message {
  const printed = /[{}]/.test(stdout) ? '' : stdout;
  return clean(stderr) || clean(printed) || message('exit code {0}', code ?? String(signal));
}

/** On one line, without what is meant for a terminal and without secrets; of a Python traceback the last line, which is what it means. */
function clean(output: string): string {
  const lines = plainWords(output)
    .split(/[\r\n]+/)
    .map((line) => line.trim())
    .filter((line) => line !== '');
  const told = lines.some((line) => line.startsWith('Traceback (')) ? lines.slice(-1) : lines;
  const words = withoutSecrets(told.join(' '));
  return words.length > longestWords ? `${words.slice(0, longestWords)}…` : words;
}

/** Tokens that a chatty program prints among its errors: they would end up in a log. */
function withoutSecrets(text: string): string {
  return text
    .replace(/\beyJ[\w-]{5,}(?:\.[\w-]*){0,4}/g, '…')
    .replace(/\b(bearer|basic)\s+[\w.~+/=-]{8,}/gi, '$1 …')
    .replace(/\b([\w-]*token["']?\s*[=:]\s*["']?)[^\s"',;&]{12,}/gi, '$1…')
    .replace(
      /\b([\w-]*(?:passwo?r?d|secret|api[_-]?key|access[_-]?key)["']?\s*[=:]\s*["']?)[^\s"',;&]{4,}/gi,
      '$1…',
    );
}
