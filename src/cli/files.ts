import { readFile, stat } from 'node:fs/promises';
import { join, normalize } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { glob, isDynamicPattern } from 'tinyglobby';
import { decodeText } from '../server/text.ts';

/** What names standard input among the paths, and in what is printed about it. */
export const standardInput = '-';

const manifests = ['**/*.yaml', '**/*.yml'];
const skipped = ['**/node_modules/**', '**/.git/**'];

/** The files named, each once, in the order of their names within each argument; a sentence for each that names none. */
export interface Found {
  readonly files: readonly string[];
  readonly problems: readonly string[];
}

/** Files as they are, folders by the manifests in them, patterns by what they match. */
export async function findFiles(paths: readonly string[]): Promise<Found> {
  const files = new Set<string>();
  const problems: string[] = [];
  for (const path of paths) {
    const found = await filesOf(path);
    if (typeof found === 'string') problems.push(found);
    else for (const file of found) files.add(file);
  }
  return { files: [...files], problems };
}

async function filesOf(path: string): Promise<readonly string[] | string> {
  if (path === standardInput) return [standardInput];
  const kind = await kindOf(path);
  if (kind === 'file') return [normalize(path)];
  if (kind === 'folder') {
    const inside = await matching(manifests, path);
    return inside.length > 0
      ? inside.map((file) => join(path, file))
      : `${path} holds no .yaml or .yml file.`;
  }
  if (!isDynamicPattern(path)) return `${path} does not exist.`;
  const matched = await matching([path], '.');
  return matched.length > 0 ? matched.map((file) => normalize(file)) : `No file matches ${path}.`;
}

async function kindOf(path: string): Promise<'file' | 'folder' | 'missing'> {
  try {
    return (await stat(path)).isDirectory() ? 'folder' : 'file';
  } catch (error) {
    // Anything else is said when the file is read.
    return (error as NodeJS.ErrnoException).code === 'ENOENT' ? 'missing' : 'file';
  }
}

async function matching(patterns: string[], cwd: string): Promise<string[]> {
  const files = await glob(patterns, { cwd, ignore: skipped, dot: true, expandDirectories: false });
  return files.sort();
}

/** The file's text, or a sentence that says why there is none. */
export async function readText(
  file: string,
): Promise<{ readonly text: string } | { readonly problem: string }> {
  try {
    const bytes = await (file === standardInput ? buffer(process.stdin) : readFile(file));
    return { text: decodeText(bytes) };
  } catch (error) {
    return { problem: unreadable(file, error) };
  }
}

function unreadable(file: string, error: unknown): string {
  const { code } = error as NodeJS.ErrnoException;
  switch (code) {
    case 'ENOENT':
      return `${file} does not exist.`;
    case 'EACCES':
    case 'EPERM':
      return `${file} may not be read: check its permissions.`;
    default:
      return `${file} cannot be read (${code ?? String(error)}).`;
  }
}
