import type http from 'node:http';
import { pipeline, type Readable, Transform, type TransformCallback } from 'node:stream';
import { createGunzip } from 'node:zlib';

/** Bytes unpacked at a time: each piece costs a trip to another thread and back, whatever its size. */
const unpackedSize = 64 * 1024;
/** As many at least go on each trip, unless they are the last. */
const packedSize = 16 * 1024;

/** Small pieces put together. */
class Gathering extends Transform {
  #pieces: Buffer[] = [];
  #size = 0;

  override _transform(piece: Buffer, _encoding: BufferEncoding, done: TransformCallback): void {
    this.#pieces.push(piece);
    this.#size += piece.length;
    if (this.#size >= packedSize) this.#pass();
    done();
  }

  override _flush(done: TransformCallback): void {
    this.#pass();
    done();
  }

  #pass(): void {
    if (this.#size === 0) return;
    this.push(Buffer.concat(this.#pieces));
    this.#pieces = [];
    this.#size = 0;
  }
}

/** The body without the compression it travelled in; `onArrival` hears of each piece that has come. */
export function decoded(response: http.IncomingMessage, onArrival: () => void = () => undefined): Readable {
  if (response.headers['content-encoding'] !== 'gzip') return response;
  const body = createGunzip({ chunkSize: unpackedSize });
  // A body that broke off is passed on as such, and what nobody reads any more is not asked for.
  pipeline(response, new Gathering(), body, () => undefined);
  response.on('data', onArrival);
  return body;
}
