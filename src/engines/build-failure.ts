import { dockerfileInstructions, LineIndex, message, type Message } from '../core/index.ts';
import type { BuildRequest, EngineName } from './engine.ts';
import { EngineError } from './errors.ts';
import { lastReason, outputLines, shorten } from './output.ts';

/** The instruction that failed, as the engine quotes it. */
interface Failed {
  readonly instruction: string;
  readonly line: number | null;
  readonly reason: string | Message;
}

/** Why a build ended badly. `dockerfile` is the text that was built, to find the line when the engine names none. */
export function buildFailure(
  engine: EngineName,
  request: BuildRequest,
  dockerfile: string,
  output: string,
): EngineError {
  const lines = outputLines(output);
  const failed = failedInstruction(lines, dockerfile);
  const line = syntaxError(lines)?.line ?? failed?.line ?? null;
  return new EngineError('buildFailed', sentence(engine, request, lines, failed, output), { line, output });
}

function sentence(
  engine: EngineName,
  request: BuildRequest,
  lines: readonly string[],
  failed: Failed | null,
  output: string,
): Message {
  const syntax = syntaxError(lines);
  if (syntax !== null) {
    return message('Line {0} of the Dockerfile cannot be read: {1}.', syntax.line, syntax.problem);
  }
  const known = wellKnown(engine, request, lines.slice(-6).join('\n'));
  if (known !== null) return known;
  if (failed === null) return message('Building {0} failed: {1}.', request.tags[0], lastReason(output));
  const instruction = shorten(singleSpaced(failed.instruction), 60);
  return failed.line === null
    ? message('"{0}" failed: {1}. See the output for the cause.', instruction, failed.reason)
    : message(
        'Line {0} failed, "{1}": {2}. See the output for the cause.',
        failed.line,
        instruction,
        failed.reason,
      );
}

/** Causes that have a remedy of their own. */
function wellKnown(engine: EngineName, request: BuildRequest, text: string): Message | null {
  const file = missingFile(text);
  if (file !== null) {
    return message(
      '{0} is not in {1}, the folder that is built, or .dockerignore leaves it out.',
      file,
      request.context,
    );
  }
  if (/no space left on device/i.test(text)) {
    return message('The disk of {0} is full. Make room ({0} system prune), then build again.', engine);
  }
  if (/target stage .* could not be found|failed to reach build target/i.test(text)) {
    return message('The Dockerfile has no stage {0}. Correct the name of the stage.', request.target ?? '');
  }
  const address =
    /"https?:\/\/([^/"]+)[^"]*": .*(?:no such host|connection refused|i\/o timeout|Client\.Timeout|deadline exceeded)/.exec(
      text,
    )?.[1];
  if (address !== undefined) {
    return message(
      'The base image cannot be fetched: {0} does not answer. Check FROM, your network and your proxy.',
      address,
    );
  }
  const short = /short-name "([^"]+)" did not resolve/.exec(text)?.[1];
  if (short !== undefined) {
    return message(
      '{0} does not know the registry of {1}. Write it in FROM, as in docker.io/library/alpine.',
      engine,
      short,
    );
  }
  const base =
    /pull access denied for ([^\s,]+)|manifest for (\S+) not found|source metadata for ([^\s:]+(?::[^\s:]+)?):/.exec(
      text,
    );
  const image = base?.[1] ?? base?.[2] ?? base?.[3];
  if (image !== undefined) {
    return message(
      'The base image {0} does not exist or wants a login. Correct FROM, or run "{1} login".',
      image,
      engine,
    );
  }
  return null;
}

function missingFile(text: string): string | null {
  const classic = /file not found in build context or excluded by \.dockerignore: stat ([^:]+):/.exec(
    text,
  )?.[1];
  const buildKit = /"\/([^"]+)"(?: not found)?: not found/.exec(text)?.[1];
  const podman = /copier: stat: "\/([^"]+)": no such file/.exec(text)?.[1];
  return classic ?? buildKit ?? podman ?? null;
}

function syntaxError(lines: readonly string[]): { line: number; problem: string } | null {
  for (const text of lines.slice(-3)) {
    const [, line, problem] = /dockerfile parse error (?:on )?line (\d+): (.+)/i.exec(text) ?? [];
    if (line !== undefined && problem !== undefined) return { line: Number(line), problem };
  }
  return null;
}

/** Each builder quotes the failed instruction its own way; the first that applies counts. */
function failedInstruction(lines: readonly string[], dockerfile: string): Failed | null {
  const quoted = fromBuildKit(lines) ?? lastBegun(lines);
  if (quoted === null) return null;
  const named = lines
    .map((line) => /^\S*Dockerfile\S*:(\d+)$/.exec(line)?.[1])
    .findLast((line) => line !== undefined);
  return {
    instruction: quoted,
    line: named === undefined ? lineOf(dockerfile, quoted) : Number(named),
    reason: reasonIn(lines),
  };
}

/** ` > [build 2/3] RUN make:` between two rulers. */
function fromBuildKit(lines: readonly string[]): string | null {
  const quoted = lines.map((line) => /^ > \[[^\]]*\d+\/\d+\] (.+):$/.exec(line)?.[1]);
  return quoted.findLast((text) => text !== undefined) ?? null;
}

/** The classic builder's `Step 3/5 : RUN make`, podman's `[2/2] STEP 3/5: RUN make`: the last one that was begun. */
function lastBegun(lines: readonly string[]): string | null {
  const begun = lines.map((line) => /^(?:\[\d+\/\d+\] )?(?:Step|STEP) \d+\/\d+\s*: (.+)$/.exec(line)?.[1]);
  return begun.findLast((text) => text !== undefined) ?? null;
}

function reasonIn(lines: readonly string[]): string | Message {
  const text = lines.slice(-3).join('\n');
  const code = /returned a non-zero code: (\d+)|exit (?:code|status):? (\d+)/.exec(text);
  const number = code?.[1] ?? code?.[2];
  return number === undefined ? lastReason(text) : message('exit code {0}', number);
}

/** Line of the instruction an engine quotes, from 1; null when none is written like it. */
function lineOf(dockerfile: string, quoted: string): number | null {
  const wanted = singleSpaced(quoted).toLowerCase();
  const found = dockerfileInstructions(dockerfile).find(
    ({ text }) => singleSpaced(text).toLowerCase() === wanted,
  );
  return found === undefined ? null : new LineIndex(dockerfile).positionAt(found.range.start).line + 1;
}

function singleSpaced(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}
