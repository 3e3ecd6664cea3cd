import { type Dirent, readdirSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { GitIgnore } from './gitignore.ts';
import { unreadable } from './text-file.ts';

/** Folders that hold other people's files. */
const skipped = new Set(['node_modules', '.git']);

export interface WalkOptions {
  /** How far below the folder to look; 0: in it only. */
  readonly depth: number;
  readonly gitignore: boolean;
  /** By its path. */
  readonly chooses: (file: string) => boolean;
  /** Told of a folder that cannot be looked into. */
  readonly onProblem: (sentence: string) => void;
}

/**
 * Files below a folder, sorted. Links to files count as files, links to folders are not followed: what they lead to
 * is in the tree already, or was left out of it.
 */
export function filesBelow(folder: string, options: WalkOptions): readonly string[] {
  const rules = options.gitignore ? GitIgnore.above(resolve(folder)) : GitIgnore.none;
  return [...below(folder, options.depth, rules, options)].sort();
}

function* below(folder: string, depth: number, above: GitIgnore, options: WalkOptions): Iterable<string> {
  const rules = options.gitignore ? above.within(resolve(folder)) : above;
  for (const entry of entriesOf(folder, options)) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) {
      if (depth === 0 || skipped.has(entry.name) || rules.ignores(resolve(path), true)) continue;
      yield* below(path, depth - 1, rules, options);
    } else if (options.chooses(path) && isFile(entry, path) && !rules.ignores(resolve(path), false)) {
      yield path;
    }
  }
}

function entriesOf(folder: string, { onProblem }: WalkOptions): readonly Dirent[] {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch (error) {
    onProblem(unreadable(folder, error));
    return [];
  }
}

/** A link that leads nowhere counts: whoever reads it says so. Editors' lock files (`.#web.yaml`) are such links. */
function isFile(entry: Dirent, path: string): boolean {
  if (!entry.isSymbolicLink()) return entry.isFile();
  if (entry.name.startsWith('.#')) return false;
  try {
    return statSync(path).isFile();
  } catch {
    return true;
  }
}
