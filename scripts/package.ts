/**
 * Makes the package: `npm run package` builds the bundles and the notices and packs them into
 * out/elastic-containers.vsix, checks what is inside and prints its size. `--built` takes the bundles as they are.
 * The last line is the package's path from the project's folder.
 */
import { mkdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { run } from '../test/harness/processes.ts';
import { type Metafile, thirdPartyNotices } from './notices.ts';

const ROOT = join(import.meta.dirname, '..');
const VSIX = 'out/elastic-containers.vsix';

/** What must be inside, and what may be; whatever else is inside got there by mistake. */
const REQUIRED = [
  'package.json',
  'package.nls.json',
  'package.nls.zh-cn.json',
  'readme.md',
  'changelog.md',
  'LICENSE.txt',
  'THIRD_PARTY_NOTICES.txt',
  'dist/extension.cjs',
  'dist/client.cjs',
  'dist/cluster.cjs',
  'dist/server.cjs',
  'dist/render.cjs',
  'dist/cli.cjs',
  'dist/elastic-rules/quantity-invalid.md',
  'media/icon.png',
  'l10n/bundle.l10n.zh-cn.json',
  'syntaxes/elastic-log.language-configuration.json',
  'syntaxes/elastic-log.tmLanguage.json',
  'syntaxes/kubernetes.injection.tmLanguage.json',
];
const ALLOWED =
  /^(dist\/[\w/.-]+\.(cjs|js|css|json)|dist\/elastic-rules\/[\w-]+\.md|media\/[\w/.-]+\.(svg|css|md)|l10n\/[\w.-]+\.json)$/;

const { values: options } = parseArgs({ options: { built: { type: 'boolean', default: false } } });
if (!options.built) await run(process.execPath, ['esbuild.mjs'], { cwd: ROOT });
await writeNotices();
await mkdir(join(ROOT, 'out'), { recursive: true });
await pack();
await checkContent();
const { size } = await stat(join(ROOT, VSIX));
console.log(`${(size / 1024).toFixed(0)} KB`);
console.log(VSIX);

async function writeNotices(): Promise<void> {
  const metafiles = JSON.parse(await readFile(join(ROOT, 'out/metafiles.json'), 'utf8')) as Metafile[];
  await writeFile(join(ROOT, 'THIRD_PARTY_NOTICES.txt'), thirdPartyNotices(metafiles, ROOT));
}

async function pack(): Promise<void> {
  const vsce = join(ROOT, 'node_modules/@vscode/vsce/vsce');
  const flags = ['--no-dependencies', '--allow-missing-repository', '--no-rewrite-relative-links'];
  await run(process.execPath, [vsce, 'package', ...flags, '--out', VSIX], { cwd: ROOT });
}

async function checkContent(): Promise<void> {
  const prefix = 'extension/';
  const names = zipNames(await readFile(join(ROOT, VSIX)));
  const files = names.filter((name) => name.startsWith(prefix)).map((name) => name.slice(prefix.length));
  const missing = REQUIRED.filter((file) => !files.includes(file));
  const foreign = files.filter((file) => !REQUIRED.includes(file) && !ALLOWED.test(file));
  if (missing.length > 0) throw new Error(`The package lacks ${missing.join(', ')}.`);
  if (foreign.length > 0) throw new Error(`The package should not hold ${foreign.join(', ')}.`);
  console.log(files.sort().join('\n'));
}

/** The names in a zip file, from its central directory (APPNOTE.TXT 4.3.12 and 4.3.16). */
function zipNames(zip: Buffer): string[] {
  const end = zip.lastIndexOf('PK\x05\x06');
  const names: string[] = [];
  let at = zip.readUInt32LE(end + 16);
  for (let left = zip.readUInt16LE(end + 10); left > 0; left--) {
    const [name, extra, comment] = [28, 30, 32].map((offset) => zip.readUInt16LE(at + offset));
    const start = at + 46;
    names.push(zip.toString('utf8', start, start + (name ?? 0)));
    at = start + (name ?? 0) + (extra ?? 0) + (comment ?? 0);
  }
  return names;
}
