/** Login programs that fail, hang, wait for somebody or are not to be found: what a person is told of them. */
import assert from 'node:assert/strict';
import { chmod, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { Clusters, type ClusterError } from '../../src/cluster/index.ts';
import { type PluginRun, runPlugin, type WaitingLogin } from '../../src/cluster/transport/plugin.ts';
import type { Log } from '../../src/platform/log.ts';
import { failureOf, fakeServer, temporaryFolder, until, writeKubeconfig } from './support.ts';

const folder = await temporaryFolder();
let programs = 0;

async function program(body: string, name = `login-${(programs += 1)}`): Promise<string> {
  const path = join(folder, name);
  await mkdir(join(path, '..'), { recursive: true });
  await writeFile(path, `#!/bin/sh\n${body}\n`);
  await chmod(path, 0o755);
  return path;
}

function run(
  command: string,
  more: Partial<PluginRun> & { env?: NodeJS.ProcessEnv; hint?: string } = {},
): Promise<string> {
  const { env = { PATH: '/usr/bin:/bin' }, hint = '', ...rest } = more;
  return runPlugin({
    plugin: {
      command,
      args: [],
      env: {},
      apiVersion: 'client.authentication.k8s.io/v1',
      provideClusterInfo: false,
      interactiveMode: 'IfAvailable',
      installHint: hint,
    },
    context: 'dev',
    info: '{}',
    surroundings: { env },
    signal: new AbortController().signal,
    ...rest,
  });
}

const answer = `echo '{"kind":"ExecCredential","status":{"token":"good"}}'`;

describe('the words of a program that fails', () => {
  const secret = 'eyJhbGciOiJSUzI1NiIsImtpZCI6.eyJzdWIiOiIxMjM0NTY3ODkwIn0.c2lnbmF0dXJl';
  const cases: Readonly<Record<string, [body: string, shown: RegExp, hidden?: RegExp]>> = {
    'are those on standard error': [
      'echo "some log"; echo "SSO session expired" >&2; exit 1',
      /login-\d+ says “SSO session expired”/,
    ],
    'stand on one line, without colours': [
      'printf "\\033[31mone\\033[0m\\n\\n  two.\\n" >&2; exit 1',
      /“one two”/,
    ],
    'set no title, hide no link and delete nothing': [
      // A title ended by BEL and by ST, one that does not end, a link, a string for the device, controls of 8 bits.
      String.raw`printf '\033]0;owned\007one \033]2;owned\033\\two \033]8;;http://evil.example\033\\three\033]8;;\033\\ \033Pq#owned\033\\four\033]0;owned\nfive\b\b\b\b\a\033[2J\033[1;1H\033c \033(Bsix\302\2332K \342\200\256seven\0\177' >&2; exit 1`,
      /“one two three four five six seven”/,
      /owned|evil|[\u0000-\u001f\u007f-\u009f\u202e]/,
    ],
    'hide no secret behind controls': [
      `printf 'token=\\033[31mabcdefghij\\033[0mklmnopqrst' >&2; exit 1`,
      /token=…/,
      /abcdef|klmnop/,
    ],
    'are those on standard output where there is nothing else': [
      'echo "not logged in"; exit 1',
      /“not logged in”/,
    ],
    'are never what could be a credential': [`${answer}; exit 1`, /“exit code 1”/, /good/],
    'hold no token': [`echo "debug: Authorization: Bearer ${secret}" >&2; exit 1`, /Bearer …/, /eyJ|c2ln/],
    'hold no password': [
      'echo "login failed: password=hunter22 client_secret: abcdef" >&2; exit 1',
      /password=…/,
      /hunter|abcdef/,
    ],
    'say why a token expired': [
      'echo "error: token expired: run tsh login" >&2; exit 1',
      /token expired: run tsh login/,
    ],
    'are the end of a traceback': [
      'printf "Traceback (most recent call last):\\n  File x\\nbotocore.exceptions.NoCredentialsError: Unable to locate credentials\\n" >&2; exit 255',
      /“botocore.*Unable to locate credentials”/,
      /File x/,
    ],
    'are not endless': ['yes "a long line of words" | head -c 2000000 >&2; exit 1', /^.{0,600}$/],
    'are the exit code where there are none': ['exit 7', /“exit code 7”/],
  };
  for (const [name, [body, shown, hidden]] of Object.entries(cases)) {
    test(name, async () => {
      const error = await failureOf(run(await program(body)));
      assert.equal(error.code, 'credentialPlugin');
      assert.match(error.message, shown);
      assert.match(error.message, /^dev needs a login: .*then Retry\.$/);
      if (hidden) assert.doesNotMatch(error.message, hidden);
    });
  }

  test('and nothing of what it printed goes to the log', async () => {
    const logged: string[] = [];
    const write = (text: string): void => void logged.push(text);
    const log: Log = { trace: write, debug: write, info: write, warn: write, error: write };
    const command = await program(`echo 'eyJhbGciOiJ.broken {"token":"half-a-secret'`);
    const server = await fakeServer((_, response) => response.writeHead(401).end());
    const file = await writeKubeconfig(join(folder, 'logged'), { server, user: { exec: { command } } });
    const clusters = new Clusters({ kubeconfigs: () => [file], env: process.env, log });
    const error = await failureOf((await clusters.session('test')).request('/'));
    clusters.dispose();
    const all = [...logged, error.stack, String(error.cause)].join('\n');
    assert.match(error.message, /no JSON/);
    assert.doesNotMatch(all, /half-a-secret|eyJ/);
  });
});

describe('a program that does not come to its end', () => {
  test('is ended after its time, with all it started', async () => {
    const pid = join(folder, 'hanging.pid');
    const command = await program(`sleep 600 & echo $! > ${pid}; wait`);
    const error = await failureOf(run(command, { limitMs: 500 }));
    assert.equal(error.code, 'credentialPlugin');
    assert.match(error.message, /gave no answer within 0\.5 s and was ended/);
    const child = Number(await readFile(pid, 'utf8'));
    await until('the end of its child', () => hasEnded(child));
  });

  test('is heard while it waits for a person, but not its answer', async () => {
    const command =
      await program(`echo "To sign in, open https://example.com/device and enter the code ABCD" >&2
sleep 3; ${answer}`);
    const heard: (WaitingLogin | null)[] = [];
    const surroundings = {
      env: { PATH: '/usr/bin:/bin' },
      loginWaits: (_: string, waiting: WaitingLogin | null) => void heard.push(waiting),
    };
    assert.match(await run(command, { surroundings }), /good/);
    assert.deepEqual(
      heard.map((waiting) => waiting?.words ?? null),
      ['To sign in, open https://example.com/device and enter the code ABCD', null],
    );
  });

  test('that answers at once is not heard', async () => {
    const heard: (WaitingLogin | null)[] = [];
    const surroundings = {
      env: { PATH: '/usr/bin:/bin' },
      loginWaits: (_: string, waiting: WaitingLogin | null) => void heard.push(waiting),
    };
    await run(await program(`echo "warning: old version" >&2; ${answer}`), { surroundings });
    assert.deepEqual(heard, [null]);
  });
});

describe('where a program is looked for', () => {
  const shellOf = async (path: string): Promise<string> =>
    program(`echo "Welcome! PATH=/wrong"\nPATH="${path}:$PATH"\nexport PATH\nexec /bin/sh -c "$2"`);

  test('a bare name on the PATH, and where that is poor, on the one of the login shell, for its children too', async () => {
    await program(answer, 'tools/cloud-helper');
    await program('exec cloud-helper', 'tools/cloud-login');
    const env = { PATH: '/usr/bin:/bin', SHELL: await shellOf(join(folder, 'tools')) };
    assert.match(await run('cloud-login', { env }), /good/);
    const error = await failureOf(run('cloud-login', { env: { PATH: '/usr/bin:/bin' } }));
    assert.match(error.message, /cloud-login to log in, and it is not in PATH/);
  });

  test('a login shell that fails, or is none, changes nothing', async () => {
    for (const shell of ['/nowhere/zsh', await program('exit 1'), await program('echo nonsense')]) {
      const error = await failureOf(run('cloud-login', { env: { PATH: '/usr/bin:/bin', SHELL: shell } }));
      assert.match(error.message, /not in PATH/);
    }
  });

  test('never in the working folder, whatever the PATH says', async () => {
    await program(answer, 'here-login');
    const before = process.cwd();
    process.chdir(folder);
    try {
      for (const path of ['.', '', 'tools:.']) {
        assert.match((await failureOf(run('here-login', { env: { PATH: path } }))).message, /not in PATH/);
      }
    } finally {
      process.chdir(before);
    }
  });

  test('a relative path in the folder of the kubeconfig', async () => {
    await program(answer, 'kube/bin/login');
    const server = await fakeServer((request, response) => {
      response.statusCode = request.headers.authorization === 'Bearer good' ? 200 : 401;
      response.end('{}');
    });
    const exec = { command: './bin/login', apiVersion: 'client.authentication.k8s.io/v1' };
    const file = await writeKubeconfig(join(folder, 'kube/config'), { server, user: { exec } });
    const clusters = new Clusters({
      kubeconfigs: () => [file],
      env: { PATH: '/usr/bin:/bin' },
      log: { trace() {}, debug() {}, info() {}, warn() {}, error() {} },
    });
    await (await clusters.session('test')).request('/');
    clusters.dispose();
  });

  test('one that is missing is told with the hint of the kubeconfig', async () => {
    const hint = 'Install it from https://example.com.';
    const missing: readonly Promise<ClusterError>[] = ['no-such-login', join(folder, 'no-such-file')].map(
      (command) => failureOf(run(command, { hint })),
    );
    for (const error of await Promise.all(missing)) {
      assert.match(
        error.message,
        /needs the program .*no-such-\w+ to log in.*Install it from https:\/\/example\.com/,
      );
    }
  });

  test('one that may not be run is told so', async () => {
    const command = await program(answer);
    await chmod(command, 0o644);
    assert.match((await failureOf(run(command))).message, /may not be run\. Make it executable/);
  });
});

async function hasEnded(pid: number): Promise<boolean> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => null);
  return stat === null || / Z /.test(stat);
}
