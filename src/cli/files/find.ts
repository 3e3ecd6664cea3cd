import { existsSync, statSync } from 'node:fs';
import { basename, normalize } from 'node:path';
import { isWorkspaceFile } from '../../core/index.ts';
import { isExclusion, isPattern, type Pattern, readPattern } from './pattern.ts';
import { fileSource, type Source, standardInput, standardInputSource } from './source.ts';
import { filesBelow } from './walk.ts';

/** What the paths name: each file once, in the order of the paths and, within each, of their names. */
export interface Found {
  readonly sources: readonly Source[];
  /** A sentence for each path that names none, and each folder that cannot be looked into. */
  readonly problems: readonly string[];
  /** Whole folders were named, nothing less and nothing taken away: an object that is in none of the files is not there. */
  readonly whole: boolean;
}

export interface FindOptions {
  readonly gitignore: boolean;
  readonly stdinFilename: string | null;
}

/** Files as they are, folders by the manifests in them, patterns by what they match; `!pattern` takes away. */
export function findSources(paths: readonly string[], options: FindOptions): Found {
  const search = new Search(
    paths.filter(isExclusion).map((path) => readPattern(path.slice(1))),
    options,
  );
  const named = paths.filter((path) => !isExclusion(path));
  const whole = named.length === paths.length && named.every((path) => kindOf(path) === 'folder');
  for (const path of named) search.add(path);
  const sources = [...search.sources.values()];
  if (sources.length === 0 && search.problems.length === 0) {
    const taking = paths.filter(isExclusion).join(' and ');
    search.problems.push(`Nothing is left to check: ${taking} took every file away.`);
  }
  return { sources, problems: search.problems, whole };
}

class Search {
  readonly sources = new Map<string, Source>();
  readonly problems: string[] = [];
  readonly #excluded: readonly Pattern[];
  readonly #options: FindOptions;

  constructor(excluded: readonly Pattern[], options: FindOptions) {
    this.#excluded = excluded;
    this.#options = options;
  }

  add(path: string): void {
    if (path === standardInput) {
      this.sources.set(path, standardInputSource(this.#options.stdinFilename));
      return;
    }
    const kind = kindOf(path);
    if (kind === 'folder') {
      this.#addAll(this.#below(path, Infinity, isManifestName), `${path} holds no .yaml or .yml file.`);
    } else if (kind === 'file' || !isPattern(path)) {
      this.#addFile(path);
    } else {
      const { base, depth, chooses } = readPattern(path);
      const found = existsSync(base) ? this.#below(base, depth, chooses) : [];
      this.#addAll(found, `No file matches ${path}.`);
    }
  }

  #below(folder: string, depth: number, chooses: (file: string) => boolean): readonly string[] {
    const { gitignore } = this.#options;
    return filesBelow(folder, {
      depth,
      gitignore,
      chooses,
      onProblem: (sentence) => this.problems.push(sentence),
    });
  }

  #addAll(files: readonly string[], otherwise: string): void {
    if (files.length === 0) this.problems.push(otherwise);
    for (const file of files) this.#addFile(file);
  }

  #addFile(file: string): void {
    if (this.#excluded.some((pattern) => pattern.chooses(file))) return;
    const source = fileSource(normalize(file));
    if (!this.sources.has(source.path)) this.sources.set(source.path, source);
  }
}

function isManifestName(file: string): boolean {
  return /\.ya?ml$/i.test(file) && !isWorkspaceFile(basename(file));
}

/** `missing` for what is a link to nothing, too. */
function kindOf(path: string): 'file' | 'folder' | 'missing' {
  try {
    return statSync(path).isDirectory() ? 'folder' : 'file';
  } catch (error) {
    // Anything else is said when the file is read.
    return (error as NodeJS.ErrnoException).code === 'ENOENT' ? 'missing' : 'file';
  }
}
