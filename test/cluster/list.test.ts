import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { listAll, type Session } from '../../src/cluster/index.ts';
import { metaOf } from '../../src/cluster/objects.ts';
import { fakeServer, sessionOf, temporaryFolder, writeKubeconfig } from './support.ts';

const pods = { apiVersion: 'v1', plural: 'pods', namespaced: true };

/** A session with a server that gives these answers, one after another. */
async function sessionWith(answers: readonly (readonly [status: number, body: object])[]): Promise<Session> {
  let next = 0;
  const server = await fakeServer((_request, response) => {
    const [status, body] = answers[next++] ?? [500, {}];
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  });
  return sessionOf(await writeKubeconfig(join(await temporaryFolder(), 'config'), { server }));
}

const page = (names: readonly string[], more: string) => ({
  kind: 'PodList',
  apiVersion: 'v1',
  metadata: { resourceVersion: '1', continue: more },
  items: names.map((name) => ({ metadata: { name } })),
});

const gone = [410, { kind: 'Status', status: 'Failure', reason: 'Expired', code: 410 }] as const;

const namesIn = (session: Session): Promise<readonly string[]> =>
  listAll(session, pods, { namespace: 'shop', project: (pod) => metaOf(pod).name });

test('a list that cannot be continued starts again', async () => {
  const session = await sessionWith([[200, page(['a'], 'x')], gone, [200, page(['a', 'b'], '')]]);
  assert.deepEqual(await namesIn(session), ['a', 'b']);
});

test('and is given up when it cannot be continued again', async () => {
  const session = await sessionWith([[200, page(['a'], 'x')], gone, [200, page(['a'], 'y')], gone]);
  await assert.rejects(namesIn(session), { status: 410 });
});
