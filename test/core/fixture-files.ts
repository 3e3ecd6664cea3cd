import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const fixtures = join(import.meta.dirname, '../fixtures');

/** Absolute path of a fixture. */
function fixture(path: string): string {
  return join(fixtures, path);
}

/** The texts of all files below a folder of fixtures, by their path from it. */
export function filesBelow(folder: string): ReadonlyMap<string, string> {
  const root = fixture(folder);
  const names = readdirSync(root, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(root.length + 1))
    .sort();
  return new Map(names.map((name) => [name, readFileSync(join(root, name), 'utf8')]));
}
