import http from 'node:http';
import type { Socket } from 'node:net';
import { StringDecoder } from 'node:string_decoder';
import { message } from '../../core/finding.ts';
import { ExplainedError } from '../../platform/failure.ts';
import { fromNetwork, fromStatus } from '../answers.ts';
import {
  answerTimeout,
  answerTooLong,
  cancelledError,
  connectTimeout,
  type ErrorOrigin,
  unreadableAnswer,
} from '../errors.ts';
import type { ChunkStream, LineStream, RequestOptions, TextStream } from '../model.ts';
import { longestAnswer, longestPage, readRefusal, readText } from './body.ts';
import { type Connection, keepAliveMs } from './connection.ts';
import { LineSplitter, LineTooLongError } from './lines.ts';
import { decoded } from './unpacking.ts';

const connectMs = 10_000;
/** Time for the whole of a short answer, and for the head of a long one. */
export const answerMs = 30_000;

/** How long what has arrived is read on without a break. */
const turnMs = 8;

/** Sends the request and reads the answer as JSON. Rejects with a ClusterError. */
export async function requestJson(
  connection: Connection,
  path: string,
  options: RequestOptions,
  origin: ErrorOrigin,
): Promise<unknown> {
  return parseAnswer(await requestText(connection, path, options, origin), origin);
}

/** Sends the request and reads the answer as it is. Rejects with a ClusterError. */
export async function requestText(
  connection: Connection,
  path: string,
  options: RequestOptions,
  origin: ErrorOrigin,
): Promise<string> {
  const limitMs = options.timeoutMs ?? answerMs;
  const limit = new AbortController();
  // Of silence, not of the whole: a slow connection delivers as well.
  const timer = setTimeout(() => limit.abort(), limitMs);
  const signal =
    options.signal === undefined ? limit.signal : AbortSignal.any([options.signal, limit.signal]);
  try {
    const response = await send(connection, path, options, signal, 'afar', origin);
    const onProgress = (): void => void timer.refresh();
    if (isRefusal(response))
      throwIfRefused(response, await readRefusal(response, signal, onProgress), origin);
    const { longest = longestAnswer } = options;
    const text = await readText(response, signal, { longest, origin, onProgress });
    reportWarnings(response, options);
    return text;
  } catch (error) {
    if (options.signal?.aborted === true) throw cancelledError(origin.context);
    throw limit.signal.aborted ? answerTimeout(origin, limitMs / 1000) : fromNetwork(error, origin);
  } finally {
    clearTimeout(timer);
  }
}

function parseAnswer(text: string, origin: ErrorOrigin): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch (error) {
    throw unreadableAnswer(origin, error);
  }
}

/** Sends the request; its answer is read later, while it comes. Rejects with a ClusterError. */
export async function requestStream(
  connection: Connection,
  path: string,
  options: RequestOptions,
  origin: ErrorOrigin,
): Promise<TextStream> {
  const { timeoutMs: limitMs = answerMs } = options;
  const closing = new AbortController();
  const signal =
    options.signal === undefined ? closing.signal : AbortSignal.any([options.signal, closing.signal]);
  const limit = (): NodeJS.Timeout =>
    setTimeout(() => closing.abort(answerTimeout(origin, limitMs / 1000)), limitMs);
  const explained = (error: unknown): Error => {
    if (options.signal?.aborted === true) return cancelledError(origin.context);
    return fromNetwork(closing.signal.aborted ? closing.signal.reason : error, origin);
  };
  const timer = limit();
  try {
    const response = await send(connection, path, options, signal, 'always', origin);
    if (isRefusal(response)) throwIfRefused(response, await readRefusal(response, signal), origin);
    const { longest = longestPage } = options;
    return {
      // Until somebody reads, the silence is ours.
      read: (onPiece) => readPieces(response, signal, limit(), atMost(longest, onPiece, origin), explained),
      close: () => closing.abort(),
    };
  } catch (error) {
    throw explained(error);
  } finally {
    clearTimeout(timer);
  }
}

/** Hands pieces on until they are too much together. */
function atMost(
  longest: number,
  onPiece: (piece: string) => void,
  origin: ErrorOrigin,
): (piece: string) => void {
  let length = 0;
  return (piece) => {
    length += piece.length;
    if (length > longest) throw answerTooLong(origin, longest);
    onPiece(piece);
  };
}

