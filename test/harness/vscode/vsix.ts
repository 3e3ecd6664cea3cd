import { existsSync } from 'node:fs';
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { glob } from 'tinyglobby';
import { run } from '../processes.ts';
import { variables } from '../shared.ts';

const root = join(import.meta.dirname, '../../..');
/** What goes into the package: when one of these is younger than the package, it is made again. */
const sources = [
  'src/**',
  'media/**',
  'l10n/**',
  'syntaxes/**',
  'package.json',
  'package.nls*.json',
  'esbuild.mjs',
  'scripts/package.ts',
  '.vscodeignore',
];

/** The packed extension, made now if there is none as young as its sources. A run of all tests hands over a finished one. */
export async function packedExtension(): Promise<string> {
  const given = process.env[variables.vsix];
  if (given !== undefined) return given;
  const file = join(root, 'out/elastic-containers.vsix');
  if (!existsSync(file) || (await youngest()) > (await stat(file)).mtimeMs) {
    await run(process.execPath, ['scripts/package.ts'], { cwd: root });
  }
  return file;
}

async function youngest(): Promise<number> {
  const files = await glob(sources, { cwd: root, absolute: true, dot: true });
  const times = await Promise.all(files.map(async (file) => (await stat(file)).mtimeMs));
  return Math.max(...times);
}
