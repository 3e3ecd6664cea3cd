import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, mock, test } from 'node:test';
import { formatMessage, message } from '../../../src/core/index.ts';
import { Bench, context, owner, refused } from './bench.ts';
import { deployment, node, now, pod } from './objects.ts';

let bench: Bench;
beforeEach(() => {
  bench = new Bench();
});

describe('connecting', () => {
  test('contexts are listed without connecting to any', async () => {
    const rows = await bench.open();
    assert.deepEqual(
      rows.map((row) => bench.text(row)),
      ['dev · not connected', 'prod · not connected · protected'],
    );
    assert.equal(bench.connections, 0);
  });

  test('opening a context connects it and shows version and namespaces', async () => {
    const rows = await bench.open('dev');
    assert.equal(bench.connections, 1);
    assert.deepEqual(
      rows.map((row) => bench.text(row)),
      [
        'Overview',
        'Nodes · 0',
        'Pods · 0',
        'empty',
        'shop',
        'Network',
        'Storage',
        'Access',
        'Custom resources',
      ],
    );
    const [dev] = await bench.open();
    assert.ok(dev);
    assert.equal(bench.text(dev), 'dev · v1.36.3 · 0 nodes');
    assert.match(bench.model.face(dev).contextValue, /\bcontext\b.*\bconnected\b/);
  });

  test('a session that cannot be made is said in a row that offers Retry, and Retry tries again', async () => {
    bench.refusal = refused('unreachable');
    const [notice] = await bench.open('dev');
    assert.ok(notice);
    assert.equal(bench.text(notice), 'Cannot connect · The server said no: do something.');
    assert.equal(bench.model.face(notice).contextValue, 'failed');
    bench.refusal = null;
    bench.model.retry('dev');
    assert.equal(bench.connections, 2);
    assert.ok((await bench.open('dev')).length > 2);
  });

  test('a session closed by another hand is made anew while it is shown', async () => {
    await bench.open('dev', 'shop');
    const { closed } = bench;
    bench.closed = new AbortController();
    closed.abort();
    await bench.open('dev', 'shop');
    assert.equal(bench.connections, 2);
    assert.equal(bench.store('deployments').leases, 1);
  });
});

test('nothing that was seen of a cluster is claimed of another one that takes its name', async () => {
  await bench.open('dev', 'Nodes');
  bench.store('nodes', null).put(node('n-1'));
  bench.store('pods', null).put(pod('alone', null, { waiting: 'CrashLoopBackOff' }));
  assert.equal(bench.model.unhealthy, 1);
  const { closed } = bench;
  bench.closed = new AbortController();
  bench.stores.clear();
  closed.abort();
  assert.equal(bench.model.unhealthy, 0);
  const [dev] = await bench.open();
  assert.ok(dev);
  await bench.children(dev);
  assert.equal(bench.connections, 2);
  assert.equal(bench.model.story('dev', 'n-1'), null);
  assert.deepEqual(
    (await bench.open('dev', 'Nodes')).map((row) => bench.text(row)),
    ['No nodes in dev'],
  );
});

