import { createHash, randomBytes } from 'node:crypto';
import type http from 'node:http';
import type { Socket } from 'node:net';
import { fromNetwork } from '../answers.ts';
import {
  answerTimeout,
  cancelledError,
  ClusterError,
  type ErrorOrigin,
  unreadableAnswer,
} from '../errors.ts';
import type { ClusterSocket, WebSocketOptions } from '../model.ts';
import type { Connection } from '../transport/connection.ts';
import { readRefusal } from '../transport/body.ts';
import { answerMs, openRequest, throwIfRefused } from '../transport/transport.ts';
import { drained } from './drained.ts';
import { encodeFrame, type Frame, FrameError, FrameParser, largestPayload, opcodes } from './frames.ts';
import { socketEnded, socketsBlocked, socketSilent } from './refusals.ts';

/** Silence after which the other side is asked for a sign of life; as long again, and the connection is dead. */
const heartbeatMs = 15_000;
/** Time a farewell has to be sent before the connection is dropped. */
const farewellMs = 1_000;
/** Part of every answer that agrees to a WebSocket (RFC 6455, 1.3). */
const agreement = '258EAFA5-E914-47DA-95CA-C5AB0DC85B11';

/**
 * Opens a WebSocket over a connection of the session. Neither Node's own client nor a package's can be used: the
 * first takes no agent, the others go through `https.request`, which the editor replaces (see connection.ts).
 * Rejects with a ClusterError, which has what the server said against it.
 */
export async function openWebSocket(
  connection: Connection,
  path: string,
  options: WebSocketOptions,
  origin: ErrorOrigin,
): Promise<ClusterSocket> {
  const { signal } = options;
  const limit = new AbortController();
  const timer = setTimeout(() => limit.abort(), answerMs);
  const either = signal === undefined ? limit.signal : AbortSignal.any([signal, limit.signal]);
  try {
    const { socket, protocol } = await upgrade(connection, path, options, either, origin).catch(
      (error: unknown) => {
        // A connection kept open for reuse may have been closed by the other side just now.
        if (!(error instanceof StaleConnection) || either.aborted) throw error;
        return upgrade(connection, path, options, either, origin);
      },
    );
    return new OpenSocket(socket, protocol, options, origin);
  } catch (error) {
    if (signal?.aborted === true) throw cancelledError(origin.context);
    if (limit.signal.aborted) throw answerTimeout(origin, answerMs / 1000);
    throw fromNetwork(error instanceof StaleConnection ? error.cause : error, origin);
  } finally {
    clearTimeout(timer);
  }
}

/** A reused connection broke before any answer came. */
class StaleConnection extends Error {}

interface Upgraded {
  readonly socket: Socket;
  readonly protocol: string;
}

function upgrade(
  connection: Connection,
  path: string,
  { protocols, query = {} }: WebSocketOptions,
  signal: AbortSignal,
  origin: ErrorOrigin,
): Promise<Upgraded> {
  const key = randomBytes(16).toString('base64');
  const accepted = createHash('sha1')
    .update(key + agreement)
    .digest('base64');
  const headers = {
    connection: 'Upgrade',
    upgrade: 'websocket',
    'sec-websocket-version': '13',
    'sec-websocket-key': key,
    'sec-websocket-protocol': protocols.join(', '),
  };
  return new Promise((resolve, reject) => {
    const request = openRequest(connection, path, { query }, headers, signal, origin);
    request.on('upgrade', (answer, socket: Socket, head) => {
      const protocol = String(answer.headers['sec-websocket-protocol'] ?? '');
      if (answer.headers['sec-websocket-accept'] !== accepted || !protocols.includes(protocol)) {
        socket.destroy();
        reject(unreadableAnswer(origin));
        return;
      }
      if (head.length > 0) socket.unshift(head);
      resolve({ socket, protocol });
    });
    request.on('response', (answer) => {
      refusal(answer, signal, origin).then(reject, reject);
    });
    request.on('error', (error) =>
      reject(request.reusedSocket ? new StaleConnection('', { cause: error }) : error),
    );
    request.end();
  });
}

/** Why there is no WebSocket: the server's reason, or that something between takes the wish for one away. */
async function refusal(
  answer: http.IncomingMessage,
  signal: AbortSignal,
  origin: ErrorOrigin,
): Promise<unknown> {
  const text = await readRefusal(answer, signal);
  const status = answer.statusCode ?? 0;
  if (status < 300 || (status === 400 && /upgrade/i.test(text))) return socketsBlocked(origin);
  throwIfRefused(answer, text, origin);
  return unreadableAnswer(origin);
}

