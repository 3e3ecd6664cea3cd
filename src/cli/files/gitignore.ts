import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import ignore, { type Ignore } from 'ignore';
import { slashed } from './source.ts';

interface Level {
  readonly folder: string;
  readonly rules: Ignore;
}

/** What `.gitignore` files say of the entries of a folder: its own, and those of the folders above it. */
export class GitIgnore {
  readonly #levels: readonly Level[];

  private constructor(levels: readonly Level[]) {
    this.#levels = levels;
  }

  /** That asks for nothing. */
  static readonly none = new GitIgnore([]);

  /**
   * Of the folders from the repository's root down to this one. One that is itself ignored was named on purpose:
   * what is said above it does not count then. Absolute path.
   */
  static above(folder: string): GitIgnore {
    const folders = [folder];
    while (!existsSync(join(folders[0] ?? '', '.git'))) {
      const parent = dirname(folders[0] ?? '');
      if (parent === folders[0]) return GitIgnore.none;
      folders.unshift(parent);
    }
    let found = GitIgnore.none;
    for (const [index, at] of folders.entries()) {
      if (index > 0 && found.ignores(at, true)) return GitIgnore.none;
      if (at !== folder) found = found.within(at);
    }
    return found;
  }

  /** With what a folder below says. */
  within(folder: string): GitIgnore {
    const text = textOf(join(folder, '.gitignore'));
    if (text === null) return this;
    return new GitIgnore([{ folder, rules: ignore().add(text) }, ...this.#levels]);
  }

  /** Whether it leaves out a file or folder whose own folder it leaves in. */
  ignores(path: string, isFolder: boolean): boolean {
    for (const { folder, rules } of this.#levels) {
      const { ignored, unignored } = rules.test(`${slashed(relative(folder, path))}${isFolder ? '/' : ''}`);
      if (ignored || unignored) return ignored;
    }
    return false;
  }
}

function textOf(file: string): string | null {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    // There is none, or none that may be read: git does not heed it either.
    return null;
  }
}
