import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, describe, test } from 'node:test';
import { canI, readObject, serverVersion, type Session } from '../../src/cluster/index.ts';
import { sharedCluster } from '../harness/shared.ts';
import {
  configMap,
  failureOf,
  fakeServer,
  freshNamespace,
  sessionOf,
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

  test('a right that is missing', async (t) => {
    if (cluster.readerKubeconfig === null) return t.skip('the given cluster has no user without rights');
    const reader = await sessionOf(cluster.readerKubeconfig);
    const error = await failureOf(reader.request('/api/v1/namespaces/default/pods'));
    assert.deepEqual([error.code, error.status], ['forbidden', 403]);
    assert.match(error.message, /cannot list resource "pods"/);
    const question = { verb: 'list', group: '', resource: 'pods', namespace: 'default' };
    assert.equal((await canI(reader, question)).allowed, false);
    assert.equal((await canI(session, question)).allowed, true);
  });
});

/** Address and certificate authority of a kubeconfig's only cluster. */
async function addressOf(file: string): Promise<{ server: string; ca: Readonly<Record<string, string>> }> {
  const { parse } = await import('yaml');
  const { clusters } = parse(await readFile(file, 'utf8')) as {
    clusters: { cluster: Record<string, string> }[];
  };
  const { server = '', ...ca } = clusters[0]?.cluster ?? {};
  const authority = ca['certificate-authority'];
  // A path in a kubeconfig is relative to it.
  return {
    server,
    ca: authority === undefined ? ca : { ...ca, 'certificate-authority': join(file, '..', authority) },
  };
}
