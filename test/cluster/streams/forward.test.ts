import assert from 'node:assert/strict';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import http from 'node:http';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { join } from 'node:path';
import { after, describe, test } from 'node:test';
import { type Forward, openForward, type Session, type WorkloadRef } from '../../../src/cluster/index.ts';
import { formatMessage } from '../../../src/core/index.ts';
import {
  deployment,
  failureOf,
  sessionOf,
  sessionWithoutRights,
  temporaryFolder,
  until,
  writeKubeconfig,
} from '../support.ts';
import { readyPod, readyPods } from './pods.ts';
import { streamsScene, throughProxy } from './scene.ts';

const { cluster, namespace, session } = await streamsScene('forward');
const { proxy, proxied } = await throughProxy(cluster.kubeconfig);
const folder = await temporaryFolder();

const image = `${cluster.registry}/app:1`;
const ports = [{ name: 'http', containerPort: 8080 }];
const web: WorkloadRef = { apiVersion: 'apps/v1', kind: 'Deployment', namespace, name: 'web' };
const service: WorkloadRef = { apiVersion: 'v1', kind: 'Service', namespace, name: 'web' };

await create('apps/v1', 'deployments', webDeployment());
await create('v1', 'services', {
  metadata: { name: 'web' },
  spec: { selector: { app: 'web' }, ports: [{ name: 'main', port: 80, targetPort: 'http' }] },
});
await until('a pod of web', async () => (await webPods()).length === 1);

function webDeployment(): Record<string, unknown> {
  const labels = { app: 'web' };
  return deployment('web', image, {
    template: {
      metadata: { labels },
      spec: { terminationGracePeriodSeconds: 0, containers: [{ name: 'app', image, ports }] },
    },
  });
}

async function create(apiVersion: string, plural: string, body: object): Promise<void> {
  const root = apiVersion.includes('/') ? 'apis' : 'api';
  await session.request(`/${root}/${apiVersion}/namespaces/${namespace}/${plural}`, { method: 'POST', body });
}

async function webPods(): Promise<readonly string[]> {
  return (await readyPods(session, namespace)).filter((name) => name.startsWith('web-'));
}

/** Ends with the test. */
async function forward(
  ref: WorkloadRef,
  port: number,
  { localPort = null, through = session }: { localPort?: number | null; through?: Session } = {},
): Promise<Forward> {
  const opened = await openForward(through, ref, { port, localPort });
  after(() => opened.dispose());
  return opened;
}

/** The body of the answer; rejects when the connection fails. */
function get({ localPort }: Forward, path = '/', agent?: http.Agent): Promise<string> {
  return new Promise((resolve, reject) => {
    const options = { host: '127.0.0.1', port: localPort, path, ...(agent && { agent }) };
    const request = http.get(options, (response) => {
      let body = '';
      response.setEncoding('utf8').on('data', (text: string) => (body += text));
      response.on('end', () => resolve(body)).on('error', reject);
    });
    request.on('error', reject);
  });
}

/** Resolves when it is closed, in order or not. */
function closing(socket: Socket): Promise<void> {
  return new Promise((resolve) => socket.once('close', () => resolve()));
}

const live = ({ state }: Forward): boolean => state.phase === 'live';

function reason({ state }: Forward): string {
  return 'reason' in state ? formatMessage(state.reason) : '';
}

