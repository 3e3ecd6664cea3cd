import { execFileSync } from 'node:child_process';
import { chmodSync, existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Report } from './cache.ts';
import { run } from './processes.ts';

/** What k8s.io/kubernetes 1.36 asks for. */
const WANTED = { major: 1, minor: 26 };
/** Where no such Go is installed, this one is fetched as the module Go publishes its toolchains as. */
const TOOLCHAIN = 'go1.26.8';

/** Where a Go may be: on the PATH, where its own installer puts it, where Debian puts versions beside each other. */
function candidates(): string[] {
  const debian = existsSync('/usr/lib') ? readdirSync('/usr/lib').filter((name) => /^go-\d/.test(name)) : [];
  return ['go', '/usr/local/go/bin/go', ...debian.map((name) => `/usr/lib/${name}/bin/go`)];
}

/** `go1.19.8` → [1, 19]; null if this is no Go. */
function versionOf(go: string): readonly [number, number] | null {
  try {
    const text = execFileSync(go, ['version'], {
      encoding: 'utf8',
      env: { ...process.env, GOTOOLCHAIN: 'local' },
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    const match = /go(\d+)\.(\d+)/.exec(text);
    return match === null ? null : [Number(match[1]), Number(match[2])];
  } catch {
    return null;
  }
}

/** Any Go at all, or null: enough to fetch the wanted one with. */
export function anyGo(): string | null {
  return candidates().find((go) => versionOf(go) !== null) ?? null;
}

/** The command of a Go that can build the cluster; fetched through the Go module proxy if need be. */
export async function findGo(report: Report): Promise<string> {
  const recent = candidates().find((go) => {
    const version = versionOf(go);
    return version !== null && version[0] === WANTED.major && version[1] >= WANTED.minor;
  });
  if (recent !== undefined) return recent;
  const old = anyGo();
  if (old === null) {
    throw new Error('Building the cluster needs Go: install golang-go (any version), then run this again.');
  }
  return fetchToolchain(old, report);
}

async function fetchToolchain(go: string, report: Report): Promise<string> {
  report(`fetching ${TOOLCHAIN}`);
  const target = (await run(go, ['env', 'GOOS', 'GOARCH'])).trim().split(/\s+/).join('-');
  const answer = await run(
    go,
    ['mod', 'download', '-json', `golang.org/toolchain@v0.0.1-${TOOLCHAIN}.${target}`],
    // The toolchain itself is what is asked for here: an old Go must not look for another one first.
    { env: { ...process.env, GOTOOLCHAIN: 'local', GOFLAGS: '-mod=mod' }, cwd: '/' },
  );
  const { Dir: folder } = JSON.parse(answer) as { Dir: string };
  // The module cache keeps no execute bits.
  for (const tools of [join(folder, 'bin'), join(folder, 'pkg', 'tool')]) makeExecutable(tools);
  return join(folder, 'bin', 'go');
}

function makeExecutable(folder: string): void {
  for (const entry of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
    const file = join(folder, entry);
    if (statSync(file).isFile()) chmodSync(file, 0o755);
  }
}
