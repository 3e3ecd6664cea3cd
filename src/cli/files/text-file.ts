import { isUtf8 } from 'node:buffer';
import { constants, createReadStream, lstatSync } from 'node:fs';
import { access, open, readFile, realpath, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Readable } from 'node:stream';
import { decodeText, encodingOf } from '../../server/text.ts';
import type { Source } from './source.ts';

/** Of a manifest nobody wrote; reading it would take gigabytes. */
const largest = 128 * 1024 * 1024;

/** A sentence that says why something was not done. */
export interface Refusal {
  readonly problem: string;
}

/** What is read from never ends, or not soon enough. */
class TooLargeError extends Error {}

let standardInputBytes: Promise<Buffer> | null = null;

/** All of standard input, however often it is asked for. */
function readStandardInput(): Promise<Buffer> {
  return (standardInputBytes ??= readStream(process.stdin));
}

/** Of pipes and devices nobody knows beforehand how much there is. */
async function readStream(stream: Readable): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of stream) {
    chunks.push(chunk as Buffer);
    size += (chunk as Buffer).length;
    if (size > largest) throw new TooLargeError();
  }
  return Buffer.concat(chunks);
}

/** What a source holds. */
interface ReadText {
  /** Without the mark of its encoding. */
  readonly text: string;
  /** Bytes of it stand for no character; another character is in their place. */
  readonly malformed: boolean;
}

/** A source's text; what is in the way is a sentence for the person who asked. */
export async function readText({ from, name, path }: Source): Promise<ReadText | Refusal> {
  try {
    if (from === 'standardInput') return textOf(await readStandardInput());
    const found = await stat(path);
    if (found.size > largest)
      return { problem: `${name} is too large to be checked (${megabytes(found.size)} MB).` };
    const isPlain = found.isFile() || found.isDirectory();
    return textOf(isPlain ? await readFile(path) : await readStream(createReadStream(path)));
  } catch (error) {
    if (error instanceof TooLargeError) {
      const what = from === 'standardInput' ? 'Standard input' : name;
      return { problem: `${what} is too large to be checked (more than ${megabytes(largest)} MB).` };
    }
    return { problem: unreadable(name, error) };
  }
}

function textOf(bytes: Uint8Array): ReadText {
  return { text: decodeText(bytes), malformed: encodingOf(bytes) === 'utf-8' && !isUtf8(bytes) };
}

function megabytes(bytes: number): number {
  return Math.round(bytes / 1024 / 1024);
}

/**
 * Replaces a file's text at once or not at all, in its encoding and with its permissions. Refuses where the file no
 * longer holds the text the new one was made from, or holds what would not survive (bytes that are no UTF-8).
 */
export async function replaceText(
  { name, path }: Source,
  before: string,
  after: string,
): Promise<Refusal | null> {
  try {
    // A link stays one: what it leads to is replaced.
    const file = await realpath(path);
    await access(file, constants.W_OK);
    const bytes = await readFile(file);
    if (decodeText(bytes) !== before) {
      return { problem: `${name} was changed meanwhile and was not fixed: run elastic again.` };
    }
    if (!encoded(before, bytes).equals(bytes)) return notFixable(name, bytes);
    await replace(file, encoded(after, bytes));
    return null;
  } catch (error) {
    return { problem: unwritable(name, error) };
  }
}

/**
 * Standard input with another text, in its encoding; as it came where there is none (null), or where it holds what
 * would not survive.
 */
export async function standardInputWith(
  change: { readonly before: string; readonly after: string } | null,
): Promise<{ readonly bytes: Uint8Array; readonly refusal: Refusal | null }> {
  const bytes = await readStandardInput().catch((error: unknown) => {
    // That it could not be read has been told.
    if (error instanceof TooLargeError) return Buffer.alloc(0);
    throw error;
  });
  if (change === null) return { bytes, refusal: null };
  const survives = encoded(change.before, bytes).equals(bytes);
  return survives
    ? { bytes: encoded(change.after, bytes), refusal: null }
    : { bytes, refusal: notFixable('Standard input', bytes) };
}

function notFixable(name: string, bytes: Uint8Array): Refusal {
  return { problem: `${name} is not valid ${encodingOf(bytes).toUpperCase()} and was not fixed.` };
}

/** By a file beside it that takes its place: whoever reads meanwhile sees one text or the other. */
async function replace(file: string, bytes: Uint8Array): Promise<void> {
  const { mode } = await stat(file);
  const draft = join(dirname(file), `.elastic-${process.pid}.tmp`);
  try {
    const handle = await open(draft, 'wx');
    try {
      await handle.writeFile(bytes);
      await handle.chmod(mode);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(draft, file);
  } catch (error) {
    await rm(draft, { force: true });
    throw error;
  }
}

/** A text in the encoding, and with the mark, that other bytes have. */
function encoded(text: string, like: Uint8Array): Buffer {
  const encoding = encodingOf(like);
  const marked = encoding !== 'utf-8' || (like[0] === 0xef && like[1] === 0xbb && like[2] === 0xbf);
  const whole = marked ? `\uFEFF${text}` : text;
  if (encoding === 'utf-8') return Buffer.from(whole, 'utf8');
  const bytes = Buffer.from(whole, 'utf16le');
  return encoding === 'utf-16be' ? bytes.swap16() : bytes;
}

export function unreadable(name: string, error: unknown): string {
  const code = codeOf(error);
  switch (code) {
    case 'ENOTDIR':
      return `${name} does not exist.`;
    case 'ENOENT':
      return isLink(name) ? `${name} is a link to what does not exist.` : `${name} does not exist.`;
    case 'ELOOP':
      return `${name} is a link that leads to itself.`;
    case 'EISDIR':
      return `${name} is a folder.`;
    case 'EACCES':
    case 'EPERM':
      return `${name} may not be read: check its permissions.`;
    default:
      return `${name} cannot be read (${code}).`;
  }
}

function unwritable(name: string, error: unknown): string {
  const code = codeOf(error);
  switch (code) {
    case 'EACCES':
    case 'EPERM':
      return `${name} may not be written and was not fixed: check its permissions, and its folder's.`;
    case 'EROFS':
      return `${name} is on a disk that cannot be written and was not fixed.`;
    case 'ENOSPC':
      return `${name} was not fixed: the disk is full.`;
    default:
      return `${name} cannot be written (${code}) and was not fixed.`;
  }
}

function isLink(path: string): boolean {
  return lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink() === true;
}

function codeOf(error: unknown): string {
  return (error as NodeJS.ErrnoException).code ?? String(error);
}
