import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import {
  attach,
  exec,
  findShell,
  openShell,
  type ProcessOptions,
  type RemoteProcess,
  type Session,
} from '../../../src/cluster/index.ts';
import {
  failureOf,
  sessionOf,
  sessionWithoutRights,
  temporaryFolder,
  until,
  writeKubeconfig,
} from '../support.ts';
import { readyPod } from './pods.ts';
import { streamsScene, throughProxy } from './scene.ts';

const { cluster, namespace, session } = await streamsScene('streams');
const { proxy, proxied } = await throughProxy(cluster.kubeconfig);
const folder = await temporaryFolder();

const image = `${cluster.registry}/app:1`;
const shell = { command: ['/bin/sh'], stdin: true, tty: true };
await readyPod(session, namespace, 'web', [
  { name: 'app', image },
  { name: 'shell', image, ...shell },
  { name: 'printer', image, command: ['sh', '-c', 'while sleep 1; do echo tick; done'] },
]);
const app = { namespace, pod: 'web', container: 'app' };

/** A process and what it has said so far. */
interface Started extends RemoteProcess {
  readonly said: () => string;
  readonly complained: () => string;
  readonly bytes: () => Buffer;
}

async function start(
  command: readonly string[],
  options: Partial<ProcessOptions> & { readonly through?: Session; readonly target?: typeof app } = {},
): Promise<Started> {
  const { through = session, target = app, ...rest } = options;
  const out = { stdout: [] as Buffer[], stderr: [] as Buffer[] };
  const running = await exec(through, target, {
    command,
    tty: false,
    stdin: false,
    onOutput: (chunk, from) => void out[from].push(chunk),
    ...rest,
  });
  return Object.assign(running, {
    said: () => Buffer.concat(out.stdout).toString(),
    complained: () => Buffer.concat(out.stderr).toString(),
    bytes: () => Buffer.concat(out.stdout),
  });
}

describe('a program in a container', () => {
  test('its two outputs and its exit code are told apart', async () => {
    const running = await start(['sh', '-c', 'echo out; echo err >&2; exit 3']);
    assert.equal(await running.ended, 3);
    assert.deepEqual([running.said(), running.complained()], ['out\n', 'err\n']);
    assert.equal(await (await start(['true'])).ended, 0);
  });

  test('arguments arrive as they are', async () => {
    const odd = ['a b', '"', "'; echo no", '$HOME', '*', '', 'ü漢🐳', 'x&y=z#%41+1'];
    const running = await start(['sh', '-c', 'for each; do echo "<$each>"; done', 'sh', ...odd]);
    await running.ended;
    assert.equal(running.said(), odd.map((each) => `<${each}>\n`).join(''));
  });

  test('a megabyte of any bytes goes there and back unharmed, and the end of the input is told', async () => {
    const data = randomBytes(1 << 20);
    const running = await start(['cat'], { stdin: true });
    await running.write(data);
    running.endInput();
    assert.equal(await running.ended, 0);
    assert.ok(running.bytes().equals(data), `${running.bytes().length} bytes came back`);
  });

  test('an output nobody takes makes the program wait instead of filling the memory', async () => {
    let release: () => void = () => undefined;
    const held = new Promise<void>((resolve) => (release = resolve));
    let taken = 0;
    const running = await exec(session, app, {
      command: ['sh', '-c', 'yes | head -c 50000000'],
      tty: false,
      stdin: false,
      onOutput: async ({ length }) => {
        taken += length;
        await held;
      },
    });
    const before = process.memoryUsage().arrayBuffers;
    await new Promise((resolve) => setTimeout(resolve, 1_000));
    assert.ok(taken < 1_000_000, `${taken} bytes were handed over`);
    assert.ok(process.memoryUsage().arrayBuffers - before < 10_000_000);
    release();
    assert.equal(await running.ended, 0);
    assert.equal(taken, 50_000_000);
  });

  test('a terminal has the size it is given, and takes Ctrl+C', async () => {
    const running = await start(['sh'], { tty: true, stdin: true });
    running.resize(101, 37);
    await running.write(Buffer.from('busybox stty size\n'));
    await until('the size', () => running.said().includes('\n37 101\r'));
    running.resize(77, 11);
    await running.write(Buffer.from('busybox stty size\n'));
    await until('the other size', () => running.said().includes('\n11 77\r'));
    await running.write(Buffer.from('echo beg""un; sleep 300\n'));
    await until('the command', () => running.said().includes('\nbegun'));
    await running.write(Buffer.from('\u0003'));
    await running.write(Buffer.from('exit 7\n'));
    assert.equal(await running.ended, 7);
  });

  test('what a container was started with can be attached to', async () => {
    let said = '';
    const running = await attach(
      session,
      { ...app, container: 'shell' },
      {
        tty: true,
        stdin: true,
        onOutput: (chunk) => void (said += chunk.toString()),
      },
    );
    await running.write(Buffer.from('echo at""tached\n'));
    await until('its answer', () => said.includes('attached'));
    running.close();
    assert.equal(await running.ended, null);
    let ticks = '';
    const printer = await attach(
      session,
      { ...app, container: 'printer' },
      {
        tty: false,
        stdin: false,
        onOutput: (chunk) => void (ticks += chunk.toString()),
      },
    );
    await until('what it prints', () => ticks.includes('tick'));
    printer.close();
  });
});

