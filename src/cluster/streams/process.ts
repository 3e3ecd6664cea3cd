import { isFields } from '../apply/json.ts';
import { sentence } from '../errors.ts';
import type { ClusterSocket, Session } from '../model.ts';
import { resourcePath } from '../objects.ts';
import { pods } from '../pods.ts';
import { endedUnexplained, programMissing, programNotStarted } from './refusals.ts';

/** A container, named completely. */
export interface ContainerRef {
  readonly namespace: string;
  readonly pod: string;
  /** null: the pod's only one, or the one its annotation names. */
  readonly container: string | null;
}

export interface ProcessOptions {
  /** A terminal: both outputs are one then, and lines end as terminals want them. */
  readonly tty: boolean;
  /** Whether anything will be written to it. */
  readonly stdin: boolean;
  /** Ends the connection; what runs in the container is told as a closed terminal tells it. */
  readonly signal?: AbortSignal;
  readonly heartbeatMs?: number;
  /** Takes the output as it comes, bytes as they are; a promise makes the process wait until it settles. */
  readonly onOutput: (chunk: Buffer, from: 'stdout' | 'stderr') => void | Promise<void>;
}

export interface ExecOptions extends ProcessOptions {
  /** Program and arguments, as they are: no shell reads them. */
  readonly command: readonly string[];
}

/** A process in a container, as far as its terminal or its pipes reach. */
export interface RemoteProcess {
  /** Resolves once there is room for more; what is written meanwhile comes after it, after the end it is dropped. */
  write(data: Uint8Array): Promise<void>;
  /** Ends its standard input. A server older than 1.30 cannot be told: there the process goes on waiting. */
  endInput(): void;
  resize(columns: number, rows: number): void;
  /**
   * Its exit code, once all output was taken; null when the server does not tell one (after `attach`, or when the
   * connection was closed from here). Rejects with a ClusterError when it could not be started or the connection broke.
   */
  readonly ended: Promise<number | null>;
  close(): void;
}

/** What the first byte of each message says it belongs to. */
const channels = { stdin: 0, stdout: 1, stderr: 2, status: 3, resize: 4, close: 255 } as const;
const protocols = ['v5.channel.k8s.io', 'v4.channel.k8s.io'] as const;
/** The server takes larger messages, but a long one keeps a resize or a Ctrl+C waiting. */
const pieceBytes = 32 * 1024;

/** Starts a program in a container. Rejects with a ClusterError: forbidden, no such pod or container, not running. */
export function exec(session: Session, target: ContainerRef, options: ExecOptions): Promise<RemoteProcess> {
  return open(session, target, 'exec', options, options.command);
}

/** Connects to what a container was started with; it has to have been started with an input, to be written to. */
export function attach(
  session: Session,
  target: ContainerRef,
  options: ProcessOptions,
): Promise<RemoteProcess> {
  return open(session, target, 'attach', options, []);
}

async function open(
  session: Session,
  { namespace, pod, container }: ContainerRef,
  subresource: 'exec' | 'attach',
  options: ProcessOptions,
  command: readonly string[],
): Promise<RemoteProcess> {
  const { tty, stdin, signal, heartbeatMs } = options;
  const query = new URLSearchParams(command.map((part): [string, string] => ['command', part]));
  const flags = { stdin, stdout: true, stderr: !tty, tty };
  for (const [name, value] of Object.entries(flags)) query.set(name, String(value));
  if (container !== null) query.set('container', container);
  const path = `${resourcePath(pods, namespace, pod, subresource)}?${query.toString()}`;
  const socket = await session.webSocket(path, {
    protocols,
    ...(signal !== undefined && { signal }),
    ...(heartbeatMs !== undefined && { heartbeatMs }),
  });
  return new StreamedProcess(session, socket, options, command[0] ?? '', container ?? pod);
}

