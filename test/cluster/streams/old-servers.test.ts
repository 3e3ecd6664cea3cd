/** Servers and gateways that speak only the older protocol of exec and attach. */
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { after, describe, test } from 'node:test';
import { Clusters, exec, openShell, type RemoteProcess, type Session } from '../../../src/cluster/index.ts';
import { silentLog } from '../../../src/platform/log.ts';
import { FaultProxy } from '../../harness/proxy.ts';
import { sharedCluster } from '../../harness/shared.ts';
import { failureOf, sessionOf, temporaryFolder, until, writeKubeconfig } from '../support.ts';
import { readyPod } from './pods.ts';

const cluster = await sharedCluster('node');
const namespace = `old-streams-${process.pid}`;
await cluster.kubectl(['create', 'namespace', namespace]);
after(async () => {
  await cluster.kubectl(['delete', 'namespace', namespace, '--wait=false']);
  await cluster.release();
});
const session = await sessionOf(cluster.kubeconfig);
const folder = await temporaryFolder();
const proxy = await FaultProxy.start(cluster.kubeconfig);
after(() => proxy.stop());
const file = await writeKubeconfig(join(folder, 'proxied'), { server: proxy.url });
const proxied = await sessionOf(file);

await readyPod(session, namespace, 'web', [{ name: 'app', image: `${cluster.registry}/app:1` }]);
const app = { namespace, pod: 'web', container: 'app' };

interface Started {
  readonly running: RemoteProcess;
  readonly said: () => string;
}

async function start(
  command: readonly string[],
  stdin = false,
  through: Session = proxied,
): Promise<Started> {
  let said = '';
  const onOutput = (chunk: Buffer): void => void (said += chunk.toString());
  const running = await exec(through, app, { command, tty: false, stdin, onOutput });
  return { running, said: () => said };
}

const stdin = 0;
const endOfInput = 255;

/** The session, of whose WebSockets it is noted to which channels something is sent. */
function recorded(sent: number[]): Session {
  const webSocket: Session['webSocket'] = async (...args) => {
    const socket = await proxied.webSocket(...args);
    return {
      protocol: socket.protocol,
      messages: socket.messages,
      send: (payload) => {
        sent.push(payload[0] ?? -1);
        return socket.send(payload);
      },
      close: () => socket.close(),
    };
  };
  return new Proxy(proxied, {
    get: (target, key) => {
      const value: unknown = key === 'webSocket' ? webSocket : Reflect.get(target, key, target);
      return typeof value === 'function' ? (value.bind(target) as unknown) : value;
    },
  });
}

describe('where only v4.channel.k8s.io is spoken', () => {
  test('programs run, are written to and tell their exit code', async () => {
    proxy.speakOnly('v4.channel.k8s.io');
    const { running, said } = await start(['sh', '-c', 'read line; echo "<$line>"; exit 4'], true);
    await running.write(Buffer.from('hello\n'));
    assert.equal(await running.ended, 4);
    assert.equal(said(), '<hello>\n');
    const missing = await start(['no-such-program']).then(({ running: { ended } }) => failureOf(ended));
    assert.equal(missing.code, 'notFound');
    proxy.heal();
  });

  test('the end of the input, for which it has no word, harms nothing', async () => {
    proxy.speakOnly('v4.channel.k8s.io');
    const sent: number[] = [];
    const { running, said } = await start(['cat'], true, recorded(sent));
    await running.write(Buffer.from('one\n'));
    await until('the first line', () => said() === 'one\n');
    running.endInput();
    await running.write(Buffer.from('two\n'));
    await until('the second line', () => said() === 'one\ntwo\n');
    assert.deepEqual(sent, [stdin, stdin]);
    running.close();
    assert.equal(await running.ended, null);
    proxy.heal();
    sent.length = 0;
    const newer = await start(['cat'], true, recorded(sent));
    newer.running.endInput();
    assert.equal(await newer.running.ended, 0);
    assert.deepEqual(sent, [endOfInput]);
  });

  test('a terminal has its size and is hung up', async () => {
    proxy.speakOnly('v4.channel.k8s.io');
    let said = '';
    const shell = await openShell(proxied, app, 'sh', { onOutput: (chunk) => void (said += String(chunk)) });
    shell.resize(91, 31);
    await shell.write(Buffer.from('busybox stty size; sleep 8765\n'));
    await until('its size', () => said.includes('\n31 91\r'));
    shell.close();
    const sleeps = async (): Promise<boolean> => {
      const { running, said: listed } = await start(['ps'], false, session);
      await running.ended;
      return listed().includes('sleep 8765');
    };
    await until('it to end', async () => !(await sleeps()));
    proxy.heal();
  });

  test('where neither is spoken, it is said that nothing comes of it', async () => {
    proxy.speakOnly('v1.other.example');
    assert.notEqual((await failureOf(start(['true']))).code, 'cancelled');
    proxy.heal();
  });
});

test('a shell that cannot be hung up is named in the log', async () => {
  const warnings: string[] = [];
  const log = { ...silentLog, warn: (text: string) => void warnings.push(text) };
  const clusters = new Clusters({ kubeconfigs: () => [file], env: {}, log });
  after(() => clusters.dispose());
  const through = await clusters.session('test');
  let said = '';
  const shell = await openShell(through, app, 'sh', { onOutput: (chunk) => void (said += String(chunk)) });
  await shell.write(Buffer.from('echo num""ber $$\n'));
  await until('its number', () => /number \d+\r\n/.test(said));
  const [, number = ''] = /number (\d+)/.exec(said) ?? [];
  const refusal = JSON.stringify({ kind: 'Status', status: 'Failure', code: 403, reason: 'Forbidden' });
  proxy.fail({ kind: 'answer', status: 403, body: refusal }, ({ path }) => path.includes('/exec'));
  shell.close();
  await until('the warning', () => warnings.length > 0);
  assert.match(warnings.join('\n'), new RegExp(`^web: the shell ${number} goes on running: ClusterError: `));
  proxy.heal();
});
