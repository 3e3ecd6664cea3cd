import type http from 'node:http';
import { answerTooLong, type ErrorOrigin } from '../errors.ts';
import { decoded } from './unpacking.ts';

/** Bytes, unpacked, of an answer that is held as a whole, or of one line or object of a longer one. */
export const longestAnswer = 100_000_000;
/** Of a page of a list, which is read object by object: 500 objects as large as the store of a cluster takes them. */
export const longestPage = 1_000_000_000;
/** Of a refusal: its reason stands at the beginning. */
const longestRefusal = 1_000_000;

export interface ReadOptions {
  /** Bytes after which it is given up. */
  readonly longest: number;
  readonly origin: ErrorOrigin;
  readonly onProgress?: () => void;
}

/** The whole body. Throws a ClusterError where it is too long. */
export async function readText(
  response: http.IncomingMessage,
  signal: AbortSignal,
  { longest, origin, onProgress }: ReadOptions,
): Promise<string> {
  const { start, whole } = await readStart(response, signal, longest, onProgress);
  if (!whole) throw answerTooLong(origin, longest);
  return start();
}

/** What a server says against a request, as far as anybody reads. */
export async function readRefusal(
  response: http.IncomingMessage,
  signal: AbortSignal,
  onProgress?: () => void,
): Promise<string> {
  return (await readStart(response, signal, longestRefusal, onProgress)).start();
}

async function readStart(
  response: http.IncomingMessage,
  signal: AbortSignal,
  longest: number,
  onProgress: () => void = () => undefined,
): Promise<{ readonly start: () => string; readonly whole: boolean }> {
  const abort = (): void => void response.destroy();
  signal.addEventListener('abort', abort, { once: true });
  try {
    const chunks: Buffer[] = [];
    let length = 0;
    for await (const chunk of decoded(response) as AsyncIterable<Buffer>) {
      chunks.push(chunk);
      length += chunk.length;
      if (length > longest) break;
      onProgress();
    }
    const whole = length <= longest;
    // What is unpacked here still comes in there.
    if (!whole) response.destroy();
    return { start: () => Buffer.concat(chunks).toString('utf8', 0, longest), whole };
  } finally {
    signal.removeEventListener('abort', abort);
  }
}
