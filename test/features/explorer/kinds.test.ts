import assert from 'node:assert/strict';
import { beforeEach, describe, test } from 'node:test';
import type { ApiResource } from '../../../src/cluster/index.ts';
import { Bench, refused } from './bench.ts';
import {
  configMap,
  definition,
  endpointSlice,
  event,
  helmSecret,
  node,
  owned,
  pod,
  secret,
  service,
} from './objects.ts';

let bench: Bench;
beforeEach(() => {
  bench = new Bench();
});

function resource(apiVersion: string, kind: string, plural: string, namespaced = true): ApiResource {
  const [group = '', version = ''] = apiVersion.includes('/') ? apiVersion.split('/') : ['', apiVersion];
  return {
    apiVersion,
    group,
    version,
    kind,
    plural,
    namespaced,
    verbs: ['get', 'list', 'watch'],
    scalable: false,
  };
}

async function texts(...path: readonly string[]): Promise<readonly string[]> {
  return (await bench.open(...path)).map((row) => bench.text(row));
}

describe('what stands below a namespace', () => {
  test('workloads, then categories, then releases and events', async () => {
    assert.deepEqual(await texts('dev', 'shop'), [
      'Deployments · 2',
      'Network',
      'Configuration',
      'Storage',
      'Access',
      'Helm releases',
      'Events',
    ]);
  });

  test('a category watches what is cheap to count; Secrets and ConfigMaps only while they are shown', async () => {
    const before = new Set(bench.held());
    await bench.open('dev', 'shop', 'Configuration');
    const opened = () => bench.held().filter((key) => key.startsWith('shop/') && !before.has(key));
    assert.ok(opened().includes('shop/resourcequotas'));
    assert.ok(!opened().some((key) => /secrets|configmaps/.test(key)));
    await bench.open('dev', 'shop', 'Configuration', 'Secrets');
    assert.ok(opened().includes('shop/secrets'));
    bench.model.collapse(await bench.row('dev', 'shop', 'Configuration', 'Secrets'));
    assert.ok(!opened().includes('shop/secrets'));
  });

  test('a Service shows its endpoints: their state, pod and node; no EndpointSlices of their own', async () => {
    await bench.open('dev', 'shop', 'Network', 'Services');
    bench.store('services').put(service('web'));
    bench.store('endpointslices').put(
      endpointSlice('web', [
        { address: '10.0.0.5', pod: 'web-a' },
        { address: '10.0.0.6', pod: 'web-b', ready: false },
      ]),
    );
    assert.deepEqual(await texts('dev', 'shop', 'Network', 'Services', 'web'), [
      '10.0.0.5 · ready · web-a · n-1',
      '10.0.0.6 · not ready · web-b · n-1',
    ]);
    const [endpoint] = await bench.open('dev', 'shop', 'Network', 'Services', 'web');
    assert.deepEqual([endpoint?.kind, endpoint?.name, endpoint?.namespace], ['Pod', 'web-a', 'shop']);
  });

  test('a Service says how many of its endpoints are ready, each pod once, as soon as they are known', async () => {
    const path = ['dev', 'shop', 'Network', 'Services'] as const;
    await bench.open(...path);
    bench.store('services').put(service('web'));
    assert.doesNotMatch((await texts(...path))[0] ?? '', /endpoint/);
    const slices = bench.store('endpointslices');
    slices.put(
      endpointSlice('web', [
        { address: '10.0.0.5', pod: 'web-a' },
        { address: '10.0.0.6', pod: 'web-b', ready: false },
        { address: 'fd00::5', pod: 'web-a' },
      ]),
    );
    assert.match((await texts(...path))[0] ?? '', /^web · 1\/2 endpoints · ClusterIP/);
    slices.put(endpointSlice('web', [{ address: '10.0.0.5', pod: 'web-a' }]));
    assert.match((await texts(...path))[0] ?? '', /^web · 1\/1 endpoint · ClusterIP/);
    slices.become({ phase: 'forbidden', error: refused('forbidden') });
    assert.doesNotMatch((await texts(...path))[0] ?? '', /endpoint/);
  });

  test('a Service with nobody ready behind it is not well, once its endpoints are known', async () => {
    await bench.open('dev', 'shop', 'Network', 'Services');
    bench.store('endpointslices').become({ phase: 'connecting' });
    bench.store('services').put(service('web'));
    const path = ['dev', 'shop', 'Network', 'Services'] as const;
    bench.store('endpointslices').become({ phase: 'live', since: 0 });
    assert.match((await texts(...path))[0] ?? '', /^web · no ready pod behind it · /);
    assert.match(bench.text(await bench.row(...path)), /^Services · 1 · 1 unhealthy$/);
    bench.store('endpointslices').put(endpointSlice('web', [{ address: '10.0.0.5', pod: 'web-a' }]));
    assert.doesNotMatch((await texts(...path))[0] ?? '', /no ready pod/);
    assert.equal(bench.text(await bench.row(...path)), 'Services · 1');
  });

  test('keys of a Secret are masked, sized, and nowhere is a value kept', async () => {
    await bench.open('dev', 'shop', 'Configuration', 'Secrets');
    bench.store('secrets').put(secret('login', { password: 'hunter2hunter2' }));
    const [key] = await bench.open('dev', 'shop', 'Configuration', 'Secrets', 'login');
    assert.ok(key);
    assert.equal(bench.text(key), 'password · •••••• · 14 bytes');
    assert.deepEqual([key.kind, key.name, key.key], ['Secret', 'login', 'password']);
    assert.match(bench.model.face(key).contextValue, /\breveal\b/);
    const kept = JSON.stringify([...bench.store('secrets').rows.values()]);
    assert.doesNotMatch(kept, new RegExp(`hunter2|${Buffer.from('hunter2hunter2').toString('base64')}`));
  });

  test('keys of a ConfigMap are not masked', async () => {
    await bench.open('dev', 'shop', 'Configuration', 'ConfigMaps');
    bench.store('configmaps').put(configMap('web', { mode: 'on' }));
    assert.deepEqual(await texts('dev', 'shop', 'Configuration', 'ConfigMaps', 'web'), ['mode · 2 bytes']);
  });

  test('a release has one row, at its newest revision; older ones are put by', async () => {
    await bench.open('dev', 'shop', 'Helm releases');
    bench
      .store('secrets')
      .put(helmSecret('db', 1), helmSecret('web', 1), helmSecret('web', 2), helmSecret('web', 10, 'failed'));
    assert.equal(bench.store('secrets').query.labelSelector, 'owner=helm');
    const rows = await texts('dev', 'shop', 'Helm releases');
    assert.equal(rows.length, 2);
    assert.match(rows[0] ?? '', /^db · deployed · v1/);
    assert.match(rows[1] ?? '', /^web · failed · v10/);
    const older = await bench.open('dev', 'shop', 'Helm releases', 'web', 'Older revisions');
    assert.deepEqual(
      older.map((row) => row.name),
      ['sh.helm.release.v1.web.v2', 'sh.helm.release.v1.web.v1'],
    );
  });

  test('events stand newest first, and do not make a namespace unhealthy', async () => {
    await bench.open('dev', 'shop', 'Events');
    bench
      .store('events')
      .put(
        event('a', { seconds: -30, reason: 'Scheduled' }),
        event('b', { seconds: -10, reason: 'BackOff', type: 'Warning', count: 5 }),
      );
    const rows = await texts('dev', 'shop', 'Events');
    assert.match(rows[0] ?? '', /^BackOff · Pod web · ×5 · said so · 10 s$/);
    assert.match(rows[1] ?? '', /^Scheduled · /);
    const icons = (await bench.open('dev', 'shop', 'Events')).map((row) => bench.model.face(row).icon?.id);
    assert.deepEqual(icons, ['warning', 'info']);
    assert.equal(bench.text(await bench.row('dev', 'shop')), 'shop');
  });

  test('a pod shows its containers, and the reason of trouble in the row', async () => {
    await bench.open('dev', 'shop', 'Deployments', 'web', 'v1');
    bench
      .store('pods')
      .put(
        pod('web-74579bb71-a', owned('web', 1), { waiting: 'CrashLoopBackOff', exitCode: 3, restarts: 5 }),
      );
    const [container] = await bench.open('dev', 'shop', 'Deployments', 'web', 'v1', 'web-…-a');
    assert.ok(container);
    assert.match(bench.text(container), /^app · CrashLoopBackOff, .*exit 3 ×5 · app:1\.4$/);
    assert.deepEqual([container.container, container.name], ['app', 'web-74579bb71-a']);
    assert.match(bench.model.face(container).contextValue, /\blogs exec debug\b/);
  });
});

