import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import type { Report } from './cache.ts';
import { anyGo } from './go.ts';
import { BUSYBOX } from './images.ts';
import { run } from './processes.ts';

/** What comes from the operating system. */
interface Tool {
  /** What is missing, for people. */
  readonly name: string;
  /** Debian's package. */
  readonly package: string;
  present(): boolean;
}

type ToolName = keyof typeof tools;

const tools = {
  go: { name: 'Go', package: 'golang-go', present: () => anyGo() !== null },
  openssl: program('openssl', 'openssl'),
  ip: program('ip', 'iproute2'),
  unshare: program('unshare', 'util-linux'),
  runc: program('runc', 'runc'),
  registry: program('docker-registry', 'docker-registry'),
  dockerd: program('dockerd', 'docker.io'),
  busybox: { name: 'a static busybox', package: 'busybox-static', present: () => existsSync(BUSYBOX) },
  chromium: program('chromium', 'chromium'),
  ripgrep: program('rg', 'ripgrep'),
  fonts: {
    name: 'a font',
    package: 'fonts-dejavu-core',
    present: () => existsSync('/usr/share/fonts/truetype/dejavu'),
  },
  chineseFont: {
    name: 'a Chinese font',
    package: 'fonts-noto-cjk',
    present: () => existsSync('/usr/share/fonts/opentype/noto'),
  },
} as const satisfies Record<string, Tool>;

/** What a part of the bench cannot do without; root is wanted for namespaces and network links. */
export interface Needs {
  readonly tools: readonly ToolName[];
  readonly root: boolean;
}

/** What the parts of the bench need. */
export const needs = {
  nothing: { tools: [], root: false },
  registry: { tools: ['registry', 'busybox'], root: false },
  cluster: { tools: ['go', 'openssl', 'ip', 'unshare', 'runc', 'registry', 'busybox'], root: true },
  /** To build programs: kubectl for a cluster that is there already, kustomize and Helm. */
  go: { tools: ['go'], root: false },
  engine: { tools: ['dockerd', 'ip', 'unshare', 'registry', 'busybox'], root: true },
  browser: { tools: ['chromium', 'ripgrep', 'fonts', 'chineseFont'], root: false },
} as const satisfies Record<string, Needs>;

/** Installs what is missing where that can be done: as root, on a system with apt. */
export async function provision(wanted: readonly ToolName[], report: Report): Promise<void> {
  const packages = [...new Set(wanted)].map((name) => tools[name]).filter((tool) => !tool.present());
  if (packages.length === 0 || !isRoot() || !isOnPath('apt-get')) return;
  const names = packages.map((tool) => tool.package);
  report(`installing ${names.join(', ')}`);
  await apt(['update']);
  await apt(['install', '--yes', '--no-install-recommends', ...names]);
}

/** Why a part cannot run here, as one sentence; null if it can. */
export function obstacle(needs: Needs): string | null {
  if (process.platform !== 'linux') return 'it needs Linux';
  if (needs.root && !isRoot()) return 'it needs root, for namespaces and network links';
  const missing = needs.tools.map((name): Tool => tools[name]).filter((tool) => !tool.present());
  if (missing.length === 0) return null;
  const packages = missing.map((tool) => tool.package).join(' ');
  return `${missing.map((tool) => tool.name).join(', ')} missing: install ${packages} (Debian's names)`;
}

function apt(args: readonly string[]): Promise<string> {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  // Another apt may be at work: wait for it instead of failing.
  return run('apt-get', ['--quiet', '-o', 'DPkg::Lock::Timeout=600', ...args], { env });
}

function program(name: string, debianPackage: string): Tool {
  return { name, package: debianPackage, present: () => isOnPath(name) };
}

function isOnPath(name: string): boolean {
  return (process.env['PATH'] ?? '').split(delimiter).some((folder) => existsSync(join(folder, name)));
}

function isRoot(): boolean {
  return process.getuid?.() === 0;
}