describe('a program that cannot run says why', () => {
  test('there is no such program', async () => {
    for (const program of ['nosuch', '/bin/nosuch']) {
      const error = await failureOf((await start([program])).ended);
      assert.equal(error.code, 'notFound');
      assert.match(error.message, new RegExp(`app in .* holds no program ${program}`));
    }
  });

  test('there is no such pod, or container', async () => {
    const pod = await failureOf(start(['true'], { target: { ...app, pod: 'gone' } }));
    assert.equal(pod.code, 'notFound');
    assert.match(pod.message, /no pods gone/);
    const container = await failureOf(start(['true'], { target: { ...app, container: 'gone' } }));
    assert.equal(container.status, 400);
    assert.match(container.message, /container gone is not valid for pod web/);
  });

  test('the person may not', async () => {
    const reader = await sessionWithoutRights(session, cluster.kubeconfig);
    const error = await failureOf(start(['true'], { through: reader }));
    assert.equal(error.code, 'forbidden');
    assert.match(error.message, /pods\/exec/);
  });
});

describe('a program whose connection ends', () => {
  test('the pod is deleted', async () => {
    await readyPod(session, namespace, 'doomed', [{ name: 'app', image }]);
    const running = await start(['sleep', '300'], { target: { ...app, pod: 'doomed' } });
    await session.request(`/api/v1/namespaces/${namespace}/pods/doomed`, { method: 'DELETE' });
    // Killed, or cut off before anybody could tell.
    const code = await running.ended.catch((error: unknown) => error);
    if (code !== 137) assert.equal((code as { code?: string }).code, 'unreachable', String(code));
  });

  test('the API server is cut off', async () => {
    const running = await start(['sleep', '300'], { through: proxied });
    proxy.cut();
    const error = await failureOf(running.ended);
    assert.equal(error.code, 'unreachable');
    assert.match(error.message, /The connection to test was cut/);
  });

  test('nothing comes any more, not even an answer to a ping', async () => {
    const running = await start(['sleep', '300'], { through: proxied, heartbeatMs: 50 });
    // Quiet, but alive.
    await new Promise((resolve) => setTimeout(resolve, 300));
    proxy.freezeSockets();
    const error = await failureOf(running.ended);
    assert.match(error.message, /no sign of life/);
  });

  test('an abort ends it, and leaves no socket', async () => {
    const before = proxy.connections;
    const controller = new AbortController();
    const running = await start(['sleep', '300'], { through: proxied, signal: controller.signal });
    controller.abort();
    assert.equal(await running.ended, null);
    await until('the socket to close', () => proxy.connections <= before);
    const late = new AbortController();
    const opening = start(['true'], { through: proxied, signal: late.signal });
    late.abort();
    assert.equal((await failureOf(opening)).code, 'cancelled');
  });

  test('so does the end of the session', async () => {
    const other = await sessionOf(await writeKubeconfig(join(folder, 'other'), { server: proxy.url }));
    const before = proxy.connections;
    const running = await start(['sleep', '300'], { through: other });
    other.dispose();
    assert.equal(await running.ended, null);
    await until('the socket to close', () => proxy.connections <= before);
  });
});

