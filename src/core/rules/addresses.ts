/**
 * IP addresses and ranges as the API server of Kubernetes 1.36 takes them in new objects (`StrictIPCIDRValidation`):
 * no leading zeros, no IPv4 address inside an IPv6 one (`::ffff:10.0.0.1`), no bits behind a range's prefix.
 */

const octet = /^(?:0|[1-9]\d{0,2})$/;
const group = /^[0-9a-fA-F]{1,4}$/;
const prefixLength = /^(?:0|[1-9]\d{0,2})$/;
/** The longest is an IPv6 address with an IPv4 one for its end. */
const LONGEST_ADDRESS = 45;

/** Bytes of an address, 4 or 16 of them; null where the text is none. */
export function parseIp(text: string): readonly number[] | null {
  if (text.length > LONGEST_ADDRESS) return null;
  const bytes = text.includes(':') ? parseIpv6(text) : parseIpv4(text);
  return bytes !== null && bytes.length === 16 && isMapped(bytes) ? null : bytes;
}

export function isIp(text: string): boolean {
  return parseIp(text) !== null;
}

/** An address as Go prints it: RFC 5952, small letters, the longest run of zeros left out. */
export function isCanonicalIp(text: string): boolean {
  const bytes = parseIp(text);
  return bytes !== null && formatIp(bytes) === text;
}

function formatIp(bytes: readonly number[]): string {
  if (bytes.length === 4) return bytes.join('.');
  const words = Array.from({ length: 8 }, (_, i) => ((bytes[2 * i] ?? 0) << 8) | (bytes[2 * i + 1] ?? 0));
  // Of runs of equal length the first is left out; a single zero stays.
  let start = -1;
  let length = 1;
  for (let i = 0; i < words.length; i++) {
    let end = i;
    while (words[end] === 0) end++;
    if (end - i > length) [start, length] = [i, end - i];
    i = Math.max(i, end);
  }
  const print = (part: readonly number[]): string => part.map((word) => word.toString(16)).join(':');
  return start < 0 ? print(words) : `${print(words.slice(0, start))}::${print(words.slice(start + length))}`;
}

/** `10.0.0.0/8`: nothing but zeros behind the prefix. */
export function isCidr(text: string): boolean {
  return parseCidr(text) !== null;
}

export interface AddressRange {
  readonly address: readonly number[];
  /** How many bits at the start all addresses of the range share. */
  readonly prefix: number;
}

/** Null where the text is no range. */
export function parseCidr(text: string): AddressRange | null {
  const slash = text.indexOf('/');
  const address = slash < 0 ? null : parseIp(text.slice(0, slash));
  const length = text.slice(slash + 1);
  const prefix = Number(length);
  if (address === null || !prefixLength.test(length) || prefix > address.length * 8) return null;
  const rest = address.map((byte, index) => byte & (0xff >> Math.min(8, Math.max(0, prefix - index * 8))));
  return rest.some((bits) => bits !== 0) ? null : { address, prefix };
}

/** Whether a range lies within another. */
export function contains(outer: AddressRange, inner: AddressRange): boolean {
  if (outer.address.length !== inner.address.length || outer.prefix > inner.prefix) return false;
  return outer.address.every((byte, index) => {
    const mask = 0xff & ~(0xff >> Math.min(8, Math.max(0, outer.prefix - index * 8)));
    return (byte & mask) === ((inner.address[index] ?? 0) & mask);
  });
}

function parseIpv4(text: string): number[] | null {
  const parts = text.split('.');
  if (parts.length !== 4 || !parts.every((part) => octet.test(part))) return null;
  const bytes = parts.map(Number);
  return bytes.every((byte) => byte <= 0xff) ? bytes : null;
}

function parseIpv6(text: string): number[] | null {
  const [head = '', tail, more] = text.split('::', 3);
  if (more !== undefined) return null;
  const before = groups(head, tail === undefined);
  const after = groups(tail ?? '', true);
  if (before === null || after === null) return null;
  const missing = 16 - before.length - after.length;
  // `::` stands for at least one group.
  if (tail === undefined ? missing !== 0 : missing < 2) return null;
  return [...before, ...Array.from({ length: missing }, () => 0), ...after];
}

/** Bytes of groups between colons; the last group of an address may be an IPv4 address. */
function groups(text: string, last: boolean): number[] | null {
  if (text === '') return [];
  const parts = text.split(':');
  const bytes: number[] = [];
  for (const [index, part] of parts.entries()) {
    const embedded = last && index === parts.length - 1 && part.includes('.') ? parseIpv4(part) : null;
    if (embedded !== null) bytes.push(...embedded);
    else if (!group.test(part)) return null;
    else bytes.push(Number.parseInt(part, 16) >> 8, Number.parseInt(part, 16) & 0xff);
  }
  return bytes;
}

function isMapped(bytes: readonly number[]): boolean {
  return bytes.every((byte, index) => index >= 12 || byte === (index < 10 ? 0 : 0xff));
}
