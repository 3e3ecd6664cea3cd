import assert from 'node:assert/strict';
import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { findEngine } from '../../src/engines/index.ts';
import { sharedEngine, type SharedEngine } from '../harness/shared.ts';
import { failureOf, LogRecorder, quietRun } from './bench.ts';

const digest = `sha256:${'a1'.repeat(32)}`;
let shared: SharedEngine;
let folder: string;

before(async () => {
  shared = await sharedEngine();
  folder = await mkdtemp(join(tmpdir(), 'elastic-find-'));
});
after(async () => {
  await rm(folder, { recursive: true, force: true });
  await shared.release();
});

/** A folder for the PATH with one program in it; returns the folder. */
async function program(place: string, name: string, ...lines: readonly string[]): Promise<string> {
  const bin = join(folder, place);
  await mkdir(bin, { recursive: true });
  await writeFile(join(bin, name), `${lines.join('\n')}\n`);
  await chmod(join(bin, name), 0o755);
  return bin;
}

describe('which engine', () => {
  test('docker, with its version', async () => {
    const engine = await findEngine('auto', shared.env);
    assert.equal(engine.name, 'docker');
    assert.match(engine.version, /^\d+\.\d+\.\d+/);
  });

  test('none installed', async () => {
    const error = await failureOf(findEngine('auto', { PATH: join(folder, 'nothing') }));
    assert.equal(error.code, 'notInstalled');
    assert.match(error.message, /^No container engine is installed\. Install docker, podman or nerdctl/);
  });

  test('not the one that was asked for', async () => {
    const error = await failureOf(findEngine('nerdctl', shared.env));
    assert.equal(error.code, 'notInstalled');
    assert.match(error.message, /^nerdctl is not installed\..*elastic\.images\.engine/);
  });

  test('a program in a relative folder of the PATH is not run', async () => {
    const bin = await program('relative', 'docker', '#!/bin/sh', `touch ${join(folder, 'was-run')}`);
    const error = await failureOf(findEngine('docker', { PATH: `.:${relative(process.cwd(), bin)}` }));
    assert.equal(error.code, 'notInstalled');
  });

  test('a program this machine cannot run', async () => {
    const bin = await program('broken', 'docker', '\u007fELF nothing');
    const error = await failureOf(findEngine('docker', { PATH: bin }));
    assert.equal(error.code, 'notInstalled');
    assert.match(error.message, /^docker does not start: /);
  });

  test('podman under the name of docker is spoken to as podman', async () => {
    const bin = await program(
      'podman',
      'docker',
      '#!/bin/sh',
      'case "$1" in',
      '  --version) echo podman version 5.2.1;;',
      '  info) echo 5.2.1;;',
      `  push) printf ${digest} > "\${2#--digestfile=}"; echo "$3" "$4";;`,
      'esac',
    );
    const engine = await findEngine('auto', { PATH: bin });
    assert.equal(`${engine.name} ${engine.version}`, 'podman 5.2.1');
    let output = '';
    const run = { ...quietRun(), onOutput: (chunk: string) => (output += chunk) };
    assert.deepEqual(await engine.push('127.0.0.1:5000/app', run), { digest });
    assert.equal(output.trim(), '--tls-verify=false 127.0.0.1:5000/app:latest');
  });
});

describe('an engine that is there and cannot be used', () => {
  test('its daemon is not running', async () => {
    const env = { ...shared.env, DOCKER_HOST: `unix://${join(folder, 'none.sock')}` };
    const error = await failureOf(findEngine('docker', env));
    assert.equal(error.code, 'notRunning');
    assert.ok(error.message.startsWith(`No docker daemon answers at unix://${folder}/none.sock. Start it`));
  });

  test('nothing listens at its address', async () => {
    const error = await failureOf(findEngine('docker', { ...shared.env, DOCKER_HOST: 'tcp://127.0.0.1:9' }));
    assert.equal(error.code, 'notRunning');
    assert.match(error.message, /tcp:\/\/127\.0\.0\.1:9\. Start it, or correct DOCKER_HOST/);
  });

  test('it stops between two builds', async () => {
    const engine = await findEngine('docker', shared.env);
    assert.equal(await engine.imageInfo('bench/nothing:1'), null);
    const env = { ...shared.env };
    const later = await findEngine('docker', env);
    env['DOCKER_HOST'] = `unix://${join(folder, 'gone.sock')}`;
    const error = await failureOf(later.imageInfo('bench/nothing:1'));
    assert.equal(error.code, 'notRunning');
  });

  test('its socket is for a group this user is not in', async () => {
    const bin = await program(
      'nobody',
      'docker',
      '#!/bin/sh',
      'exec setpriv --reuid=65534 --regid=65534 --clear-groups /usr/bin/docker "$@"',
    );
    const socket = shared.env['DOCKER_HOST']?.replace('unix://', '') ?? '';
    const error = await failureOf(
      findEngine('docker', { ...shared.env, PATH: `${bin}:${process.env['PATH']}` }),
    );
    assert.equal(error.code, 'permissionDenied', error.output);
    assert.ok(error.message.includes(socket), error.message);
    assert.match(error.message, /usermod -aG docker|Only root may use/);
  });

  test('its client is too old for the daemon', async () => {
    const error = await failureOf(findEngine('docker', { ...shared.env, DOCKER_API_VERSION: '1.11' }));
    assert.equal(error.code, 'incompatible');
    assert.match(error.message, /speaks API 1\.11, and its daemon wants 1\.\d+ or newer/);
  });

  test('its client is too new for the daemon', async () => {
    const error = await failureOf(findEngine('docker', { ...shared.env, DOCKER_API_VERSION: '1.99' }));
    assert.equal(error.code, 'incompatible');
    assert.match(error.message, /speaks API 1\.99, and its daemon knows 1\.\d+ at most/);
  });
});

describe('a newer client without the plugin buildx', () => {
  test('builds with the classic builder', async () => {
    const bin = await program(
      'newer',
      'docker',
      '#!/bin/sh',
      'case "$1 $2" in',
      '  "--version ") echo Docker version 28.2.2, build e6534b4;;',
      '  "buildx version") echo "docker: unknown command: docker buildx" >&2; exit 1;;',
      '  "version --format") echo 20.10.24;;',
      '  build*) echo "BUILDKIT=$DOCKER_BUILDKIT $*";;',
      'esac',
    );
    const log = new LogRecorder();
    const engine = await findEngine('docker', { PATH: `${bin}:/bin` }, { log });
    assert.equal(engine.version, '28.2.2');
    await writeFile(join(folder, 'Dockerfile'), 'FROM scratch\n');
    let output = '';
    const run = { ...quietRun(), onOutput: (chunk: string) => (output += chunk) };
    const request = { context: folder, dockerfile: join(folder, 'Dockerfile'), tags: ['app:1'] as [string] };
    // The stand-in writes no image id, so the build cannot succeed; what it was called with is the point.
    await assert.rejects(engine.build(request, run));
    assert.match(output, /^BUILDKIT=0 build --file/);
    assert.doesNotMatch(output, /--progress/);
  });
});