/** `timer` is what ends a silence that is too long. */
function readPieces(
  response: http.IncomingMessage,
  signal: AbortSignal,
  timer: NodeJS.Timeout,
  onPiece: (piece: string) => void,
  explained: (error: unknown) => Error,
): Promise<void> {
  return new Promise<void>((resolve, reject) => {
    if (response.destroyed) {
      clearTimeout(timer);
      reject(explained(new ExplainedError(message('the answer broke off'))));
      return;
    }
    const abort = (): void => void response.destroy();
    signal.addEventListener('abort', abort, { once: true });
    if (signal.aborted) abort();
    const body = decoded(response, () => timer.refresh());
    const decoder = new StringDecoder('utf8');
    // As much at a time as there is: servers send a list in tens of thousands of small pieces.
    const readOn = (): void => {
      timer.refresh();
      const turnEnds = performance.now() + turnMs;
      try {
        for (;;) {
          const piece = body.read() as Buffer | null;
          if (piece === null) return;
          onPiece(decoder.write(piece));
          // A fast server may have sent megabytes: others want their turn in between.
          if (performance.now() > turnEnds) {
            setImmediate(readOn);
            return;
          }
        }
      } catch (error) {
        reject(error instanceof Error ? error : new Error(String(error)));
        response.destroy();
      }
    };
    body.on('readable', readOn);
    body.on('end', resolve);
    body.on('error', (error) => reject(explained(error)));
    body.on('close', () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', abort);
      // Too late to change anything if it came to its end or failed.
      reject(explained(new ExplainedError(message('the answer broke off'))));
    });
  });
}

/** Sends the request and hands out the answer line by line. Rejects with a ClusterError. */
export async function requestLines(...request: Parameters<typeof requestChunks>): Promise<LineStream> {
  const [, , { longest = longestAnswer }, origin] = request;
  const chunks = await requestChunks(...request);
  return { [Symbol.asyncIterator]: () => lines(chunks, longest, origin), close: () => chunks.close() };
}

async function* lines(
  chunks: ChunkStream,
  longest: number,
  origin: ErrorOrigin,
): AsyncGenerator<readonly string[], void> {
  const splitter = new LineSplitter(longest);
  try {
    for await (const chunk of chunks) {
      const complete = splitter.push(chunk);
      if (complete.length > 0) yield complete;
    }
  } catch (error) {
    throw error instanceof LineTooLongError ? answerTooLong(origin, longest) : error;
  }
}

/** Sends the request and hands out the answer as it comes, decoded. Rejects with a ClusterError. */
export async function requestChunks(
  connection: Connection,
  path: string,
  options: RequestOptions,
  origin: ErrorOrigin,
): Promise<ChunkStream> {
  const closing = new AbortController();
  const signal =
    options.signal === undefined ? closing.signal : AbortSignal.any([options.signal, closing.signal]);
  const { timeoutMs: limitMs = answerMs } = options;
  const headersLimit =
    limitMs === Infinity
      ? undefined
      : setTimeout(() => closing.abort(answerTimeout(origin, limitMs / 1000)), limitMs);
  try {
    const response = await send(connection, path, options, signal, 'never', origin);
    if (isRefusal(response)) throwIfRefused(response, await readRefusal(response, signal), origin);
    return { [Symbol.asyncIterator]: () => chunksOf(response, signal, origin), close: () => closing.abort() };
  } catch (error) {
    if (options.signal?.aborted === true) throw cancelledError(origin.context);
    throw fromNetwork(closing.signal.aborted ? closing.signal.reason : error, origin);
  } finally {
    clearTimeout(headersLimit);
  }
}

async function* chunksOf(
  response: http.IncomingMessage,
  signal: AbortSignal,
  origin: ErrorOrigin,
): AsyncGenerator<string, void> {
  const abort = (): void => void response.destroy();
  signal.addEventListener('abort', abort, { once: true });
  if (signal.aborted) abort();
  try {
    response.setEncoding('utf8');
    yield* response as AsyncIterable<string>;
  } catch (error) {
    if (!signal.aborted) throw fromNetwork(error, origin);
  } finally {
    signal.removeEventListener('abort', abort);
    response.destroy();
  }
}

/**
 * Resolves when the headers are in. A connection kept open for reuse may have been closed by the other side just
 * now: what only reads is sent once more, over a new one.
 */
async function send(...request: Parameters<typeof sendOnce>): Promise<http.IncomingMessage> {
  try {
    return await sendOnce(...request);
  } catch (error) {
    const [, , { method = 'GET' }, signal] = request;
    if (!(error instanceof StaleConnection) || method !== 'GET' || signal.aborted) throw unwrapped(error);
  }
  return sendOnce(...request).catch((error: unknown) => {
    throw unwrapped(error);
  });
}

