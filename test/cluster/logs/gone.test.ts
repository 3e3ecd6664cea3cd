import assert from 'node:assert/strict';
import { after, describe, test } from 'node:test';
import type { WorkloadRef } from '../../../src/cluster/index.ts';
import { sharedCluster } from '../../harness/shared.ts';
import { deployment, sessionOf, until } from '../support.ts';
import { Collected, shell } from './support.ts';

const cluster = await sharedCluster('node');
const namespaces: string[] = [];
after(async () => {
  if (namespaces.length > 0) await cluster.kubectl(['delete', 'namespace', ...namespaces, '--wait=false']);
  await cluster.release();
});
const session = await sessionOf(cluster.kubeconfig);
const image = `${cluster.registry ?? 'registry'}/app:1`;

async function freshNamespace(): Promise<string> {
  const name = `gone-${process.pid}-${namespaces.length}`;
  await cluster.kubectl(['create', 'namespace', name]);
  namespaces.push(name);
  return name;
}

/** `label`: value of the label by which it finds its pods. */
function talker(name: string, words: string, label = name): Record<string, unknown> {
  const labels = { app: label };
  const containers = [shell('app', image, `echo ${words}; sleep 600`)];
  return deployment(name, image, {
    selector: { matchLabels: labels },
    template: { metadata: { labels }, spec: { terminationGracePeriodSeconds: 0, containers } },
  });
}

async function create(namespace: string, body: Record<string, unknown>): Promise<WorkloadRef> {
  const { name } = body.metadata as { name: string };
  await session.request(`/apis/apps/v1/namespaces/${namespace}/deployments`, { method: 'POST', body });
  return { apiVersion: 'apps/v1', kind: 'Deployment', namespace, name };
}

const remove = ({ namespace, name }: WorkloadRef): Promise<unknown> =>
  session.request(`/apis/apps/v1/namespaces/${namespace}/deployments/${name}`, { method: 'DELETE' });

describe('a workload that is deleted', () => {
  test('is said to be gone, and followed again when it is made anew, whatever its labels', async () => {
    const namespace = await freshNamespace();
    const ref = await create(namespace, talker('web', 'one'));
    const log = new Collected(session, { ref });
    await log.untilLine('one');
    assert.equal(log.state?.gone, false);
    await remove(ref);
    await until('its end to be told', () => log.state?.gone === true && log.state.followed === 0);
    assert.match(log.notes.at(-1) ?? '', /Deployment web is gone\. When it is made again under this name/);
    await create(namespace, talker('web', 'two', 'other'));
    await log.untilLine('two');
    await until('it to be live', () => log.state?.gone === false && log.state.followed === 1);
    assert.deepEqual(
      log.notes.filter((note) => note.includes('is gone') || note.includes('is there again')).length,
      2,
    );
    assert.deepEqual(log.texts(), ['one', 'two']);
    await log.stop();
  });

  test('with its namespace', async () => {
    const namespace = await freshNamespace();
    const ref = await create(namespace, talker('web', 'one'));
    const log = new Collected(session, { ref });
    await log.untilLine('one');
    await cluster.kubectl(['delete', 'namespace', namespace]);
    namespaces.splice(namespaces.indexOf(namespace), 1);
    await until('its end to be told', () => log.state?.gone === true && log.state.followed === 0);
    await cluster.kubectl(['create', 'namespace', namespace]);
    namespaces.push(namespace);
    await create(namespace, talker('web', 'two'));
    await log.untilLine('two');
    assert.equal(log.state?.phase, 'live');
    await log.stop();
  });

  test('a CronJob is another one when it is back, with Jobs of its own', async () => {
    const namespace = await freshNamespace();
    const jobs = `/apis/batch/v1/namespaces/${namespace}`;
    const template = { spec: { restartPolicy: 'Never', containers: [shell('app', image, 'echo $0 ran')] } };
    const nightly = {
      apiVersion: 'batch/v1',
      kind: 'CronJob',
      metadata: { name: 'nightly' },
      spec: { schedule: '0 0 1 1 *', jobTemplate: { spec: { template } } },
    };
    const make = async (): Promise<string> => {
      const made = await session.request<{ metadata: { uid: string } }>(`${jobs}/cronjobs`, {
        method: 'POST',
        body: nightly,
      });
      return made.metadata.uid;
    };
    const first = await make();
    const log = new Collected(session, {
      ref: { apiVersion: 'batch/v1', kind: 'CronJob', namespace, name: 'nightly' },
    });
    await until('it to be live', () => log.state?.phase === 'live');
    await session.request(`${jobs}/cronjobs/nightly`, { method: 'DELETE' });
    await until('its end to be told', () => log.state?.gone === true);
    const second = await make();
    assert.notEqual(first, second);
    await until('it to be back', () => log.state?.gone === false);
    const controller = { apiVersion: 'batch/v1', kind: 'CronJob', name: 'nightly', controller: true };
    await session.request(`${jobs}/jobs`, {
      method: 'POST',
      body: {
        metadata: { name: 'nightly-1', ownerReferences: [{ ...controller, uid: second }] },
        spec: { template },
      },
    });
    await until('its line', () => log.texts().some((text) => text.endsWith(' ran')));
    await log.stop();
  });
});
