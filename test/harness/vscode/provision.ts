/**
 * Puts a VS Code server on this machine from npm packages alone: nothing is compiled and no install script
 * runs. What it needs beyond that, ripgrep and Chromium, comes with the operating system.
 */
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { chmod, copyFile, mkdir, mkdtemp, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Edition } from './editions.ts';
import { addStandIns, standInsRecipe } from './stand-ins.ts';

const run = promisify(execFile);

export interface Installation {
  readonly edition: Edition;
  /** Folder of the server: holds `out/server-main.js`. */
  readonly root: string;
  /** Node binary that runs it. */
  readonly node: string;
}

/** Built-in extensions left out: large, and of no use to these tests (or in search of a network). */
const droppedExtensions = [
  'copilot',
  'mermaid-markdown-features',
  'microsoft-authentication',
  'ms-vscode.js-debug',
  'ms-vscode.js-debug-companion',
  'ms-vscode.vscode-js-profile-table',
  'tunnel-forwarding',
];

/** What the server loads at run time and npm can install as it is. */
const wantedModules = [
  '@microsoft/1ds-core-js',
  '@microsoft/1ds-post-js',
  '@parcel/watcher',
  '@vscode/iconv-lite-umd',
  '@vscode/proxy-agent',
  '@xterm/addon-clipboard',
  '@xterm/addon-image',
  '@xterm/addon-ligatures',
  '@xterm/addon-progress',
  '@xterm/addon-search',
  '@xterm/addon-serialize',
  '@xterm/addon-unicode11',
  '@xterm/addon-webgl',
  '@xterm/headless',
  '@xterm/xterm',
  'cookie',
  'http-proxy-agent',
  'https-proxy-agent',
  'jschardet',
  'katex',
  'minimist',
  'node-pty',
  'tas-client',
  'tas-client-umd',
  'vscode-oniguruma',
  'vscode-regexpp',
  'vscode-textmate',
  'ws',
  'yauzl',
  'yazl',
];

/** First node-pty that ships binaries for Linux; older ones would have to be compiled. */
const prebuiltPty = '1.2.0-beta.15';

interface Manifest {
  readonly dependencies: Readonly<Record<string, string>>;
}

interface Shrinkwrap {
  readonly packages: Readonly<Record<string, { readonly version?: string }>>;
}

/** The server of an edition, from the cache or put there now. `report` hears one line for each step that takes time. */
export async function provision(
  edition: Edition,
  report: (line: string) => void = () => undefined,
): Promise<Installation> {
  const folder = join(cacheRoot(), `vscode-${edition.version}-${recipeHash(edition)}`);
  if (!existsSync(folder)) await build(edition, folder, report);
  return {
    edition,
    root: join(folder, 'lib/vscode'),
    node: edition.node === null ? process.execPath : join(folder, 'node'),
  };
}

function cacheRoot(): string {
  const base =
    process.env['ELASTIC_BENCH_CACHE'] ?? process.env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache');
  return join(base, 'elastic-containers-bench');
}

function recipeHash(edition: Edition): string {
  const recipe = [edition.codeServer, edition.node, droppedExtensions, wantedModules, prebuiltPty];
  return createHash('sha256')
    .update(JSON.stringify(recipe))
    .update(standInsRecipe)
    .digest('hex')
    .slice(0, 12);
}

/** Builds beside the final place and moves it there in one step, so a run that is cut short leaves nothing half done. */
async function build(edition: Edition, folder: string, report: (line: string) => void): Promise<void> {
  await mkdir(cacheRoot(), { recursive: true });
  const work = await mkdtemp(`${folder}.partial-`);
  try {
    report(`VS Code ${edition.version}: fetching`);
    await unpack(`code-server@${edition.codeServer}`, work, [
      'lib/vscode',
      'LICENSE',
      'ThirdPartyNotices.txt',
    ]);
    const root = join(work, 'lib/vscode');
    await Promise.all(
      droppedExtensions.map((name) => rm(join(root, 'extensions', name), { recursive: true, force: true })),
    );
    report(`VS Code ${edition.version}: installing its modules`);
    await installModules(root);
    await addStandIns(join(root, 'node_modules'));
    await slim(root);
    if (edition.node !== null) await addNode(edition.node, work);
    await rename(work, folder);
  } catch (error) {
    await rm(work, { recursive: true, force: true });
    // Another run was quicker: what it put there is the same.
    if (!existsSync(folder)) throw error;
  }
}

async function unpack(spec: string, into: string, members: readonly string[]): Promise<void> {
  const { stdout } = await run('npm', ['pack', '--silent', spec], { cwd: into });
  const archive = join(into, stdout.trim());
  const paths = members.map((member) => `package/${member}`);
  await run('tar', ['xzf', archive, '--strip-components=1', ...paths], { cwd: into });
  await rm(archive);
}

async function installModules(root: string): Promise<void> {
  const manifest = JSON.parse(await readFile(join(root, 'package.json'), 'utf8')) as Manifest;
  const locked = JSON.parse(await readFile(join(root, 'npm-shrinkwrap.json'), 'utf8')) as Shrinkwrap;
  const dependencies: Record<string, string> = {};
  for (const name of wantedModules) {
    const asked = manifest.dependencies[name];
    if (asked !== undefined) dependencies[name] = locked.packages[`node_modules/${name}`]?.version ?? asked;
  }
  if (/^1\.[01]\./.test(dependencies['node-pty'] ?? '')) dependencies['node-pty'] = prebuiltPty;
  // npm reads package.json and the shrinkwrap of the folder it works in; the server needs neither's full list.
  await writeFile(
    join(root, 'package.json'),
    JSON.stringify({ ...manifest, dependencies, devDependencies: {}, overrides: {}, scripts: {} }, null, 1),
  );
  await rm(join(root, 'npm-shrinkwrap.json'));
  await mkdir(join(root, 'extensions/node_modules'), { recursive: true });
  const flags = ['--omit=dev', '--ignore-scripts', '--no-audit', '--no-fund', '--no-package-lock'];
  await run('npm', ['install', ...flags], { cwd: root, maxBuffer: 1 << 26 });
}

/** Source maps and the terminal's binaries for other systems: more than half of the bytes. */
async function slim(root: string): Promise<void> {
  const here = `${process.platform}-${process.arch}`;
  const prebuilds = join(root, 'node_modules/node-pty/prebuilds');
  const unused = (await readdir(prebuilds))
    .filter((name) => name !== here)
    .map((name) => join(prebuilds, name));
  const maps = (await readdir(root, { recursive: true })).filter((name) => name.endsWith('.map'));
  await Promise.all(
    [...unused, ...maps.map((name) => join(root, name))].map((path) =>
      rm(path, { recursive: true, force: true }),
    ),
  );
}

/** The npm packages `node-<platform>-<arch>` hold nothing but Node's own release. */
async function addNode(version: string, work: string): Promise<void> {
  const scratch = join(work, 'node-package');
  await mkdir(scratch);
  await unpack(`node-${process.platform}-${process.arch}@${version}`, scratch, ['bin/node']);
  await copyFile(join(scratch, 'bin/node'), join(work, 'node'));
  await chmod(join(work, 'node'), 0o755);
  await rm(scratch, { recursive: true });
}