/**
 * On one machine compressing costs more than it saves (`afar`), except for lists: what is not compressed comes in
 * tens of thousands of small pieces, each of which costs time and memory.
 */
type Compression = 'never' | 'afar' | 'always';

/** A reused connection broke before any answer came. */
class StaleConnection extends Error {}

function unwrapped(error: unknown): unknown {
  return error instanceof StaleConnection ? error.cause : error;
}

function sendOnce(
  connection: Connection,
  path: string,
  options: RequestOptions,
  signal: AbortSignal,
  compress: Compression,
  origin: ErrorOrigin,
): Promise<http.IncomingMessage> {
  const body = options.body === undefined ? null : Buffer.from(JSON.stringify(options.body));
  return new Promise((resolve, reject) => {
    const compressed = compress === 'always' || (compress === 'afar' && !isLoopback(connection.server));
    const headers = {
      accept: 'application/json',
      ...(compressed && { 'accept-encoding': 'gzip' }),
      ...(body !== null && {
        'content-type': options.contentType ?? 'application/json',
        'content-length': body.length,
      }),
    };
    const request = openRequest(connection, path, options, headers, signal, origin);
    request.on('response', resolve);
    request.on('error', (error) =>
      reject(request.reusedSocket ? new StaleConnection('', { cause: error }) : error),
    );
    request.end(body ?? undefined);
  });
}

/** A request that has not been sent yet; a new connection for it is given its time to come about. */
export function openRequest(
  { server, headers, auth, agent }: Connection,
  path: string,
  options: Pick<RequestOptions, 'method' | 'query' | 'headers'>,
  own: Readonly<Record<string, string | number>>,
  signal: AbortSignal,
  origin: ErrorOrigin,
): http.ClientRequest {
  const secure = server.protocol === 'https:';
  const request = new http.ClientRequest({
    agent,
    protocol: server.protocol,
    auth,
    signal,
    hostname: server.hostname.replace(/^\[|\]$/g, ''),
    port: server.port === '' ? (secure ? 443 : 80) : server.port,
    path: targetOf(server, path, options.query),
    method: options.method ?? 'GET',
    headers: { 'user-agent': 'elastic-containers', ...own, ...headers, ...options.headers },
  });
  request.on('socket', (socket) =>
    limitConnecting(socket, secure, () => request.destroy(connectTimeout(origin, connectMs / 1000))),
  );
  return request;
}

/** Gives a new connection, handshake included, its time; one that is reused has nothing left to do. */
function limitConnecting(socket: Socket, secure: boolean, onLate: () => void): void {
  // Nothing is done where it is so already.
  socket.setKeepAlive(true, keepAliveMs);
  if (!socket.connecting) return;
  const timer = setTimeout(onLate, connectMs);
  const done = (): void => clearTimeout(timer);
  socket.once(secure ? 'secureConnect' : 'connect', done).once('close', done);
}

function targetOf(server: URL, path: string, query: RequestOptions['query']): string {
  const parameters = new URLSearchParams();
  for (const [name, value] of Object.entries(query ?? {})) {
    if (value !== undefined) parameters.set(name, String(value));
  }
  const text = parameters.toString();
  // An address may carry a path of its own (a gateway before several clusters).
  const base = server.pathname.replace(/\/$/, '');
  return text === '' ? base + path : `${base}${path}${path.includes('?') ? '&' : '?'}${text}`;
}

function isLoopback(server: URL): boolean {
  return /^(localhost|127\..*|\[::1\])$/.test(server.hostname);
}

function isRefusal({ statusCode = 0 }: http.IncomingMessage): boolean {
  return statusCode >= 300;
}

export function throwIfRefused(response: http.IncomingMessage, text: string, origin: ErrorOrigin): void {
  const status = response.statusCode ?? 0;
  if (status >= 400) throw fromStatus(status, text, response.headers['retry-after'], origin);
  // Nothing behind an API server's address redirects; a login page does.
  if (status >= 300) throw unreadableAnswer(origin);
}

/** `Warning: 299 - "text"`, once for each. */
function reportWarnings(response: http.IncomingMessage, { onWarning }: RequestOptions): void {
  if (onWarning === undefined) return;
  for (const header of response.headersDistinct.warning ?? []) {
    for (const [, text = ''] of header.matchAll(/\d{3} \S+ "((?:[^"\\]|\\.)*)"/g)) {
      onWarning(text.replace(/\\(.)/g, '$1'));
    }
  }
}
