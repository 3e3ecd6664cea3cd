import { existsSync } from 'node:fs';
import { mkdir, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { freeSubnet } from './ports.ts';
import { run as runCommand } from './processes.ts';
import { startRegistryIn } from './registry.ts';
import { openRun, type Run, type RunOwner } from './runs.ts';

/** Debian's client, as old as its daemon; a newer one elsewhere on the PATH may refuse to build without a plugin. */
const DEBIAN_DOCKER = '/usr/bin/docker';

export interface EngineOptions {
  /** A registry that runs already; the engine comes with one of its own without it. */
  readonly registry?: string;
  readonly owner?: RunOwner;
}

/** A Docker daemon of its own, with nothing in it, that has no network but loopback. */
export interface TestEngine {
  /** Value of DOCKER_HOST. */
  readonly host: string;
  /** `127.0.0.1:PORT`. */
  readonly registry: string;
  /** A folder to put first on the PATH: the `docker` in it fits the daemon. */
  readonly bin: string;
  /** Value of DOCKER_CONFIG: a folder without credentials or contexts. */
  readonly config: string;
  /** The environment with which `docker` speaks to this daemon. */
  readonly env: NodeJS.ProcessEnv;
  readonly folder: string;
  stop(): Promise<void>;
}

export async function startEngine(options: EngineOptions = {}): Promise<TestEngine> {
  const run = await openRun('engine', options.owner ?? 'process');
  try {
    const bin = join(run.folder, 'bin');
    await mkdir(bin);
    if (existsSync(DEBIAN_DOCKER)) await symlink(DEBIAN_DOCKER, join(bin, 'docker'));
    await makeBridge(run.bridge);
    const host = startDaemonOf(run);
    const config = join(run.folder, 'client');
    const env = engineEnvironment({ host, bin, config });
    const [registry] = await Promise.all([
      options.registry ?? startRegistryIn(run),
      run.until('the Docker daemon', () => answers(env)),
    ]);
    return { host, registry, bin, config, env, folder: run.folder, stop: () => run.stop() };
  } catch (error) {
    await run.stop();
    throw error;
  }
}

/** The person's own credentials and contexts (~/.docker) stay out of the tests, and the tests out of them. */
export function engineEnvironment({
  host,
  bin,
  config,
}: Pick<TestEngine, 'host' | 'bin' | 'config'>): NodeJS.ProcessEnv {
  return {
    ...process.env,
    DOCKER_HOST: host,
    DOCKER_CONFIG: config,
    PATH: `${bin}:${process.env['PATH'] ?? ''}`,
  };
}

/** BuildKit runs no step without one. It leads nowhere: nothing here forwards. */
async function makeBridge(name: string): Promise<void> {
  await runCommand('ip', ['link', 'add', name, 'type', 'bridge']);
  await runCommand('ip', ['address', 'add', `${freeSubnet()}.1/24`, 'dev', name]);
  await runCommand('ip', ['link', 'set', name, 'up']);
}

/** In namespaces of its own, as the node is: containers and mounts go with the daemon. Returns its DOCKER_HOST. */
function startDaemonOf(run: Run): string {
  const host = `unix://${join(run.folder, 'docker.sock')}`;
  run.start('dockerd', 'unshare', [
    ...['--mount', '--propagation', 'slave', '--pid', '--fork', '--kill-child', '--mount-proc'],
    ...[join(import.meta.dirname, 'engine-init.sh'), run.folder],
    ...[
      `--host=${host}`,
      `--data-root=${join(run.folder, 'data')}`,
      `--exec-root=${join(run.folder, 'exec')}`,
    ],
    `--pidfile=${join(run.folder, 'docker.pid')}`,
    ...[
      `--bridge=${run.bridge}`,
      '--iptables=false',
      '--ip6tables=false',
      '--ip-forward=false',
      '--ip-masq=false',
    ],
    ...['--exec-opt=native.cgroupdriver=cgroupfs', `--cgroup-parent=/${run.cgroup}`],
  ]);
  return host;
}

async function answers(env: NodeJS.ProcessEnv): Promise<boolean> {
  try {
    await runCommand('docker', ['version'], { env, timeoutMs: 5000 });
    return true;
  } catch {
    return false;
  }
}
