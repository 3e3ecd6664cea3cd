import { readFile, stat } from 'node:fs/promises';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { glob } from 'tinyglobby';
import { decodeText } from '../text.ts';
import { isDescription, type Project } from './project.ts';

/** Larger ones are rarely written by hand, and would hold up every answer while they are read. */
const largest = 1_000_000;
/** Of those up to this one at least the names are taken: generated bundles, mostly. */
const largestSkimmed = 20_000_000;
/** A workspace of more is not looked through to its end: its objects are not all known then. */
const mostFiles = 5_000;

const skipped = ['**/node_modules/**', '**/.git/**'];

/** Whether a file is one of those that are looked for in some folders; all paths are absolute and `/`-separated. */
export function isLookedFor(path: string, folders: readonly string[]): boolean {
  return folders.some((folder) => {
    const root = folder.endsWith('/') ? folder : `${folder}/`;
    return path.startsWith(root) && !/(?:^|\/)(?:node_modules|\.git)\//.test(path.slice(root.length));
  });
}

/** Absolute paths of the YAML files in some folders, those that describe others first. */
async function manifestsIn(folders: readonly string[]): Promise<readonly string[]> {
  const found = await Promise.all(
    folders.map((cwd) =>
      glob(['**/*.{yaml,yml}', '**/kustomization', '**/Kustomization'], {
        cwd,
        ignore: skipped,
        dot: true,
        absolute: true,
        expandDirectories: false,
      }),
    ),
  );
  const paths = [...new Set(found.flat())].sort();
  return [...paths.filter(isDescription), ...paths.filter((path) => !isDescription(path))];
}

export interface ScanOptions {
  readonly folders: readonly string[];
  readonly signal: AbortSignal;
  /** Files whose text comes from an editor. */
  readonly isOpen: (uri: string) => boolean;
}

/**
 * Takes the files of some folders over into a project, a file a turn, so that whoever asks in between is answered.
 * Resolves to whether all of them were.
 */
export async function scan(project: Project, { folders, signal, isOpen }: ScanOptions): Promise<boolean> {
  const paths = await manifestsIn(folders);
  let complete = paths.length <= mostFiles;
  for (const path of paths.slice(0, mostFiles)) {
    if (signal.aborted) return false;
    const uri = pathToFileURL(path).href;
    if (!isOpen(uri) && !(await take(project, path, uri, isOpen))) complete = false;
    await nextTurn();
  }
  return complete;
}

/** Takes one file over; false when it could not be read, or is too large. One that was opened meanwhile is left alone. */
export async function take(
  project: Project,
  path: string,
  uri: string,
  isOpen: ScanOptions['isOpen'],
): Promise<boolean> {
  try {
    const { size } = await stat(path);
    if (size > largestSkimmed) return false;
    const text = decodeText(await readFile(path));
    if (isOpen(uri)) return true;
    if (size > largest) {
      project.skim(uri, text);
      return true;
    }
    if (isDescription(path)) project.describe(path, text);
    project.index(uri, path, text);
    return true;
  } catch {
    // Gone, or not ours to read: its objects are unknown, and nothing is called missing for it.
    project.forget(uri, path);
    return false;
  }
}