describe('what only the server can tell of itself', () => {
  const widgets = {
    ...{ apiVersion: 'shop.example/v1', group: 'shop.example', version: 'v1', kind: 'Widget' },
    ...{ plural: 'widgets', namespaced: false, scalable: false, shortNames: [], verbs: ['list'] },
  };
  const texts = async (...path: readonly string[]): Promise<readonly string[]> =>
    (await bench.open(...path)).map((row) => bench.text(row));

  test('is asked for again once it answers', async () => {
    bench.version = null;
    await bench.open('dev');
    assert.match((await texts())[0] ?? '', /^dev · connected/);
    bench.version = 'v1.36.3';
    bench.served = [widgets];
    const namespaces = bench.store('namespaces', null);
    namespaces.become({ phase: 'stale', since: now, error: refused('unreachable') });
    assert.match((await texts())[0] ?? '', /^dev · last seen/);
    namespaces.become({ phase: 'live', since: now });
    await new Promise(setImmediate);
    assert.match((await texts())[0] ?? '', /^dev · v1.36.3/);
    assert.deepEqual(await texts('dev', 'Custom resources'), ['Widget · shop.example/v1']);
  });

  test('is asked for again when the name leads to another server, and what one may do there as well', async () => {
    await bench.open('dev', 'shop');
    const rights = (): boolean => bench.model.face(shop).contextValue.includes('delete');
    const shop = await bench.row('dev', 'shop');
    assert.ok(rights());
    bench.version = 'v1.37.0';
    bench.served = [widgets];
    bench.rules = { complete: true, allows: () => false };
    await bench.reconnect();
    assert.match((await texts())[0] ?? '', /^dev · v1.37.0/);
    assert.deepEqual(await texts('dev', 'Custom resources'), ['Widget · shop.example/v1']);
    assert.ok(!rights());
  });
});

describe('watching', () => {
  test('a namespace is watched while it is expanded, its context while it is', async () => {
    await bench.open('dev');
    const ofCluster = ['null/namespaces', 'null/nodes', 'kube-node-lease/leases', 'null/pods'];
    assert.deepEqual(bench.held(), ofCluster);
    await bench.open('dev', 'shop');
    assert.equal(bench.held().length, ofCluster.length + 7);
    const [dev] = await bench.open();
    const shop = await bench.row('dev', 'shop');
    assert.ok(dev);
    bench.model.collapse(shop);
    assert.deepEqual(bench.held(), ofCluster);
    bench.model.expand(shop);
    bench.model.collapse(dev);
    assert.deepEqual(bench.held(), []);
  });

  test('a hidden view watches nothing, and what was open is watched again when it shows', async () => {
    await bench.open('dev', 'shop');
    const held = bench.held();
    bench.model.setVisible(false);
    assert.deepEqual(bench.held(), []);
    bench.model.setVisible(true);
    assert.deepEqual(bench.held(), held);
  });

  test('disconnecting gives all back; the row is a new, collapsed one', async () => {
    await bench.open('dev', 'shop');
    const before = (await bench.open())[0]?.id;
    bench.model.disconnect('dev');
    assert.deepEqual(bench.held(), []);
    const after = (await bench.open())[0]?.id;
    assert.notEqual(after, before);
  });

  test('a context that left the kubeconfig is let go', async () => {
    await bench.open('dev', 'shop');
    bench.list = { ...bench.list, contexts: [context('prod')] };
    bench.model.contextsChanged(bench.list);
    assert.equal(bench.drawn.at(-1), null);
    assert.equal((await bench.open()).length, 1);
    assert.deepEqual(bench.held(), []);
  });
});

