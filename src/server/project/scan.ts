import type { Dirent } from 'node:fs';
import { readdir, realpath, stat } from 'node:fs/promises';
import { isDescription } from './project.ts';

const skipped = new Set(['node_modules', '.git']);
/** Folders that are looked into for each file that may be found. */
const foldersPerFile = 10;
const manifestName = /\.ya?ml$|^[kK]ustomization$/;

/** Whether a file, by its path, is one of those that are looked for in some folders. Paths are absolute, with `/`. */
export function isLookedFor(path: string, folders: readonly string[]): boolean {
  return manifestName.test(path.slice(path.lastIndexOf('/') + 1)) && isInside(path, folders);
}

/** Whether what stands at a path is looked at in some folders. */
export function isInside(path: string, folders: readonly string[]): boolean {
  return folders.some((folder) => {
    const root = below(folder);
    return (
      path.startsWith(root) &&
      !path
        .slice(root.length)
        .split('/')
        .some((name) => skipped.has(name))
    );
  });
}

/** Files that were looked for. */
export interface Listing {
  /** Absolute paths, those that describe other files first. */
  readonly paths: readonly string[];
  /** There are no more of them. */
  readonly complete: boolean;
}

/**
 * The YAML files in some folders, so many at most, in a bounded number of folders: somebody may open a whole disk.
 * Links to folders are not followed: what they lead to is in the tree already, or was left out of it. Links to files
 * count unless the file itself is in the tree.
 */
export async function manifestsIn(folders: readonly string[], most: number): Promise<Listing> {
  const paths = new Set<string>();
  const roots = await Promise.all(folders.map(realPath));
  const waiting = [...folders];
  let complete = true;
  // Those that are found on the way are looked into as well.
  for (const [looked, folder] of waiting.entries()) {
    if (paths.size > most || looked >= most * foldersPerFile) {
      complete = false;
      break;
    }
    const entries = await entriesOf(folder);
    if (entries === null) complete = false;
    for (const entry of entries ?? []) {
      const path = `${below(folder)}${entry.name}`;
      if (entry.isDirectory() && !skipped.has(entry.name)) waiting.push(path);
      else if (manifestName.test(entry.name) && (await isFile(entry, path, roots))) paths.add(path);
    }
  }
  const sorted = [...paths].sort().slice(0, most);
  return {
    paths: [...sorted.filter(isDescription), ...sorted.filter((path) => !isDescription(path))],
    complete: complete && paths.size <= most,
  };
}

/** Null for a folder that may not be looked into; one that is gone holds nothing. */
async function entriesOf(folder: string): Promise<readonly Dirent[] | null> {
  try {
    return await readdir(folder, { withFileTypes: true });
  } catch (error) {
    return isGone(error) ? [] : null;
  }
}

async function isFile(entry: Dirent, path: string, roots: readonly string[]): Promise<boolean> {
  if (!entry.isSymbolicLink()) return entry.isFile();
  try {
    const target = await realPath(path);
    return !isLookedFor(target, roots) && (await stat(target)).isFile();
  } catch {
    // A link to nothing, as the lock files of some editors are.
    return false;
  }
}

async function realPath(path: string): Promise<string> {
  try {
    return (await realpath(path)).replaceAll('\\', '/');
  } catch {
    return path;
  }
}

/** Whether it is an error of the disk that says that there is no such file or folder. */
export function isGone(error: unknown): boolean {
  const code = error instanceof Error && 'code' in error ? error.code : null;
  return code === 'ENOENT' || code === 'ENOTDIR' || code === 'EISDIR';
}

function below(folder: string): string {
  return folder.endsWith('/') ? folder : `${folder}/`;
}