describe('what stands below a context', () => {
  test('nodes with what pods have asked of them, and the pods on them', async () => {
    await bench.open('dev', 'Nodes');
    bench.store('nodes', null).put(node('n-1'), node('n-2', { pressure: 'DiskPressure', cordoned: true }));
    bench.store('pods', null).put(pod('web-a', null), pod('web-b', null));
    assert.deepEqual(await texts('dev', 'Nodes'), [
      'n-1 · Ready · cpu 5 % · mem 1 % · 2 pods',
      'n-2 · Ready · cordoned · DiskPressure · cpu 0 % · mem 0 % · 0 pods',
    ]);
    const rows = await texts('dev', 'Nodes', 'n-1');
    assert.equal(rows.length, 2);
    assert.match(rows[0] ?? '', /^web-a · shop · Running · n-1/);
    assert.match(
      bench.text(await bench.row('dev')),
      /^dev · 1 unhealthy · v1\.36\.3 · 2 nodes · 2 % cpu requested$/,
    );
    assert.deepEqual(await texts('dev', 'Overview'), [
      'Version · v1.36.3',
      'Nodes · 2 of 2 ready',
      'CPU · 0.2 of 8 requested (2 %), limits 0 (0 %)',
      'Memory · 0.13 of 16 GiB requested (0 %), limits 0 (0 %)',
      'Pods · 2 of 220',
    ]);
  });

  test('of a large cluster pods are read only where they are looked at', async () => {
    await bench.open('dev');
    bench.store('nodes', null).put(...[...Array(60).keys()].map((index) => node(`n-${index}`)));
    bench.store('nodes', null).become({ phase: 'live', since: 0 });
    assert.ok(!bench.held().includes('null/pods'));
    await bench.open('dev', 'Overview');
    assert.ok(bench.held().includes('null/pods'));
  });

  test('kinds follow discovery: Gateway API and custom resources where the server has them', async () => {
    bench.served = [
      resource('apps/v1', 'Deployment', 'deployments'),
      resource('v1', 'Namespace', 'namespaces', false),
      resource('gateway.networking.k8s.io/v1', 'HTTPRoute', 'httproutes'),
      resource('gateway.networking.k8s.io/v1', 'GatewayClass', 'gatewayclasses', false),
      resource('shop.example/v1', 'Widget', 'widgets'),
      resource('shop.example/v1', 'Region', 'regions', false),
    ];
    assert.deepEqual(await texts('dev', 'shop'), ['Deployments · 2', 'Network', 'Custom resources']);
    assert.deepEqual(await texts('dev', 'shop', 'Network'), ['HTTPRoute · 0 · gateway.networking.k8s.io/v1']);
    assert.deepEqual(await texts('dev', 'shop', 'Custom resources'), ['Widget · shop.example/v1']);
    assert.deepEqual(await texts('dev', 'Custom resources'), [
      'Region · shop.example/v1',
      'Widget · shop.example/v1',
    ]);
    assert.ok(!bench.held().includes('shop/widgets'));
    await bench.open('dev', 'shop', 'Custom resources', 'Widget');
    assert.ok(bench.held().includes('shop/widgets'));
  });

  test('a namespace of a server without Deployments, or without any workloads, is not waited for', async () => {
    const others = [
      resource('v1', 'Namespace', 'namespaces', false),
      resource('v1', 'ConfigMap', 'configmaps'),
      resource('shop.example/v1', 'Widget', 'widgets'),
    ];
    bench.served = [...others, resource('v1', 'Pod', 'pods')];
    assert.deepEqual(await texts('dev', 'shop'), ['Pods · 2', 'Configuration', 'Custom resources']);
    bench = new Bench();
    bench.served = others;
    assert.deepEqual(await texts('dev', 'shop'), ['Configuration', 'Custom resources']);
  });

  test('custom objects are told by the columns of their definition; a deleted kind goes', async () => {
    bench.served = [
      resource('apiextensions.k8s.io/v1', 'CustomResourceDefinition', 'customresourcedefinitions', false),
      resource('shop.example/v1', 'Widget', 'widgets'),
    ];
    await bench.open('dev', 'Custom resources');
    bench.store('customresourcedefinitions', null).put(definition('widgets', 'Widget', '.spec.size'));
    await new Promise(setImmediate);
    await bench.open('dev', 'Custom resources', 'Widget');
    bench.store('widgets', null).put({
      metadata: { uid: 'w-1', name: 'one', namespace: 'shop' },
      spec: { size: 'large' },
    });
    assert.deepEqual(await texts('dev', 'Custom resources', 'Widget'), ['one · shop · large']);
    bench.store('customresourcedefinitions', null).become({ phase: 'live', since: 0 });
    bench.store('customresourcedefinitions', null).remove('crd-widgets');
    await new Promise(setImmediate);
    assert.deepEqual(await texts('dev', 'Custom resources'), ['No customresourcedefinitions in dev']);
  });

  test('a person who may only read one namespace has a tree that says what is missing', async () => {
    bench.refuse = ({ namespace }) => namespace === null;
    const rows = await texts('dev');
    assert.equal(rows[0], 'Not allowed to list namespaces · The server said no: do something.');
    assert.ok(rows.includes('Nodes · not allowed'));
    assert.ok(rows.includes('own'));
    assert.equal(bench.text(await bench.row('dev')), 'dev · v1.36.3');
    const [notice] = await texts('dev', 'Nodes');
    assert.match(notice ?? '', /^Not allowed to list nodes/);
    assert.deepEqual(await texts('dev', 'own', 'Deployments'), ['No deployments in own']);
    assert.ok((await texts('dev', 'Overview')).includes('Nodes · not allowed'));
  });

  test('a kind that may not be listed is marked in its category', async () => {
    bench.refuse = ({ plural }) => plural === 'ingresses';
    const rows = await texts('dev', 'shop', 'Network');
    assert.ok(rows.includes('Ingresses · not allowed'), rows.join(', '));
  });
});
