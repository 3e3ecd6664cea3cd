import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** What esbuild says of a build: the files that went into it. */
export interface Metafile {
  readonly inputs: Readonly<Record<string, unknown>>;
  readonly outputs: Readonly<
    Record<string, { readonly inputs: Readonly<Record<string, { readonly bytesInOutput: number }>> }>
  >;
}

interface Package {
  readonly name: string;
  readonly version: string;
  readonly license: string;
  /** The texts of its licence and notice files. */
  readonly texts: readonly string[];
}

/** Licences that ask for no more than their text to be passed on. */
const ALLOWED = /^(MIT|MIT-0|ISC|0BSD|Apache-2\.0|BSD-2-Clause|BSD-3-Clause|BlueOak-1\.0\.0|Unlicense)$/;
const RULE = '─'.repeat(80);

/**
 * The notices of what is bundled: each package of which a byte ended up in a bundle, with its licence. Throws where
 * a package has a licence that was not thought of, or none.
 */
export function thirdPartyNotices(metafiles: readonly Metafile[], root: string): string {
  const folders = new Set(metafiles.flatMap(bundledFiles).flatMap((file) => packageFolder(file) ?? []));
  const packages = [...folders].map((folder) => readPackage(join(root, folder)));
  const sorted = packages.sort((a, b) =>
    `${a.name}@${a.version}`.localeCompare(`${b.name}@${b.version}`, 'en'),
  );
  const sections = sorted.map(
    ({ name, version, license, texts }) =>
      `${RULE}\n${name} ${version} (${license})\n${RULE}\n\n${texts.map((text) => text.trim()).join('\n\n')}\n`,
  );
  return `Elastic Containers contains the packages below, each under its own licence.\n\n${sections.join('\n')}`;
}

function bundledFiles(metafile: Metafile): string[] {
  return Object.values(metafile.outputs).flatMap(({ inputs }) =>
    Object.entries(inputs)
      .filter(([, { bytesInOutput }]) => bytesInOutput > 0)
      .map(([file]) => file),
  );
}

/** `node_modules/a/node_modules/@b/c/lib/d.js` → `node_modules/a/node_modules/@b/c`; null for a file of our own. */
function packageFolder(file: string): string | null {
  return /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(file)?.[0] ?? null;
}

function readPackage(folder: string): Package {
  const manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as Record<string, unknown>;
  const { name, version, license } = manifest;
  if (typeof name !== 'string' || typeof version !== 'string' || typeof license !== 'string') {
    throw new Error(`${folder}/package.json tells no name, version or licence.`);
  }
  if (!ALLOWED.test(license))
    throw new Error(`${name} has the licence ${license}, which was not thought of.`);
  const texts = licenseFiles(folder).map((file) => readFileSync(join(folder, file), 'utf8'));
  if (texts.length === 0) throw new Error(`${name} brings no licence file.`);
  return { name, version, license, texts };
}

function licenseFiles(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder).filter((file) => /^(licen[cs]e|copying|notice)/i.test(file));
}