describe('a port of this machine leads', () => {
  test('to a pod of a workload, to a port of a Service by its name, to a pod', async () => {
    const [pod = ''] = await webPods();
    const refs = [
      { ref: web, port: 8080 },
      { ref: service, port: 80 },
      { ref: { apiVersion: 'v1', kind: 'Pod', namespace, name: pod }, port: 8080 },
    ];
    for (const { ref, port } of refs) {
      const opened = await forward(ref, port);
      await until(`${ref.kind} to be live`, () => live(opened));
      assert.equal(await get(opened), '1\n');
      assert.deepEqual(opened.state, { phase: 'live', pod });
      await until('the connection to end', () => opened.traffic.open === 0);
      const { total, sent, received } = opened.traffic;
      assert.equal(total, 1);
      assert.ok(sent > 20 && received > 20, `${sent} sent, ${received} received`);
      opened.dispose();
    }
  });

  test('with the same number where it is free, else with another, and never to other machines', async () => {
    const taken = createServer().listen(0, '127.0.0.1');
    await once(taken, 'listening');
    after(() => taken.close());
    const { port } = taken.address() as AddressInfo;
    const other = await forward(web, port);
    assert.notEqual(other.localPort, port);
    const error = await failureOf(forward(web, 8080, { localPort: port }));
    assert.match(error.message, new RegExp(`Port ${port} of this machine cannot be opened`));
    taken.close();
    await once(taken, 'close');
    const same = await forward(web, port);
    assert.equal(same.localPort, port);
    const addresses = await listeners(port);
    assert.deepEqual(addresses, ['127.0.0.1']);
  });

  test('for fifty at once', async () => {
    const opened = await forward(web, 8080);
    const agent = new http.Agent({ maxSockets: 50 });
    const answers = await Promise.all(Array.from({ length: 50 }, () => get(opened, '/', agent)));
    assert.deepEqual([...new Set(answers)], ['1\n']);
    assert.equal(opened.traffic.total, 50);
    await until('all to end', () => opened.traffic.open === 0);
  });

  test('whole: megabytes arrive as they are', async () => {
    const pod = (await webPods())[0] ?? '';
    await cluster.kubectl(['exec', '-n', namespace, pod, '--', 'sh', '-c', 'seq 1 700000 >/www/numbers']);
    const numbers = await get(await forward(web, 8080), '/numbers');
    assert.equal(numbers.length, 4_788_895);
    assert.equal(numbers.slice(-14), '699999\n700000\n');
  });

  test('for a program that has said all and waits for its answer', async () => {
    const slow = [
      'sh',
      '-c',
      'while true; do nc -l -p 7000 -e sh -c "read x; sleep 3; echo late \\$x"; done',
    ];
    await readyPod(session, namespace, 'slow', [{ name: 'app', image, command: slow }]);
    const opened = await forward({ apiVersion: 'v1', kind: 'Pod', namespace, name: 'slow' }, 7000);
    await until('it to be live', () => live(opened));
    const local = connect({ host: '127.0.0.1', port: opened.localPort, allowHalfOpen: true });
    local.end('question\n');
    let answer = '';
    for await (const chunk of local) answer += String(chunk);
    assert.equal(answer, 'late question\n');
    await until('the connection to end', () => opened.traffic.open === 0);
  });
});

describe('when the cluster changes', () => {
  test('a pod that goes is followed by the next; who connects in between waits for it', async () => {
    const opened = await forward(service, 80);
    await until('it to be live', () => live(opened));
    const [pod = ''] = await webPods();
    await session.request(`/api/v1/namespaces/${namespace}/pods/${pod}`, { method: 'DELETE' });
    await until('the pod to be let go', () => opened.state.phase !== 'live' || opened.state.pod !== pod);
    assert.equal(await get(opened), '1\n');
    assert.ok(opened.state.phase === 'live' && opened.state.pod !== pod);
  });

  test('a workload without pods is waited for', async () => {
    const scale = (replicas: number): Promise<unknown> =>
      session.request(`/apis/apps/v1/namespaces/${namespace}/deployments/web`, {
        method: 'PATCH',
        contentType: 'application/merge-patch+json',
        body: { spec: { replicas } },
      });
    const opened = await forward(web, 8080);
    await until('it to be live', () => live(opened));
    await scale(0);
    await until('the pods to go', () => opened.state.phase === 'waiting');
    assert.match(reason(opened), /waiting for a pod/);
    const answer = get(opened);
    await scale(1);
    assert.equal(await answer, '1\n');
  });

  test('a pod by its own name is gone for good', async () => {
    await readyPod(session, namespace, 'single', [{ name: 'app', image }]);
    const opened = await forward({ apiVersion: 'v1', kind: 'Pod', namespace, name: 'single' }, 8080);
    await until('it to be live', () => live(opened));
    await session.request(`/api/v1/namespaces/${namespace}/pods/single`, { method: 'DELETE' });
    await until('it to be told', () => opened.state.phase === 'failed');
    assert.match(reason(opened), /single is gone from bench\. Forward its workload/);
  });

  test('the API server is cut off and comes back', async () => {
    const opened = await forward(web, 8080, { through: proxied });
    await until('it to be live', () => live(opened));
    assert.equal(await get(opened), '1\n');
    const held = connect({ host: '127.0.0.1', port: opened.localPort });
    const ended = closing(held);
    held.on('error', () => undefined);
    await until('the connection', () => opened.traffic.open === 1);
    await until(
      'its tunnel',
      () => proxy.requests.filter(({ path }) => path.includes('portforward')).length === 2,
    );
    proxy.fail({ kind: 'reset' }, () => true);
    proxy.cut();
    await ended;
    await assert.rejects(get(opened), /ECONNRESET|socket hang up/);
    await until('it to be told', () => opened.state.phase !== 'live');
    assert.match(reason(opened), /Check the network or VPN/);
    proxy.heal();
    assert.equal(await get(opened), '1\n');
    await until('it to be live again', () => live(opened));
  });

  test('the session ends: so do the port and all connections', async () => {
    const other = await sessionOf(await writeKubeconfig(join(folder, 'other'), { server: proxy.url }));
    const opened = await forward(web, 8080, { through: other });
    await until('it to be live', () => live(opened));
    const held = connect({ host: '127.0.0.1', port: opened.localPort });
    held.on('error', () => undefined);
    await until('the connection', () => opened.traffic.open === 1);
    other.dispose();
    await closing(held);
    assert.ok(opened.ended.aborted);
    await assert.rejects(get(opened), /ECONNREFUSED/);
  });
});

