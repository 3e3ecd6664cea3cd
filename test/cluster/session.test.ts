import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { join } from 'node:path';
import { after, describe, test } from 'node:test';
import { canI, readObject, serverVersion, type Session } from '../../src/cluster/index.ts';
import { sharedCluster } from '../harness/shared.ts';
import {
  addressOf,
  configMap,
  failureOf,
  fakeServer,
  freshNamespace,
  sessionOf,
  sessionWithoutRights,
  temporaryFolder,
  writeKubeconfig,
} from './support.ts';

const folder = await temporaryFolder();
const cluster = await sharedCluster('api');
after(() => cluster.release());
const session = await sessionOf(cluster.kubeconfig);

test('the server says its version', async () => {
  assert.match(await serverVersion(session), /^v1\.\d+/);
});

test('so it does through a proxy, under TLS to the server itself', async () => {
  const asked: string[] = [];
  const proxy = createServer().on('connect', (request, socket) => {
    asked.push(String(request.url));
    const { hostname, port } = new URL(`http://${request.url}`);
    const target = connect(Number(port), hostname, () => {
      socket.write('HTTP/1.1 200 OK\r\n\r\n');
      target.pipe(socket).pipe(target);
    });
    for (const end of [socket, target]) end.on('error', () => target.destroy());
  });
  await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
  after(() => proxy.close());
  const { server, ca, user } = await addressOf(cluster.kubeconfig);
  const proxied = { ...ca, 'proxy-url': `http://127.0.0.1:${(proxy.address() as AddressInfo).port}` };
  const file = await writeKubeconfig(join(folder, 'proxied'), { server, cluster: proxied, user });
  const through = await sessionOf(file);
  assert.equal(await serverVersion(through), await serverVersion(session));
  await through.request('/api');
  assert.equal(asked.length, 1);
  through.dispose();
});

describe('discovery', () => {
  test('knows kinds of all groups, their scope and whether they scale', async () => {
    const known = await session.resources();
    assert.deepEqual(known.failedGroups, []);
    const deployment = known.find('apps/v1', 'Deployment');
    assert.deepEqual(
      [deployment?.plural, deployment?.namespaced, deployment?.scalable, deployment?.group],
      ['deployments', true, true, 'apps'],
    );
    const namespace = known.find('v1', 'Namespace');
    assert.deepEqual(
      [namespace?.plural, namespace?.namespaced, namespace?.scalable],
      ['namespaces', false, false],
    );
    assert.equal(known.find('apps/v1', 'Namespace'), null);
  });

  test('an unknown kind is not found, and says which', async () => {
    const error = await failureOf(session.resource('apps/v1', 'Deploymnet'));
    assert.equal(error.code, 'notFound');
    assert.match(error.message, /Deploymnet.*apps\/v1/);
  });

  test('an older server is asked group by group, and gives the same answer', async () => {
    const old = await fakeServer((request, response) => {
      session
        .request(request.url ?? '/', { headers: { accept: 'application/json' } })
        .then((answer) => response.end(JSON.stringify(answer)))
        .catch((error: unknown) => response.writeHead(500).end(String(error)));
    });
    const oldSession = await sessionOf(await writeKubeconfig(join(folder, 'old'), { server: old }));
    const sorted = async (of: Session): Promise<string[]> =>
      (await of.resources()).resources
        .map(({ apiVersion, kind, plural, namespaced, scalable }) =>
          [apiVersion, kind, plural, namespaced, scalable].join(' '),
        )
        .sort();
    assert.deepEqual(await sorted(oldSession), await sorted(session));
  });

  test('a group that is down does not hide the others', async () => {
    const down = await fakeServer((request, response) => {
      if (request.url === '/apis/apps/v1') {
        response.writeHead(503).end('{}');
        return;
      }
      session
        .request(request.url ?? '/')
        .then((answer) => response.end(JSON.stringify(answer)))
        .catch((error: unknown) => response.writeHead(500).end(String(error)));
    });
    const known = await (
      await sessionOf(await writeKubeconfig(join(folder, 'down'), { server: down }))
    ).resources();
    assert.deepEqual(known.failedGroups, ['apps/v1']);
    assert.notEqual(known.find('v1', 'Pod'), null);
  });
});

describe('what goes wrong has a code and a sentence', () => {
  test('a wrong token', async () => {
    const { server, ca } = await addressOf(cluster.kubeconfig);
    const file = await writeKubeconfig(join(folder, 'wrong'), {
      context: 'dev',
      server,
      cluster: ca,
      user: { token: 'wrong' },
    });
    const error = await failureOf((await sessionOf(file)).request('/api/v1/pods'));
    assert.deepEqual([error.code, error.status, error.context], ['unauthorized', 401, 'dev']);
    assert.match(error.message, /^dev refused the login/);
  });

  test('a certificate nobody vouches for', async () => {
    const { server } = await addressOf(cluster.kubeconfig);
    const file = await writeKubeconfig(join(folder, 'untrusted'), { context: 'dev', server });
    const error = await failureOf((await sessionOf(file)).request('/version'));
    assert.deepEqual([error.code, error.status], ['certificate', null]);
    assert.match(error.message, /^dev cannot be trusted/);
  });

  test('an object that is not there', async () => {
    const error = await failureOf(session.request('/api/v1/namespaces/default/configmaps/nope'));
    assert.deepEqual([error.code, error.status], ['notFound', 404]);
    assert.match(error.message, /configmaps nope/);
  });

  test('an object of the name but another UID', async () => {
    const namespace = await freshNamespace(session);
    await session.request(`/api/v1/namespaces/${namespace}/configmaps`, {
      method: 'POST',
      body: configMap('a'),
    });
    const ref = { apiVersion: 'v1', kind: 'ConfigMap', name: 'a', namespace };
    assert.equal((await readObject(session, ref)).kind, 'ConfigMap');
    assert.equal((await failureOf(readObject(session, { ...ref, uid: 'other' }))).code, 'notFound');
  });

  test('a name that is taken', async () => {
    const namespace = await freshNamespace(session);
    const create = (): Promise<unknown> =>
      session.request(`/api/v1/namespaces/${namespace}/configmaps`, {
        method: 'POST',
        body: configMap('twice'),
      });
    await create();
    const error = await failureOf(create());
    assert.deepEqual([error.code, error.status], ['conflict', 409]);
    assert.match(error.message, /configmaps twice already exists/);
  });

  test('a right that is missing', async () => {
    const reader = await sessionWithoutRights(session, cluster.kubeconfig);
    const error = await failureOf(reader.request('/api/v1/namespaces/default/pods'));
    assert.deepEqual([error.code, error.status], ['forbidden', 403]);
    assert.match(error.message, /cannot list resource "pods"/);
    const question = { verb: 'list', group: '', resource: 'pods', namespace: 'default' };
    assert.equal((await canI(reader, question)).allowed, false);
    assert.equal((await canI(session, question)).allowed, true);
  });
});
