/** Sizes of values, and what the bytes behind a base64 text are. */
import { formatQuantity } from './quantity.ts';

/** Bytes of a text in UTF-8. */
export function utf8Bytes(text: string): number {
  let bytes = text.length;
  for (let index = 0; index < text.length; index++) {
    const unit = text.charCodeAt(index);
    if (unit < 0x80) continue;
    // A surrogate is half of a character of four bytes: two each.
    bytes += unit < 0x800 || (unit >= 0xd800 && unit <= 0xdfff) ? 1 : 2;
  }
  return bytes;
}

/** Bytes that a base64 text stands for. */
export function base64Bytes(text: string): number {
  const digits = text.replace(/[\s=]+/g, '').length;
  return Math.floor((digits * 3) / 4);
}

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

/** Bytes of a base64 text, no more than `most` of them, as Latin-1 characters. What is no base64 is left out. */
export function decodeBase64(text: string, most = Infinity): string {
  let decoded = '';
  let held = 0;
  let bits = 0;
  for (const digit of text) {
    const value = alphabet.indexOf(digit);
    if (value < 0) continue;
    held = ((held << 6) | value) & 0xfff;
    bits += 6;
    if (bits < 8) continue;
    bits -= 8;
    decoded += String.fromCharCode((held >> bits) & 0xff);
    if (decoded.length === most) break;
  }
  return decoded;
}

/** As much of a value as shows what it is: archives and keys give themselves away in their first bytes. */
const looked = 1_024;

/** Whether a base64 text stands for text in UTF-8, judged by its beginning. */
export function isTextBase64(text: string): boolean {
  return isUtf8Text(decodeBase64(text, looked));
}

/** No control characters but white space and escape (logs have colours), and every sequence well formed. */
function isUtf8Text(bytes: string): boolean {
  let following = 0;
  for (let index = 0; index < bytes.length; index++) {
    const byte = bytes.charCodeAt(index);
    if (following > 0) {
      if ((byte & 0xc0) !== 0x80) return false;
      following--;
    } else if (byte < 0x20 || byte === 0x7f) {
      if (!(byte >= 0x09 && byte <= 0x0d) && byte !== 0x1b) return false;
    } else if (byte >= 0x80) {
      if (byte < 0xc2 || byte > 0xf4) return false;
      following = byte < 0xe0 ? 1 : byte < 0xf0 ? 2 : 3;
    }
  }
  // What was cut off at the limit may end within a character; what is complete may not.
  return following === 0 || bytes.length === looked;
}

/** `340 B`, `1.2 KiB`. */
export function byteText(bytes: number): string {
  const text = formatQuantity({ nano: BigInt(bytes) * 1_000_000_000n, format: 'binary' });
  const [, amount = '0', unit = ''] = /^(-?[\d.]+)(.*)$/.exec(text) ?? [];
  return `${amount} ${unit}B`;
}