describe('drawing again', () => {
  beforeEach(() => mock.timers.enable({ apis: ['setTimeout'] }));
  afterEach(() => mock.timers.reset());

  test('a pod that changed is drawn again by itself, as the same object', async () => {
    const pods = await bench.open('dev', 'shop', 'Deployments', 'web', 'v1');
    bench.drawn.length = 0;
    bench.store('pods').put(pod('web-74579bb71-a', owner, { restarts: 1 }));
    assert.deepEqual(bench.drawn, [[pods[0]]]);
    const again = await bench.open('dev', 'shop', 'Deployments', 'web', 'v1');
    assert.equal(again[0], pods[0]);
  });

  test('a pod that came draws its ReplicaSet again, which counts it, and nothing above', async () => {
    const [v1] = await bench.open('dev', 'shop', 'Deployments', 'web');
    assert.ok(v1);
    await bench.children(v1);
    bench.drawn.length = 0;
    bench.store('pods').put(pod('web-74579bb71-c', owner));
    assert.deepEqual(bench.drawn, [[v1]]);
    assert.match(bench.text(v1), /3 pods/);
    await bench.children(v1);
    bench.drawn.length = 0;
    bench.store('pods').remove('p-web-74579bb71-c');
    assert.deepEqual(bench.drawn, [[v1]]);
  });

  test('trouble in a pod reaches the Deployment and the namespace', async () => {
    const shop = await bench.row('dev', 'shop');
    await bench.open('dev', 'shop', 'Deployments', 'web', 'v1');
    mock.timers.tick(1_000);
    bench.drawn.length = 0;
    bench.store('deployments').put(deployment('web', { ready: 2 }));
    bench.store('pods').put(pod('web-74579bb71-a', owner, { waiting: 'ImagePullBackOff' }));
    assert.equal(bench.text(shop), 'shop · 1 unhealthy');
    assert.ok(bench.drawn.some((nodes) => nodes?.includes(shop)));
    bench.model.collapse(shop);
    assert.equal(bench.text(shop), 'shop');
    mock.timers.tick(1_000);
    assert.deepEqual(bench.drawn.at(-1), [shop]);
  });

  test('nothing is drawn when time passes without changing a word', async () => {
    await bench.open('dev', 'shop', 'Deployments', 'web', 'v1');
    bench.drawn.length = 0;
    bench.model.tick();
    assert.deepEqual(bench.drawn, []);
  });

  test('what changes while its rows are being asked for is told once they were given', async () => {
    const shop = await bench.row('dev', 'shop');
    mock.timers.tick(1_000);
    bench.drawn.length = 0;
    const asked = bench.model.children(shop);
    bench.store('deployments').put(deployment('web', { ready: 2 }));
    bench.store('pods').put(pod('web-74579bb71-a', owner, { waiting: 'ImagePullBackOff' }));
    await asked;
    await new Promise(setImmediate);
    assert.deepEqual(bench.drawn, []);
    mock.timers.tick(1_000);
    assert.deepEqual(bench.drawn, [[shop]]);
    assert.match(bench.text(shop), /unhealthy/);
  });

  test('rows asked for twice at once are asked for again: VS Code takes one of the answers only', async () => {
    const shop = await bench.row('dev', 'shop');
    bench.drawn.length = 0;
    await Promise.all([bench.model.children(shop), bench.model.children(shop)]);
    assert.deepEqual(bench.drawn, []);
    await new Promise(setImmediate);
    assert.deepEqual(bench.drawn, [[shop]]);
    await bench.model.children(shop);
    await new Promise(setImmediate);
    assert.deepEqual(bench.drawn, [[shop]]);
  });

  test('a row that VS Code forgets while its rows are asked for gets none, and all of them when it asks again', async () => {
    const deployments = await bench.row('dev', 'shop', 'Deployments');
    const shop = await bench.row('dev', 'shop');
    const asked = bench.model.children(deployments);
    bench.model.draw(shop);
    assert.deepEqual(await asked, []);
    assert.ok((await bench.model.children(deployments)).length > 0);
    // Drawn again itself it is known all the time.
    const again = bench.model.children(deployments);
    bench.model.draw(deployments);
    assert.ok((await again).length > 0);
  });

  test('rows given before are given again without waiting for anything', async () => {
    const shop = await bench.row('dev', 'shop');
    await bench.children(shop);
    bench.store('deployments').ready = new Promise(() => undefined);
    let given = 0;
    void bench.model.children(shop).then(({ length }) => {
      given = length;
    });
    await new Promise(setImmediate);
    assert.ok(given > 0);
  });

  test('ids are the same for the same objects, so selection and expansion survive', async () => {
    const ids = async () => (await bench.open('dev', 'shop', 'Deployments')).map(({ id }) => id);
    const before = await ids();
    bench.store('deployments').put(deployment('zoo'));
    assert.deepEqual((await ids()).slice(0, 2), before);
  });
});