class OpenSocket implements ClusterSocket {
  readonly protocol: string;
  readonly messages: AsyncIterable<Buffer>;
  readonly #socket: Socket;
  readonly #origin: ErrorOrigin;
  readonly #heartbeatMs: number;
  readonly #parser = new FrameParser();
  /** Closed from here: whatever becomes of the connection now is no failure. */
  #closed = false;
  #timer: NodeJS.Timeout | undefined;

  constructor(socket: Socket, protocol: string, options: WebSocketOptions, origin: ErrorOrigin) {
    this.protocol = protocol;
    this.#socket = socket;
    this.#origin = origin;
    this.#heartbeatMs = options.heartbeatMs ?? heartbeatMs;
    this.messages = this.#read();
    // The agent's limit is for connections that wait to be used again.
    socket.setTimeout(0);
    socket.setNoDelay(true);
    // Whoever reads hears of it; nobody may be reading yet.
    socket.on('error', () => undefined);
    const { signal } = options;
    const abort = (): void => this.#drop();
    signal?.addEventListener('abort', abort, { once: true });
    socket.once('close', () => {
      clearTimeout(this.#timer);
      signal?.removeEventListener('abort', abort);
    });
    if (signal?.aborted === true) abort();
  }

  send(payload: Uint8Array): Promise<void> {
    return this.#write(encodeFrame(opcodes.binary, payload));
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    clearTimeout(this.#timer);
    const normal = Buffer.from([0x03, 0xe8]);
    if (!this.#socket.destroyed) this.#socket.end(encodeFrame(opcodes.close, normal));
    const timer = setTimeout(() => this.#socket.destroy(), farewellMs);
    this.#socket.once('close', () => clearTimeout(timer));
  }

  #drop(): void {
    this.#closed = true;
    clearTimeout(this.#timer);
    this.#socket.destroy();
  }

  /** Resolves once the network has room for more; what is sent after the end is dropped. */
  #write(frame: Buffer): Promise<void> {
    if (this.#socket.destroyed || this.#socket.writableEnded || this.#socket.write(frame)) {
      return Promise.resolve();
    }
    return drained(this.#socket);
  }

  async *#read(): AsyncGenerator<Buffer, void> {
    const parts: Buffer[] = [];
    let length = 0;
    try {
      for await (const frame of this.#frames()) {
        if (frame.opcode === opcodes.ping) void this.#write(encodeFrame(opcodes.pong, frame.payload));
        else if (frame.opcode === opcodes.close) return this.#farewell(frame.payload);
        else if (frame.opcode !== opcodes.pong) {
          if ((frame.opcode === opcodes.continuation) !== parts.length > 0) {
            throw new FrameError('the parts of messages are mixed up');
          }
          parts.push(frame.payload);
          length += frame.payload.length;
          // A part costs memory even where it is empty.
          if (length + parts.length > largestPayload) throw new FrameError('a message has no end');
          if (!frame.final) continue;
          yield parts.length === 1 ? frame.payload : Buffer.concat(parts);
          parts.length = 0;
          length = 0;
        }
      }
      if (!this.#closed) throw socketEnded(this.#origin, '');
    } catch (error) {
      // After a farewell of ours whatever the network says is no failure.
      if (!this.#closed || error instanceof ClusterError) throw fromNetwork(error, this.#origin);
    } finally {
      this.close();
    }
  }

  async *#frames(): AsyncGenerator<Frame, void> {
    const pieces = (this.#socket as AsyncIterable<Buffer, void>)[Symbol.asyncIterator]();
    for (;;) {
      for (let frame = this.#parser.next(); frame !== null; frame = this.#parser.next()) yield frame;
      // Only who waits can tell that nothing comes: while the reader is busy, what has come lies in the socket.
      this.#expectLife();
      const piece: IteratorResult<Buffer, void> = await pieces.next();
      clearTimeout(this.#timer);
      if (piece.done === true || this.#closed) return;
      this.#parser.push(piece.value);
    }
  }

  /** Asks for a sign of life after a silence, and gives the connection up when none comes. */
  #expectLife(): void {
    if (this.#closed) return;
    this.#timer = setTimeout(() => {
      void this.#write(encodeFrame(opcodes.ping, Buffer.alloc(0)));
      this.#timer = setTimeout(
        () => this.#socket.destroy(socketSilent(this.#origin, (2 * this.#heartbeatMs) / 1000)),
        this.#heartbeatMs,
      );
    }, this.#heartbeatMs);
  }

  /** The other side takes its leave: 1000 is a normal end, as is one without a reason. */
  #farewell(payload: Buffer): void {
    const code = payload.length < 2 ? 1000 : payload.readUInt16BE(0);
    this.close();
    if (code !== 1000) throw socketEnded(this.#origin, payload.subarray(2).toString('utf8') || String(code));
  }
}
