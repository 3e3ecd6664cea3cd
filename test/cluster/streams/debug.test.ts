import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  addDebugContainer,
  type DebugRequest,
  readObject,
  type Session,
  visitDebugContainer,
} from '../../../src/cluster/index.ts';
import { containersOf } from '../../../src/core/index.ts';
import { failureOf, sessionWithoutRights, until } from '../support.ts';
import { readyPod } from './pods.ts';
import { streamsScene } from './scene.ts';

const { cluster, namespace, session } = await streamsScene('debug');
const shell = `${cluster.registry}/shell:1`;
await readyPod(session, namespace, 'bare', [{ name: 'app', image: `${cluster.registry}/bare:1` }]);
const ref = { apiVersion: 'v1', kind: 'Pod', namespace, name: 'bare' };
const { metadata } = (await readObject(session, ref)) as { metadata: { uid: string } };

/** Adds one to the pod, with what the test says of it; its name and what was said while it started. */
async function add(
  request: Partial<DebugRequest>,
  {
    through = session,
    signal = new AbortController().signal,
  }: { through?: Session; signal?: AbortSignal } = {},
): Promise<{ readonly name: string; readonly progress: readonly string[] }> {
  const progress: string[] = [];
  const name = await addDebugContainer(
    through,
    { namespace, pod: 'bare', uid: metadata.uid, image: shell, target: 'app', ...request },
    { signal, onProgress: (words) => void progress.push(words) },
  );
  return { name, progress };
}

async function stateOf(name: string): Promise<string | undefined> {
  return containersOf(await readObject(session, ref)).find((one) => one.name === name)?.text;
}

test('a container with a shell stands beside one that has none, sees its processes, and ends with the visit', async () => {
  const { name, progress } = await add({});
  assert.equal(progress.at(-1), 'Running');
  let said = '';
  const visit = await visitDebugContainer(
    session,
    { namespace, pod: 'bare', container: name },
    {
      onOutput: (chunk) => void (said += String(chunk)),
    },
  );
  await visit.write(Buffer.from('ps\n'));
  await until('the processes', () => said.includes('busybox-alone sleep'));
  visit.close();
  await until('it to end', async () => (await stateOf(name)) !== 'Running');
});

test('an image that cannot be pulled, and a person who cannot wait', async () => {
  const missing = await failureOf(add({ image: `${cluster.registry}/missing:1` }));
  assert.match(
    missing.message,
    /missing:1 does not run in bench \((ErrImagePull|ImagePullBackOff): .*not found/,
  );
  const controller = new AbortController();
  const waiting = add({ image: `${cluster.registry}/missing:2` }, { signal: controller.signal });
  controller.abort();
  assert.equal((await failureOf(waiting)).code, 'cancelled');
});

test('another pod of that name, a pod that is gone, and a person who may not', async () => {
  assert.equal((await failureOf(add({ uid: 'other' }))).code, 'conflict');
  assert.equal((await failureOf(add({ pod: 'gone' }))).code, 'notFound');
  const error = await failureOf(
    add({}, { through: await sessionWithoutRights(session, cluster.kubeconfig) }),
  );
  assert.equal(error.code, 'forbidden');
  assert.match(error.message, /pods\/ephemeralcontainers/);
});

test('Pod Security refuses it in its own words', async () => {
  const label = 'pod-security.kubernetes.io/enforce=restricted';
  await cluster.kubectl(['label', 'namespace', namespace, label]);
  const error = await failureOf(add({}));
  await cluster.kubectl(['label', 'namespace', namespace, label.replace(/=.*/, '-')]);
  assert.equal(error.code, 'rejected');
  assert.match(error.message, /violates PodSecurity “?"?restricted/);
});