test('the session ends while a forward is being opened: no port is left open', async () => {
  const other = await sessionOf(await writeKubeconfig(join(folder, 'late'), { server: proxy.url }));
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address() as AddressInfo;
  probe.close();
  await once(probe, 'close');
  const error = await failureOf(openForward(endingWithAnswer(other), web, { port: 8080, localPort: port }));
  assert.equal(error.code, 'cancelled');
  await until('the port to close', async () => (await listeners(port)).length === 0);
  const watches = proxy.requests.filter(({ watch }) => watch).length;
  await new Promise((resolve) => setTimeout(resolve, 100));
  assert.equal(proxy.requests.filter(({ watch }) => watch).length, watches);
});

/** The session, which ends right after it has handed an answer over. */
function endingWithAnswer(ending: Session): Session {
  const request = async <T>(...args: Parameters<Session['request']>): Promise<T> => {
    const answer = await ending.request<T>(...args);
    process.nextTick(() => ending.dispose());
    return answer;
  };
  return new Proxy(ending, {
    get: (target, key) => {
      const value: unknown = key === 'request' ? request : Reflect.get(target, key, target);
      return typeof value === 'function' ? (value.bind(target) as unknown) : value;
    },
  });
}

describe('what cannot be forwarded says why', () => {
  test('nobody listens there', async () => {
    const opened = await forward(web, 9999);
    await until('it to be live', () => live(opened));
    await assert.rejects(get(opened), /ECONNRESET|socket hang up/);
    assert.match(reason(opened), /Nothing listens on port 9999 of web-.* in bench/);
  });

  test('a Service names a port that no container has', async () => {
    await create('v1', 'services', {
      metadata: { name: 'odd' },
      spec: { selector: { app: 'web' }, ports: [{ port: 80, targetPort: 'grpc' }] },
    });
    const opened = await forward({ ...service, name: 'odd' }, 80);
    await until('it to be live', () => live(opened));
    await assert.rejects(get(opened), /ECONNRESET|socket hang up/);
    assert.match(reason(opened), /No container of web-.* names a port grpc/);
  });

  test('a Service without pods, an object that is gone', async () => {
    await create('v1', 'services', { metadata: { name: 'outside' }, spec: { ports: [{ port: 80 }] } });
    const outside = await failureOf(forward({ ...service, name: 'outside' }, 80));
    assert.match(outside.message, /Service outside in bench selects no pods/);
    assert.equal((await failureOf(forward({ ...service, name: 'gone' }, 80))).code, 'notFound');
  });

  test('the person may not', async () => {
    const reader = await sessionWithoutRights(session, cluster.kubeconfig);
    assert.equal((await failureOf(forward(web, 8080, { through: reader }))).code, 'forbidden');
  });
});

/** Addresses of this machine on which a port is listened to, as the kernel knows them. */
async function listeners(port: number): Promise<readonly string[]> {
  const wanted = port.toString(16).toUpperCase().padStart(4, '0');
  const tables = await Promise.all(['tcp', 'tcp6'].map((table) => readFile(`/proc/net/${table}`, 'utf8')));
  return tables
    .join('\n')
    .split('\n')
    .map((line) => line.trim().split(/\s+/))
    .filter(([, local = '', , state]) => local.endsWith(`:${wanted}`) && state === '0A')
    .map(([, local = '']) => (local === `0100007F:${wanted}` ? '127.0.0.1' : local));
}
