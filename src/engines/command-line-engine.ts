import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { isAbsolute, join } from 'node:path';
import { message } from '../core/index.ts';
import type { Log } from '../platform/log.ts';
import { runProcess, type RunResult } from '../platform/processes.ts';
import { buildFailure } from './build-failure.ts';
import { daemonTrouble } from './daemon.ts';
import { type Dialect, dialects, loggable } from './dialects.ts';
import type {
  BuildRequest,
  BuildResult,
  Engine,
  EngineName,
  ImageInfo,
  PushResult,
  RunOptions,
} from './engine.ts';
import { cancelled, EngineError } from './errors.ts';
import { lastReason } from './output.ts';
import { checkPushable, checkReference, checkTag } from './references.ts';
import { pushFailure } from './registry.ts';

export interface Client {
  readonly name: EngineName;
  readonly version: string;
  /** Absolute path of the program. */
  readonly program: string;
  /** Whether builds go through BuildKit (docker only; the others have one way to build). */
  readonly buildKit: boolean;
  readonly env: NodeJS.ProcessEnv;
  readonly log: Log;
}

/** An engine driven through its command line, which is what docker, podman and nerdctl have in common. */
export class CommandLineEngine implements Engine {
  readonly name: EngineName;
  readonly version: string;
  readonly #client: Client;
  readonly #dialect: Dialect;

  constructor(client: Client) {
    this.name = client.name;
    this.version = client.version;
    this.#client = client;
    this.#dialect = dialects[client.name];
  }

  async build(request: BuildRequest, run: RunOptions): Promise<BuildResult> {
    for (const tag of request.tags) checkTag(tag);
    const dockerfile = await readBuildFiles(request);
    return withFolder(async (folder) => {
      const idFile = join(folder, 'image-id');
      const started = performance.now();
      const args = this.#dialect.buildArguments(request, idFile, this.#client.buildKit);
      const result = await this.#run(args, run);
      if (result.code !== 0) {
        throw (
          (await this.#daemonTrouble(result)) ?? buildFailure(this.name, request, dockerfile, printed(result))
        );
      }
      const imageId = (await readFile(idFile, 'utf8')).trim();
      return { reference: request.tags[0], imageId, ms: performance.now() - started };
    });
  }

  async push(reference: string, run: RunOptions): Promise<PushResult> {
    const target = checkPushable(reference);
    return withFolder(async (folder) => {
      const digestFile = join(folder, 'digest');
      const loopback = /^(?:localhost|127(?:\.\d+){3}|\[::1\])(?::\d+)?$/.test(target.registry);
      const result = await this.#run(
        this.#dialect.pushArguments({
          reference: target.reference,
          digestFile,
          loopback,
        }),
        run,
      );
      if (result.code !== 0) {
        throw (await this.#daemonTrouble(result)) ?? pushFailure(this.name, target, printed(result));
      }
      const digest = this.#dialect.digestIn(printed(result)) ?? (await readDigest(digestFile));
      if (digest !== null) return { digest };
      throw new EngineError(
        'pushRefused',
        message(
          '{0} was pushed, but {1} did not tell its digest. Push again to learn it.',
          reference,
          this.name,
        ),
        { output: printed(result) },
      );
    });
  }

  async imageInfo(reference: string, signal?: AbortSignal): Promise<ImageInfo | null> {
    checkReference(reference);
    const result = await this.#run(['image', 'inspect', '--format', '{{json .}}', reference], {
      onOutput: () => undefined,
      signal: signal ?? new AbortController().signal,
    });
    if (result.code === 0) return imageInfoIn(result.stdout);
    const trouble = await this.#daemonTrouble(result);
    if (trouble !== null) throw trouble;
    if (/no such (?:image|object)|image not known|not found/i.test(result.stderr)) return null;
    throw new EngineError(
      'notRunning',
      message('{0} cannot tell about {1}: {2}.', this.name, reference, lastReason(printed(result))),
      { output: printed(result) },
    );
  }

  async #run(args: readonly string[], run: RunOptions): Promise<RunResult> {
    if (run.signal.aborted) throw cancelled();
    const { program, env, log, buildKit } = this.#client;
    log.info(`${this.name} ${loggable(args)}`);
    const result = await runProcess({
      command: program,
      args,
      env: { ...env, DOCKER_BUILDKIT: buildKit ? '1' : '0', DOCKER_CLI_HINTS: 'false' },
      onOutput: run.onOutput,
      signal: run.signal,
    }).catch((error: unknown) => {
      throw notStarted(this.name, error);
    });
    log.info(`${this.name} ${args[0] ?? ''} ended with ${result.code ?? result.signal ?? 'nothing'}`);
    if (result.aborted) throw cancelled();
    return result;
  }

  #daemonTrouble(result: RunResult): Promise<EngineError | null> {
    return daemonTrouble(this.name, result.stderr, this.#client.env);
  }
}

/** A program that was found and does not start: removed meanwhile, or made for another machine. */
export function notStarted(name: EngineName, error: unknown): EngineError {
  const reason = error instanceof Error ? error.message : String(error);
  return new EngineError(
    'notInstalled',
    message('{0} does not start: {1}. Install it again, then try again.', name, reason),
  );
}

/** The Dockerfile's text. Says which of the two is missing before an engine is started for nothing. */
async function readBuildFiles({ context, dockerfile }: BuildRequest): Promise<string> {
  if (!isAbsolute(context) || !isAbsolute(dockerfile)) throw new Error('A build needs absolute paths.');
  const folder = await stat(context).catch(() => null);
  if (folder?.isDirectory() !== true) {
    throw new EngineError('notFound', message('There is no folder {0} to build.', context));
  }
  return readFile(dockerfile, 'utf8').catch((error: unknown) => {
    const reason = error instanceof Error ? error.message : String(error);
    throw new EngineError(
      'notFound',
      message('{0} cannot be read. Save it there, then build again.', dockerfile),
      { output: reason },
    );
  });
}

/** Standard error last: that is where engines say why they failed. */
function printed({ stdout, stderr }: RunResult): string {
  return `${stdout}\n${stderr}`;
}

async function withFolder<T>(work: (folder: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'elastic-image-'));
  try {
    return await work(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function readDigest(file: string): Promise<string | null> {
  const text = await readFile(file, 'utf8').catch(() => '');
  return /^sha256:[0-9a-f]{64}$/.exec(text.trim())?.[0] ?? null;
}

function imageInfoIn(json: string): ImageInfo | null {
  const value: unknown = JSON.parse(json);
  const image: unknown = Array.isArray(value) ? value[0] : value;
  if (typeof image !== 'object' || image === null) return null;
  const { Id, Created, Size } = image as Readonly<Record<string, unknown>>;
  if (typeof Id !== 'string') return null;
  const created = typeof Created === 'string' ? Date.parse(Created) : Number.NaN;
  return {
    id: Id.startsWith('sha256:') ? Id : `sha256:${Id}`,
    created: Number.isNaN(created) ? null : created,
    bytes: typeof Size === 'number' ? Size : null,
  };
}
