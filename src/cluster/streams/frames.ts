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

const known: ReadonlySet<number> = new Set(Object.values(opcodes));
/** Close, ping and pong have the bit of 8; they come whole and small. */
const largestControl = 125;
/** A message of the cluster is some 32 KB; what claims to be larger than this, in bytes, is not one. */
export const largestPayload = 64 * 1024 * 1024;

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
  /** What came and is in no frame yet lies between `#start` and `#end`. */
  #bytes: Buffer = Buffer.alloc(0);
  #start = 0;
  #end = 0;

  push(piece: Buffer): void {
    const waiting = this.#end - this.#start;
    if (waiting === 0) {
      this.#bytes = piece;
      this.#start = 0;
      this.#end = piece.length;
      return;
    }
    if (this.#end + piece.length > this.#bytes.length) {
      // Twice what is needed: a frame in many small pieces is moved a few times, not with every piece.
      const roomy = Buffer.allocUnsafe(2 * (waiting + piece.length));
      this.#bytes.copy(roomy, 0, this.#start, this.#end);
      this.#bytes = roomy;
      this.#start = 0;
      this.#end = waiting;
    }
    this.#end += piece.copy(this.#bytes, this.#end);
  }

  /** The next frame that has come whole; null: more has to come first. Throws FrameError. */
  next(): Frame | null {
    const waiting = this.#bytes.subarray(this.#start, this.#end);
    const [first = 0, second = 0] = waiting;
    if (waiting.length < 2) return null;
    if ((first & 0x70) !== 0) throw new FrameError('a frame uses an extension nobody agreed on');
    if ((second & 0x80) !== 0) throw new FrameError('a frame of the server is masked');
    if (!known.has(first & 0x0f)) throw new FrameError('a frame is of no kind there is');
    const short = second & 0x7f;
    if ((first & 0x08) !== 0 && ((first & 0x80) === 0 || short > largestControl)) {
      throw new FrameError('a control frame is in parts');
    }
    const head = 2 + (short === 126 ? 2 : short === 127 ? 8 : 0);
    if (waiting.length < head) return null;
    const length =
      head === 2 ? short : head === 4 ? waiting.readUInt16BE(2) : Number(waiting.readBigUInt64BE(2));
    if (length > largestPayload) throw new FrameError(`a frame of ${length} bytes is too large`);
    if (waiting.length < head + length) return null;
    this.#start += head + length;
    return {
      final: (first & 0x80) !== 0,
      opcode: first & 0x0f,
      payload: waiting.subarray(head, head + length),
    };
  }
}
