import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { describe, test } from 'node:test';
import {
  encodeFrame,
  type Frame,
  FrameError,
  FrameParser,
  opcodes,
} from '../../../src/cluster/streams/frames.ts';

/** A frame as a server sends it: without a mask. */
function fromServer(opcode: number, payload: Buffer, final = true): Buffer {
  const { length } = payload;
  const head = [(final ? 0x80 : 0) | opcode];
  if (length < 126) head.push(length);
  else if (length < 65_536) head.push(126, length >> 8, length & 255);
  else head.push(127, 0, 0, 0, 0, length >>> 24, (length >> 16) & 255, (length >> 8) & 255, length & 255);
  return Buffer.concat([Buffer.from(head), payload]);
}

/** All frames of some bytes that come in pieces of a length. */
function parse(bytes: Buffer, pieceLength: number): readonly Frame[] {
  const parser = new FrameParser();
  const frames: Frame[] = [];
  for (let start = 0; start < bytes.length; start += pieceLength) {
    parser.push(bytes.subarray(start, start + pieceLength));
    for (let frame = parser.next(); frame !== null; frame = parser.next()) frames.push(frame);
  }
  return frames;
}

describe('frames that come', () => {
  test('are the same however the network cuts them', () => {
    const payloads = [0, 1, 125, 126, 127, 65_535, 65_536, 70_001].map((length) => randomBytes(length));
    const bytes = Buffer.concat([
      ...payloads.map((payload) => fromServer(opcodes.binary, payload)),
      fromServer(opcodes.text, Buffer.from('part'), false),
      fromServer(opcodes.continuation, Buffer.from('end')),
    ]);
    for (const pieceLength of [1, 2, 3, 7, 4096, bytes.length]) {
      const frames = parse(bytes, pieceLength);
      assert.equal(frames.length, payloads.length + 2, `in pieces of ${pieceLength}`);
      for (const [index, payload] of payloads.entries()) assert.ok(frames[index]?.payload.equals(payload));
      assert.deepEqual(
        frames.slice(-2).map(({ final, opcode }) => [final, opcode]),
        [
          [false, opcodes.text],
          [true, opcodes.continuation],
        ],
      );
    }
  });

  test('and break the rules are refused', () => {
    const masked = encodeFrame(opcodes.binary, Buffer.from('x'));
    const compressed = Buffer.of(0xc2, 1, 0);
    const endless = Buffer.of(0x82, 127, 0, 0, 1, 0, 0, 0, 0, 0);
    const unknown = fromServer(3, Buffer.from('x'));
    const partOfPing = fromServer(opcodes.ping, Buffer.from('x'), false);
    const longPing = fromServer(opcodes.ping, Buffer.alloc(126));
    for (const bytes of [masked, compressed, endless, unknown, partOfPing, longPing]) {
      assert.throws(() => parse(bytes, 200), FrameError);
    }
  });
});

test('what is sent is masked, and reads as it was', () => {
  for (const length of [0, 125, 126, 65_535, 65_536]) {
    const payload = randomBytes(length);
    const frame = encodeFrame(opcodes.binary, payload);
    const start = frame.length - length;
    assert.equal(frame[0], 0x82);
    assert.ok(((frame[1] ?? 0) & 0x80) !== 0);
    const mask = frame.subarray(start - 4, start);
    const read = Buffer.from(frame.subarray(start).map((byte, index) => byte ^ (mask[index & 3] ?? 0)));
    assert.ok(read.equals(payload));
  }
});
