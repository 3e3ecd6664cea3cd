import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { WorkloadRef } from '../../../src/cluster/index.ts';
import { failureOf, until } from '../support.ts';
import { FakeApi } from './fake-api.ts';
import { Collected } from './support.ts';

const web: WorkloadRef = { apiVersion: 'apps/v1', kind: 'Deployment', namespace: 'shop', name: 'web' };
const gone = /^Deployment web is gone\. When it is made again under this name, its log goes on here/;
const back = 'Deployment web is there again.';

describe('a workload that is gone', () => {
  test('is said to be so once, and is so still after the connection was lost', async () => {
    const api = new FakeApi();
    api.deployment('web');
    const log = new Collected(await api.session(), { ref: web });
    await until('it to be live', () => log.state?.phase === 'live');
    assert.equal(log.state?.gone, false);
    api.remove('deployments', 'web');
    await until('its end to be told', () => log.state?.gone === true);
    const before = log.states.length;
    api.refuse = () => 0;
    api.cut();
    await until('the loss to be told', () => log.state?.phase === 'reconnecting');
    api.refuse = () => null;
    await until('it to be live again', () => log.state?.phase === 'live');
    assert.ok(log.states.slice(before).every((state) => state.gone));
    assert.equal(log.notes.length, 1);
    assert.match(log.notes[0] ?? '', gone);
    api.deployment('web');
    await until('its return to be told', () => log.state?.gone === false && log.notes.length === 2);
    assert.equal(log.notes[1], back);
    await log.stop();
  });

  test('is told to who may get it, but neither list nor watch its kind, and that it is back', async () => {
    const api = new FakeApi();
    api.refuse = ({ path }) => (path.endsWith('deployments') ? 403 : null);
    api.deployment('web');
    const log = new Collected(await api.session(), { ref: web });
    await until('it to be live', () => log.state?.phase === 'live');
    api.remove('deployments', 'web');
    await until('its end to be told', () => log.state?.gone === true);
    api.deployment('web');
    await until('its return to be told', () => log.state?.gone === false && log.notes.length === 2);
    assert.match(log.notes[0] ?? '', gone);
    assert.equal(log.notes[1], back);
    await log.stop();
  });

  test('before its log is opened is waited for', async () => {
    const api = new FakeApi();
    const log = new Collected(await api.session(), { ref: web });
    await until('its absence to be told', () => log.state?.gone === true && log.state.phase === 'live');
    assert.match(log.notes[0] ?? '', gone);
    api.deployment('web');
    await until('its coming to be told', () => log.state?.gone === false && log.notes.length === 2);
    assert.equal(log.notes[1], back);
    await log.stop();
  });

  for (const options of [{ follow: false }, { previous: true }]) {
    test(`is an error where nothing is waited for: ${JSON.stringify(options)}`, async () => {
      const log = new Collected(await new FakeApi().session(), { ref: web }, options);
      assert.equal((await failureOf(log.done)).code, 'notFound');
    });
  }

  test('with its kind is an error', async () => {
    const ref = { ...web, apiVersion: 'example.com/v1' };
    const log = new Collected(await new FakeApi().session(), { ref });
    assert.match((await failureOf(log.done)).message, /does not know Deployment of example\.com\/v1/);
  });
});

test('a Pod that is gone before its log is opened is an error', async () => {
  const ref = { ...web, apiVersion: 'v1', kind: 'Pod', name: 'web-1' };
  const log = new Collected(await new FakeApi().session(), { ref });
  assert.match((await failureOf(log.done)).message, /^Pod web-1 is not in test any more/);
});

test('a Job that cannot be asked for a moment is asked again', async () => {
  const api = new FakeApi();
  api.job('once');
  const session = await api.session();
  let asked = 0;
  api.refuse = ({ path }) => (path.endsWith('/jobs/once') && asked++ === 1 ? 503 : null);
  const log = new Collected(session, { ref: { ...web, apiVersion: 'batch/v1', kind: 'Job', name: 'once' } });
  await until('three questions', () => asked >= 3);
  assert.equal(log.state?.phase, 'live');
  await log.stop();
});

test('a taker of states that throws ends its log', async () => {
  const api = new FakeApi();
  api.deployment('web');
  const log = new Collected(await api.session(), { ref: web });
  log.states.push = () => {
    throw new Error('by the test');
  };
  await assert.rejects(log.done, /by the test/);
});