describe('a shell', () => {
  test('the best there is, is found', async () => {
    assert.equal(await findShell(session, app), 'sh');
    const error = await failureOf(findShell(session, { ...app, container: 'gone' }));
    assert.match(error.message, /container gone is not valid/);
    const reader = await sessionWithoutRights(session, cluster.kubeconfig);
    assert.equal((await failureOf(findShell(reader, app))).code, 'forbidden');
  });

  test('a container without any is told apart from one that cannot be reached', async () => {
    await readyPod(session, namespace, 'bare', [{ name: 'app', image: `${cluster.registry}/bare:1` }]);
    const error = await failureOf(findShell(session, { ...app, pod: 'bare' }));
    assert.equal(error.code, 'notFound');
    assert.match(error.message, /app in bench has no shell/);
  });

  test('closing its terminal ends it and what runs in it', async () => {
    let said = '';
    const shell = await openShell(session, app, 'sh', { onOutput: (chunk) => void (said += String(chunk)) });
    await shell.write(Buffer.from('echo num""ber $$; sleep 4321\n'));
    await until('its number', () => /number \d+\r\n/.test(said));
    assert.doesNotMatch(said, /^\d+\r\n/);
    await until('its command', async () => (await processes()).includes('sleep 4321'));
    shell.close();
    assert.equal(await shell.ended, null);
    await until('it to end', async () => !(await processes()).includes('sleep 4321'));
    const [, number = ''] = /number (\d+)/.exec(said) ?? [];
    assert.doesNotMatch(await processes(), new RegExp(`^ *${number} `, 'm'));
  });

  test('its exit code is told', async () => {
    const shell = await openShell(session, app, 'sh', { onOutput: () => undefined });
    await shell.write(Buffer.from('exit 5\n'));
    assert.equal(await shell.ended, 5);
  });
});

async function processes(): Promise<string> {
  const running = await start(['ps']);
  await running.ended;
  return running.said();
}

describe('the login', () => {
  test('a refused one is renewed once', async () => {
    const status = { kind: 'Status', status: 'Failure', code: 401 };
    proxy.fail(
      { kind: 'answer', status: 401, body: JSON.stringify(status) },
      ({ path }) => path.includes('/exec'),
      1,
    );
    assert.equal(await (await start(['true'], { through: proxied })).ended, 0);
    proxy.fail({ kind: 'answer', status: 401, body: JSON.stringify(status) }, ({ path }) =>
      path.includes('/exec'),
    );
    assert.equal((await failureOf(start(['true'], { through: proxied }))).code, 'unauthorized');
    proxy.heal();
  });

  test('something between that knows no WebSockets is named as such', async () => {
    const matches = ({ path }: { path: string }): boolean => path.includes('/exec');
    proxy.fail({ kind: 'answer', status: 400, body: 'Upgrade request required' }, matches, 1);
    const error = await failureOf(start(['true'], { through: proxied }));
    assert.match(error.message, /lets no WebSocket through/);
    proxy.fail({ kind: 'answer', status: 200, body: '{}' }, matches, 1);
    assert.match(
      (await failureOf(start(['true'], { through: proxied }))).message,
      /lets no WebSocket through/,
    );
  });
});
