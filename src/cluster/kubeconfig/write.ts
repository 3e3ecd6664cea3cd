import { randomUUID } from 'node:crypto';
import { constants } from 'node:fs';
import { chmod, chown, mkdir, open, readFile, realpath, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { ClusterError } from '../errors.ts';
import type { Edit } from './edit.ts';
import { editRefused, kubeconfigLocked, kubeconfigMoved, kubeconfigUnwritable, notUtf8 } from './refusals.ts';

/** Login tools hold the lock for a moment; one that is there for longer was left behind. */
const lockPatienceMs = 2_000;
const lockPauseMs = 50;

/**
 * Changes a kubeconfig file under the lock that kubectl and login tools respect (`<file>.lock`). The new text takes the
 * place of the old by rename, with its mode and owner, behind a symbolic link where there is one. Throws a ClusterError
 * when the file is locked, not writable, or was changed meanwhile by somebody who respects no lock; then nothing is changed.
 */
export async function editKubeconfig(
  file: string,
  context: string,
  edit: (text: string) => Edit,
): Promise<void> {
  await underLock(file, context, async () => {
    const target = await realpath(file).catch((error: unknown) => missingIsItself(file, error));
    const before = await contentOf(target);
    const text = decoded(before, file, context);
    const result = edit(text);
    if (!result.ok) throw editRefused(context, file, result.why);
    if (result.text === text) return;
    await replaceFile(target, result.text, before, () => kubeconfigMoved(context, file));
  }).catch((error: unknown) => {
    throw isSystemError(error) ? kubeconfigUnwritable(context, file, error) : error;
  });
}

/** Writes a new file that only its owner may read, and its folder where there is none. Rejects when it is there already. */
export async function writePrivateFile(file: string, text: string): Promise<void> {
  await mkdir(dirname(file), { recursive: true, mode: 0o700 });
  const handle = await open(file, constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL, 0o600);
  try {
    await handle.writeFile(text);
  } finally {
    await handle.close();
  }
}

async function underLock(file: string, context: string, work: () => Promise<void>): Promise<void> {
  const lock = `${file}.lock`;
  const end = Date.now() + lockPatienceMs;
  for (;;) {
    try {
      await (await open(lock, constants.O_CREAT | constants.O_EXCL, 0o600)).close();
      break;
    } catch (error) {
      if (!isSystemError(error) || error.code !== 'EEXIST') throw error;
      if (Date.now() > end) throw kubeconfigLocked(context, file, lock);
    }
    await sleep(lockPauseMs);
  }
  try {
    await work();
  } finally {
    await rm(lock, { force: true });
  }
}

async function replaceFile(
  target: string,
  text: string,
  before: Buffer | null,
  moved: () => ClusterError,
): Promise<void> {
  const old = before === null ? null : await stat(target);
  const fresh = join(dirname(target), `.${randomUUID()}.tmp`);
  try {
    // Made for the owner alone, whatever it becomes: it holds credentials.
    const handle = await open(fresh, constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL, 0o600);
    try {
      await handle.writeFile(text);
      await handle.sync();
    } finally {
      await handle.close();
    }
    if (old !== null) {
      const made = await stat(fresh);
      if (made.uid !== old.uid || made.gid !== old.gid) await chown(fresh, old.uid, old.gid);
      await chmod(fresh, old.mode & 0o7777);
      // A file nobody may write is not replaced either, though its folder would allow it.
      await (await open(target, constants.O_WRONLY)).close();
    }
    const now = await contentOf(target);
    if (!sameContent(before, now)) throw moved();
    await rename(fresh, target);
  } finally {
    await rm(fresh, { force: true });
  }
}

async function contentOf(file: string): Promise<Buffer | null> {
  try {
    return await readFile(file);
  } catch (error) {
    if (isSystemError(error) && error.code === 'ENOENT') return null;
    throw error;
  }
}

function sameContent(one: Buffer | null, other: Buffer | null): boolean {
  return one === null || other === null ? one === other : one.equals(other);
}

/** The text byte for byte, its byte order mark included. */
function decoded(bytes: Buffer | null, file: string, context: string): string {
  if (bytes === null) return '';
  const text = bytes.toString('utf8');
  if (!Buffer.from(text).equals(bytes)) throw notUtf8(context, file);
  return text;
}

function missingIsItself(file: string, error: unknown): string {
  if (isSystemError(error) && error.code === 'ENOENT') return file;
  throw error;
}

function isSystemError(error: unknown): error is NodeJS.ErrnoException {
  return error instanceof Error && 'syscall' in error && 'code' in error;
}
