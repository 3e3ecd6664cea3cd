/** Frames of RFC 6455 as a client without extensions sends and receives them. */
import { randomBytes } from 'node:crypto';

export const opcodes = { continuation: 0, text: 1, binary: 2, close: 8, ping: 9, pong: 10 } as const;

export interface Frame {
  /** Last frame of its message. */
  readonly final: boolean;
  readonly opcode: number;
  readonly payload: Buffer;
}

/** What came is no WebSocket, or not one a client may be spoken to with. */
export class FrameError extends Error {}

/** A message of the cluster is some 32 KB; what claims to be larger than this is not one. */
const largestPayload = 64 * 1024 * 1024;

/** One whole message, masked as everything a client sends has to be. */
export function encodeFrame(opcode: number, payload: Uint8Array): Buffer {
  const extended = payload.length < 126 ? 0 : payload.length < 65_536 ? 2 : 8;
  const start = 2 + extended + 4;
  const frame = Buffer.allocUnsafe(start + payload.length);
  frame[0] = 0x80 | opcode;
  frame[1] = 0x80 | (extended === 0 ? payload.length : extended === 2 ? 126 : 127);
  if (extended === 2) frame.writeUInt16BE(payload.length, 2);
  if (extended === 8) frame.writeBigUInt64BE(BigInt(payload.length), 2);
  const mask = randomBytes(4);
  mask.copy(frame, start - 4);
  for (let index = 0; index < payload.length; index += 1) {
    frame[start + index] = (payload[index] ?? 0) ^ (mask[index & 3] ?? 0);
  }
  return frame;
}

/** Cuts what a server sends into frames, however the network cut it before. */
export class FrameParser {
  readonly #pieces: Buffer[] = [];
  #length = 0;

  push(piece: Buffer): void {
    this.#pieces.push(piece);
    this.#length += piece.length;
  }

  /** The next frame that has come whole; null: more has to come first. Throws FrameError. */
  next(): Frame | null {
    const header = this.#peek(10);
    const [first = 0, second = 0] = header;
    if (header.length < 2) return null;
    if ((first & 0x70) !== 0) throw new FrameError('a frame uses an extension nobody agreed on');
    if ((second & 0x80) !== 0) throw new FrameError('a frame of the server is masked');
    const short = second & 0x7f;
    const extended = short === 126 ? 2 : short === 127 ? 8 : 0;
    if (header.length < 2 + extended) return null;
    const length =
      extended === 0 ? short : extended === 2 ? header.readUInt16BE(2) : Number(header.readBigUInt64BE(2));
    if (length > largestPayload) throw new FrameError(`a frame of ${length} bytes is too large`);
    if (this.#length < 2 + extended + length) return null;
    this.#take(2 + extended);
    return { final: (first & 0x80) !== 0, opcode: first & 0x0f, payload: this.#take(length) };
  }

  /** Up to so many bytes from the front, left where they are. */
  #peek(count: number): Buffer {
    const [first] = this.#pieces;
    if (first === undefined) return Buffer.alloc(0);
    if (first.length >= count || this.#pieces.length === 1) return first.subarray(0, count);
    const all = Buffer.concat(this.#pieces);
    this.#pieces.splice(0, this.#pieces.length, all);
    return all.subarray(0, count);
  }

  #take(count: number): Buffer {
    this.#length -= count;
    const parts: Buffer[] = [];
    let missing = count;
    while (missing > 0) {
      const [piece] = this.#pieces;
      if (piece === undefined) break;
      parts.push(piece.subarray(0, missing));
      if (piece.length <= missing) this.#pieces.shift();
      else this.#pieces[0] = piece.subarray(missing);
      missing -= Math.min(piece.length, missing);
    }
    const [only] = parts;
    return parts.length === 1 && only !== undefined ? only : Buffer.concat(parts, count);
  }
}
