import type { Socket } from 'node:net';
import { fromNetwork } from '../answers.ts';
import type { ClusterSocket, Session } from '../model.ts';
import { resourcePath } from '../objects.ts';
import { pods } from '../pods.ts';
import { drained } from './drained.ts';
import { portRefused, portTroubled } from './refusals.ts';

export interface PodPort {
  readonly namespace: string;
  readonly pod: string;
  readonly port: number;
}

export interface TunnelOptions {
  readonly signal: AbortSignal;
  /** Bytes that went to the pod, or came from it. */
  readonly onTraffic: (sent: number, received: number) => void;
  readonly heartbeatMs?: number;
}

const protocol = 'v4.channel.k8s.io';
const channels = { data: 0, error: 1 } as const;
/**
 * The protocol has no word for “I have said all”: a program that has said so may still wait for its answer, or may be
 * gone. An answer that has begun is over after the first silence, one that has not gets the second.
 */
const silenceMs = { answered: 1_000, unanswered: 60_000 } as const;

/** Bytes of a complaint that are read. */
const longestWords = 4_096;

/** The way to the pod did not open: nothing was taken from the connection, which may be led to another pod. */
export class TunnelNotOpened extends Error {}

/**
 * Joins a connection of this machine with a port of a pod, and resolves when both are done. Rejects with
 * TunnelNotOpened, which leaves the connection as it was, or with a ClusterError: then, and at the end, the connection
 * is closed, with a reset where it failed. It has to allow being half open, and be paused.
 */
export async function tunnel(
  session: Session,
  { namespace, pod, port }: PodPort,
  local: Socket,
  options: TunnelOptions,
): Promise<void> {
  const gone = new AbortController();
  // What is half open ends here only by its other half; `close` comes when both are over, or by a reset.
  const leave = (): void => gone.abort();
  local.once('close', leave);
  const signal = AbortSignal.any([options.signal, gone.signal]);
  const socket = await open(session, { namespace, pod, port }, options, signal).catch((error: unknown) => {
    local.off('close', leave);
    throw new TunnelNotOpened('', { cause: error });
  });
  try {
    const words = await new Joined(socket, local, options).done;
    if (words !== '') throw refusal(session.context.name, pod, port, words);
    local.end();
  } catch (error) {
    if (gone.signal.aborted && !options.signal.aborted) return;
    reset(local);
    if (!options.signal.aborted) throw fromNetwork(error, { context: session.context.name, server: '' });
  }
}

function open(
  session: Session,
  { namespace, pod, port }: PodPort,
  { heartbeatMs }: TunnelOptions,
  signal: AbortSignal,
): Promise<ClusterSocket> {
  return session.webSocket(resourcePath(pods, namespace, pod, 'portforward'), {
    protocols: [protocol],
    query: { ports: port },
    signal,
    ...(heartbeatMs !== undefined && { heartbeatMs }),
  });
}

function refusal(context: string, pod: string, port: number, words: string): Error {
  return /connection refused/i.test(words)
    ? portRefused(context, pod, port)
    : portTroubled(context, pod, port, words.replace(/^.*inside namespace "[^"]*",?\s*/s, ''));
}

/** Node never closes a socket that is reset while it is being ended. */
function reset(socket: Socket): void {
  if (socket.writableEnded) socket.destroy();
  else socket.resetAndDestroy();
}

class Joined {
  /** What the pod's side complained of; `''`: nothing. */
  readonly done: Promise<string>;
  readonly #socket: ClusterSocket;
  readonly #local: Socket;
  readonly #onTraffic: TunnelOptions['onTraffic'];
  /** The local program has said all it will. */
  #saidAll = false;
  /** Something came from the pod since something went to it. */
  #answered = true;
  #silence: NodeJS.Timeout | undefined;
  #over = false;

  constructor(socket: ClusterSocket, local: Socket, { onTraffic }: TunnelOptions) {
    this.#socket = socket;
    this.#local = local;
    this.#onTraffic = onTraffic;
    this.done = this.#down();
    // How the local side fails is told by its `close`.
    this.#up().catch(() => undefined);
  }

  async #up(): Promise<void> {
    for await (const chunk of this.#local.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
      this.#answered = false;
      this.#onTraffic(chunk.length, 0);
      await this.#socket.send(Buffer.concat([Buffer.of(channels.data), chunk]));
    }
    this.#saidAll = true;
    this.#awaitSilence();
  }

  async #down(): Promise<string> {
    /** The first message of each channel repeats the port. */
    const begun = new Set<number>();
    let words = '';
    try {
      for await (const message of this.#socket.messages) {
        const [channel = channels.data] = message;
        if (begun.has(channel)) {
          const data = message.subarray(1);
          if (channel === channels.error) words += data.toString('utf8', 0, longestWords);
          else if (data.length > 0) await this.#deliver(data);
        }
        begun.add(channel);
        if (words !== '') break;
      }
    } finally {
      this.#over = true;
      clearTimeout(this.#silence);
      this.#socket.close();
    }
    return words;
  }

  async #deliver(data: Buffer): Promise<void> {
    this.#answered = true;
    this.#onTraffic(0, data.length);
    clearTimeout(this.#silence);
    if (!this.#local.destroyed && !this.#local.write(data)) await drained(this.#local);
    if (this.#saidAll) this.#awaitSilence();
  }

  #awaitSilence(): void {
    const limit = this.#answered ? silenceMs.answered : silenceMs.unanswered;
    clearTimeout(this.#silence);
    if (this.#over) return;
    this.#silence = setTimeout(() => this.#socket.close(), limit);
  }
}
