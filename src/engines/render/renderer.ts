import { message, type Message } from '../../core/index.ts';
import { type Log, silentLog } from '../../platform/log.ts';
import { runProcess, type RunResult } from '../../platform/processes.ts';
import { findOnPath } from '../../platform/executables.ts';
import { outputLines } from '../output.ts';
import { renderCancelled, RenderError } from './errors.ts';

export interface RenderOptions {
  readonly env: NodeJS.ProcessEnv;
  readonly signal?: AbortSignal;
  readonly log?: Log;
  /** Longest time the program may take; bases are sometimes fetched from elsewhere. Absent: two minutes. */
  readonly timeoutMs?: number;
  /** Longest output, in UTF-16 units. */
  readonly maximumLength?: number;
}

const usualTimeoutMs = 120_000;
/** As much as the command line checks of one file. */
const usualMaximumLength = 30_000_000;

/** A program that renders, where it is, and how it wants to be asked. */
export interface Renderer {
  readonly name: string;
  readonly program: string;
  /** Before all other arguments. */
  readonly args: readonly string[];
}

/** The first of some programs that is installed; rejects with RenderError `notInstalled`. */
export async function findRenderer(
  wanted: readonly { readonly name: string; readonly args: readonly string[] }[],
  env: NodeJS.ProcessEnv,
): Promise<Renderer> {
  for (const one of wanted) {
    const program = await findOnPath(one.name, env);
    if (program !== null) return { ...one, program };
  }
  const [first = { name: '' }, second] = wanted;
  throw new RenderError(
    'notInstalled',
    second === undefined
      ? message('{0} is not installed. Install it, then try again.', first.name)
      : message(
          'Neither {0} nor {1} is installed. Install one of them, then try again.',
          first.name,
          second.name,
        ),
  );
}

/**
 * Runs a renderer to its end, whatever that is. Rejects with RenderError `notInstalled`, `cancelled`, `timeout` or
 * `tooLarge`.
 */
export async function runRenderer(
  renderer: Renderer,
  args: readonly string[],
  cwd: string,
  options: RenderOptions,
): Promise<RunResult> {
  const { env, signal, log = silentLog, timeoutMs = usualTimeoutMs } = options;
  const limit = options.maximumLength ?? usualMaximumLength;
  throwIfCancelled(signal);
  const timeout = AbortSignal.timeout(timeoutMs);
  const flood = new AbortController();
  let printed = 0;
  const all = [...renderer.args, ...args];
  log.info(`${renderer.name} ${all.join(' ')}`);
  const result = await runProcess({
    command: renderer.program,
    args: all,
    cwd,
    env,
    keep: limit,
    signal: AbortSignal.any([timeout, flood.signal, ...(signal === undefined ? [] : [signal])]),
    onOutput: (chunk) => {
      printed += chunk.length;
      if (printed > limit) flood.abort();
    },
  }).catch((error: unknown) => {
    throw notStarted(renderer, error);
  });
  throwIfCancelled(signal);
  if (flood.signal.aborted) {
    throw new RenderError(
      'tooLarge',
      message(
        '{0} printed more than {1} MB. Render a smaller part of it.',
        renderer.name,
        Math.round(limit / 1e6),
      ),
    );
  }
  if (result.aborted) {
    throw new RenderError(
      'timeout',
      message('{0} took longer than {1} s and was ended. Try again.', renderer.name, timeoutMs / 1000),
      { output: result.stderr },
    );
  }
  return result;
}

function throwIfCancelled(signal: AbortSignal | undefined): void {
  if (signal?.aborted === true) throw renderCancelled();
}

function notStarted({ name }: Renderer, error: unknown): RenderError {
  const reason = error instanceof Error ? error.message : String(error);
  return new RenderError(
    'notInstalled',
    message('{0} does not start: {1}. Install it again, then try again.', name, reason),
  );
}

/** Longest reason that is told; of a longer one the end, where these programs say what it came from. */
const longestReason = 240;

/** What a program said last of why it failed, without what only frames it. */
export function reasonOf({ stderr, code }: RunResult): string | Message {
  const lines = outputLines(stderr).filter((line) => !/^\s*>\s*$|^Use --debug flag/.test(line));
  const reason = (lines.at(-1) ?? '')
    .replace(/^E\d{4} [\d:.]+\s+\d+ \S+\] /, '')
    .replace(/^[\s`':]*(?:error|Error):\s*|^[\s`':]+/, '')
    .replace(/[\s."]+$/, '');
  if (reason === '') return message('exit code {0}', code ?? '?');
  if (reason.length <= longestReason) return reason;
  const end = reason.slice(-longestReason);
  return `…${end.slice(end.indexOf(': ') + 2)}`;
}