describe('states as rows', () => {
  test('an empty namespace says that it is', async () => {
    const rows = await bench.open('dev', 'empty', 'Deployments');
    assert.deepEqual(
      rows.map((row) => bench.text(row)),
      ['No deployments in empty'],
    );
  });

  test('where namespaces may not be listed, the context’s own and the target’s are shown', async () => {
    await bench.open('dev');
    for (const name of ['empty', 'shop']) bench.store('namespaces', null).remove(`n-${name}`);
    bench.store('namespaces', null).become({ phase: 'forbidden', error: refused('forbidden') });
    const rows = await bench.open('dev');
    assert.deepEqual(
      rows.map((row) => bench.text(row)),
      [
        'Not allowed to list namespaces · The server said no: do something.',
        'Overview',
        'Nodes · 0',
        'Pods · 0',
        'own',
        'chosen · target',
        'Network',
        'Storage',
        'Access',
        'Custom resources',
      ],
    );
  });

  test('a kind that may not be listed says so beside the others', async () => {
    await bench.open('dev', 'shop');
    bench.store('jobs').become({ phase: 'forbidden', error: refused('forbidden') });
    const labels = (await bench.open('dev', 'shop')).map((row) => bench.label(row));
    assert.deepEqual(labels.slice(0, 3), ['Deployments', 'Jobs', 'Network']);
    const [notice] = await bench.open('dev', 'shop', 'Jobs');
    assert.ok(notice);
    assert.equal(bench.label(notice), 'Not allowed to list jobs');
  });

  test('what was last seen stays, without colour, and says how old it is', async () => {
    await bench.open('dev', 'shop', 'Deployments');
    const stale = { phase: 'stale', since: now - 40_000, error: refused('unreachable') } as const;
    bench.store('namespaces', null).become(stale);
    bench.store('deployments').become(stale);
    const [dev] = await bench.open();
    assert.ok(dev);
    assert.equal(bench.text(dev), 'dev · last seen 40 s ago');
    const [notice] = await bench.open('dev');
    assert.ok(notice);
    assert.equal(bench.label(notice), 'Last seen 40 s ago');
    const [api] = await bench.open('dev', 'shop', 'Deployments');
    assert.ok(api);
    assert.equal(bench.model.face(api).icon?.color, 'disabledForeground');
  });

  test('a refused login asks for one, and Retry reaches every store that is not live', async () => {
    await bench.open('dev', 'shop');
    bench.store('namespaces', null).become({ phase: 'signedOut', error: refused('unauthorized') });
    const [notice] = await bench.open('dev');
    assert.ok(notice);
    assert.equal(bench.label(notice), 'Signed out');
    bench.model.retry('dev');
    assert.equal(bench.store('namespaces', null).retries, 1);
    assert.equal(bench.store('deployments').retries, 0);
  });

  test('a kubeconfig that cannot be read is a row beside the contexts', async () => {
    bench.list = {
      ...bench.list,
      problems: [{ file: '/home/ann/broken', message: message('It is no YAML: mend line {0}.', 3) }],
    };
    const rows = await bench.open();
    assert.ok(rows[2]);
    assert.equal(bench.text(rows[2]), 'broken · has a problem; click to open it');
    const { opens, tooltip } = bench.model.face(rows[2]);
    assert.equal(opens, '/home/ann/broken');
    assert.ok(tooltip()?.story.some((part) => formatMessage(part) === 'It is no YAML: mend line 3.'));
  });
});

test('rows are what commands are called with', async () => {
  const [pods] = await bench.open('dev', 'shop', 'Deployments', 'web', 'v1');
  assert.ok(pods);
  const { context: where, namespace: space, apiVersion, kind, name, uid } = pods;
  assert.deepEqual(
    [where, space, apiVersion, kind, name, uid],
    ['dev', 'shop', 'v1', 'Pod', 'web-74579bb71-a', 'p-web-74579bb71-a'],
  );
});
