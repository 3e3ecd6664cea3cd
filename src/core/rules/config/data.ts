import type { Field } from '../../schema/field.ts';

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
const lineBreaks = /[\r\n]/g;

/** How many bytes a text is in UTF-8. */
export function utf8Length(text: string): number {
  let bytes = text.length;
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    // Each half of a surrogate pair stands for two of its four bytes.
    if (unit >= 0x800 && (unit < 0xd800 || unit > 0xdfff)) bytes += 2;
    else if (unit >= 0x80) bytes += 1;
  }
  return bytes;
}

/** How many bytes a base64 text holds. */
export function base64Length(text: string): number {
  const digits = text.includes('\n') ? text.replace(lineBreaks, '') : text;
  const padding = digits.endsWith('==') ? 2 : digits.endsWith('=') ? 1 : 0;
  return Math.floor((digits.length * 3) / 4) - padding;
}

/** Bytes of a base64 text as Latin-1 characters: enough to tell JSON from other texts. */
export function decodeBase64(text: string): string {
  let decoded = '';
  let bits = 0;
  let count = 0;
  for (const digit of text) {
    const value = alphabet.indexOf(digit);
    if (value < 0) continue;
    bits = ((bits << 6) | value) & 0xffff;
    count += 6;
    if (count < 8) continue;
    count -= 8;
    decoded += String.fromCharCode((bits >> count) & 0xff);
  }
  return decoded;
}

/** Whether a mapping is one, or nothing: what a template fills in may have any key. */
export function isKnownMap(field: Field): boolean {
  return !field.written || field.node?.type === 'mapping';
}