/** How the server says on the last channel what became of the process. */
interface EndStatus {
  readonly status?: string;
  readonly message?: string;
  readonly reason?: string;
  readonly details?: { readonly causes?: readonly { readonly reason?: string; readonly message?: string }[] };
}

class StreamedProcess implements RemoteProcess {
  readonly ended: Promise<number | null>;
  readonly #socket: ClusterSocket;
  readonly #origin: { readonly context: string; readonly program: string; readonly where: string };
  #closed = false;
  /** The newest of what waits for room to be written; null: there is room. */
  #writing: Promise<void> | null = null;

  constructor(
    session: Session,
    socket: ClusterSocket,
    options: ProcessOptions,
    program: string,
    where: string,
  ) {
    this.#socket = socket;
    this.#origin = { context: session.context.name, program, where };
    const aborted = (): boolean => this.#closed || options.signal?.aborted === true || session.closed.aborted;
    this.ended = this.#follow(options.onOutput, aborted);
    // Whoever started it may look at how it ended later, or never.
    this.ended.catch(() => undefined);
  }

  write(data: Uint8Array): Promise<void> {
    return this.#inOrder(async () => {
      for (let start = 0; start < data.length; start += pieceBytes) {
        await this.#send(channels.stdin, data.subarray(start, start + pieceBytes));
      }
    });
  }

  endInput(): void {
    if (this.#socket.protocol !== protocols[0]) return;
    void this.#inOrder(() => this.#send(channels.close, Buffer.of(channels.stdin)));
  }

  /** At once where nothing waits: what is written right before the end is sent. */
  #inOrder(work: () => Promise<void>): Promise<void> {
    const writing = (this.#writing === null ? work() : this.#writing.then(work)).then(() => {
      if (this.#writing === writing) this.#writing = null;
    });
    this.#writing = writing;
    return writing;
  }

  resize(columns: number, rows: number): void {
    void this.#send(channels.resize, Buffer.from(JSON.stringify({ Width: columns, Height: rows })));
  }

  close(): void {
    this.#closed = true;
    this.#socket.close();
  }

  #send(channel: number, data: Uint8Array): Promise<void> {
    return this.#socket.send(Buffer.concat([Buffer.of(channel), data]));
  }

  async #follow(onOutput: ProcessOptions['onOutput'], aborted: () => boolean): Promise<number | null> {
    let end: EndStatus | null = null;
    try {
      for await (const message of this.#socket.messages) {
        const data = message.subarray(1);
        if (message[0] === channels.status) end = readStatus(data);
        else if (data.length > 0 && message[0] === channels.stdout) await onOutput(data, 'stdout');
        else if (data.length > 0 && message[0] === channels.stderr) await onOutput(data, 'stderr');
        // The status is the last that comes; servers differ in how soon they hang up after it.
        if (end !== null) break;
      }
    } finally {
      this.#socket.close();
    }
    if (end === null && aborted()) return null;
    if (end === null) throw endedUnexplained(this.#origin.context, this.#origin.where);
    return this.#exitCode(end);
  }

  #exitCode({ status, reason, message = '', details }: EndStatus): number | null {
    if (status === 'Success') return 0;
    const code = details?.causes?.find((cause) => cause.reason === 'ExitCode')?.message;
    if (reason === 'NonZeroExitCode' && code !== undefined) return Number(code);
    const { context, program, where } = this.#origin;
    throw isMissing(message)
      ? programMissing(context, where, program)
      : programNotStarted(context, where, program, sentence(message));
  }
}

/** What is no status says as much as none: that it has ended. */
function readStatus(data: Buffer): EndStatus {
  try {
    const read: unknown = JSON.parse(data.toString('utf8'));
    return isFields(read) ? read : {};
  } catch {
    return {};
  }
}

/** How runtimes say that there is no such program (runc, crun, youki, and what is built on them). */
function isMissing(words: string): boolean {
  return /executable file not found|no such file or directory|not found in \$PATH|ENOENT/i.test(words);
}
