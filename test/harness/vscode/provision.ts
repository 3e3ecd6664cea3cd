/**
 * Puts a VS Code server on this machine from npm packages alone: nothing is compiled and no install script
 * runs. What it needs beyond that, ripgrep and Chromium, comes with the operating system.
 */
import { chmod, copyFile, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ensureProduct, type Product, type Report } from '../cache.ts';
import { run } from '../processes.ts';
import type { Edition } from './editions.ts';
import { addStandIns, standIns } from './stand-ins.ts';

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

function product(edition: Edition): Product {
  const recipe = [edition.codeServer, edition.node, droppedExtensions, wantedModules, prebuiltPty, standIns];
  return {
    name: `vscode-${edition.version}`,
    inputs: [JSON.stringify(recipe)],
    build: (folder, report) => build(edition, folder, report),
  };
}

/** The server of an edition, from the cache or put there now. */
export async function provision(edition: Edition, report: Report = () => undefined): Promise<Installation> {
  const folder = await ensureProduct(product(edition), report);
  return {
    edition,
    root: join(folder, 'lib/vscode'),
    node: edition.node === null ? process.execPath : join(folder, 'node'),
  };
}

async function build(edition: Edition, folder: string, report: Report): Promise<void> {
  report(`fetching VS Code ${edition.version}`);
  await unpack(`code-server@${edition.codeServer}`, folder, [
    'lib/vscode',
    'LICENSE',
    'ThirdPartyNotices.txt',
  ]);
  const root = join(folder, 'lib/vscode');
  await Promise.all(
    droppedExtensions.map((name) => rm(join(root, 'extensions', name), { recursive: true, force: true })),
  );
  report(`installing the modules of VS Code ${edition.version}`);
  await installModules(root);
  await addStandIns(join(root, 'node_modules'));
  await slim(root);
  if (edition.node !== null) await addNode(edition.node, folder);
}

async function unpack(spec: string, into: string, members: readonly string[]): Promise<void> {
  const archive = join(into, (await run('npm', ['pack', '--silent', spec], { cwd: into })).trim());
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
  await run('npm', ['install', ...flags], { cwd: root });
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
