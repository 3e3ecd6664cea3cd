import { existsSync } from 'node:fs';
import { dirname, isAbsolute, join, relative, resolve } from 'node:path';
import { slashed } from '../files/source.ts';

/** The folder that code hosts name files from: the repository's, wherever in it the command runs. */
export function repositoryRoot(): string {
  const given = process.env['GITHUB_WORKSPACE'];
  if (given !== undefined && given !== '') return resolve(given);
  const here = process.cwd();
  for (let folder = here; ; folder = dirname(folder)) {
    if (existsSync(join(folder, '.git'))) return folder;
    if (folder === dirname(folder)) return here;
  }
}

/** A file as it is named from a folder, `/`-separated; null for one that is not below it. */
export function pathFrom(root: string, file: string): string | null {
  const path = slashed(relative(root, resolve(file)));
  return path === '..' || path.startsWith('../') || isAbsolute(path) ? null : path;
}
