import assert from 'node:assert/strict';
import { after, describe, test } from 'node:test';
import {
  applyPlan,
  type KubeObject,
  type ObjectPlan,
  planDeploy,
  readObject,
  type Session,
} from '../../src/cluster/index.ts';
import { countChanges } from '../../src/cluster/apply/compare.ts';
import { displayYaml } from '../../src/cluster/apply/display.ts';
import { indexedPath } from '../../src/cluster/apply/field-path.ts';
import { applyOrder } from '../../src/cluster/apply/order.ts';
import { sharedCluster } from '../harness/shared.ts';
import { configMap, deployment, failureOf, freshNamespace, manifestObject, sessionOf } from './support.ts';

const cluster = await sharedCluster('api');
after(() => cluster.release());
const session = await sessionOf(cluster.kubeconfig);

const clone = <T>(value: T): T => structuredClone(value);

async function planOne(object: Record<string, unknown>, namespace: string): Promise<ObjectPlan> {
  const [plan] = await planDeploy(session, [manifestObject(object)], { namespace });
  assert.ok(plan);
  return plan;
}

async function deploy(object: Record<string, unknown>, namespace: string): Promise<KubeObject> {
  return applyPlan(session, await planOne(object, namespace));
}

/** Writes as another manager, the way kubectl or a controller would. */
async function patchAs(
  manager: string,
  path: string,
  body: unknown,
  through: Session = session,
): Promise<KubeObject> {
  return through.request<KubeObject>(path, {
    method: 'PATCH',
    contentType: 'application/merge-patch+json',
    query: { fieldManager: manager },
    body,
  });
}

const deploymentPath = (namespace: string, name: string): string =>
  `/apis/apps/v1/namespaces/${namespace}/deployments/${name}`;

interface DeploymentShape {
  spec: {
    replicas: number;
    template: { spec: { containers: Record<string, unknown>[] } };
  };
}

describe('planning', () => {
  test('a new object is created, the same again is unchanged, a changed one counts its fields', async () => {
    const namespace = await freshNamespace(session);
    const web = deployment('web', 'app:1');
    const first = await planOne(web, namespace);
    assert.deepEqual(
      [first.action, first.live, first.changes, first.namespace],
      ['create', null, 0, namespace],
    );
    assert.equal((first.result?.metadata as { namespace: string }).namespace, namespace);
    await applyPlan(session, first);
    const again = await planOne(web, namespace);
    assert.deepEqual([again.action, again.changes, again.error], ['unchanged', 0, null]);
    const changed = clone(web) as unknown as DeploymentShape;
    changed.spec.replicas = 3;
    Object.assign(changed.spec.template.spec.containers[0] ?? {}, { image: 'app:2' });
    const update = await planOne(changed as unknown as Record<string, unknown>, namespace);
    assert.deepEqual([update.action, update.changes], ['update', 2]);
    assert.ok(update.uid !== null && update.resourceVersion !== null);
    // A plan changes nothing.
    const ref = { apiVersion: 'apps/v1', kind: 'Deployment', name: 'web', namespace };
    assert.equal(((await readObject(session, ref)) as unknown as DeploymentShape).spec.replicas, 1);
  });

  test('an unknown field is refused with its path, by position', async () => {
    const namespace = await freshNamespace(session);
    const web = deployment('web', 'app:1') as unknown as DeploymentShape;
    web.spec.template.spec.containers.push({ name: 'side', image: 'side:1', imagePullPolcy: 'Always' });
    const plan = await planOne(web as unknown as Record<string, unknown>, namespace);
    assert.deepEqual([plan.action, plan.error?.code, plan.result], ['refused', 'invalid', null]);
    assert.deepEqual(
      plan.error?.details.map(({ field }) => field),
      ['spec.template.spec.containers[1].imagePullPolcy'],
    );
  });

  test('a value the server refuses is refused with its path', async () => {
    const namespace = await freshNamespace(session);
    const plan = await planOne(deployment('web', '', { replicas: -1 }), namespace);
    assert.deepEqual([plan.action, plan.error?.code], ['refused', 'invalid']);
    assert.deepEqual(
      new Set(plan.error?.details.map(({ field }) => field)),
      new Set(['spec.replicas', 'spec.template.spec.containers[0].image']),
    );
  });

  test('a quantity that cannot be read is the manifest’s fault, not the server’s', async () => {
    const namespace = await freshNamespace(session);
    const web = deployment('web', 'app:1') as unknown as DeploymentShape;
    Object.assign(web.spec.template.spec.containers[0] ?? {}, { resources: { limits: { memory: '500Mb' } } });
    const plan = await planOne(web as unknown as Record<string, unknown>, namespace);
    assert.deepEqual([plan.action, plan.error?.code], ['refused', 'invalid']);
  });

  test('one object that is refused does not stop the plan of the others', async () => {
    const namespace = await freshNamespace(session);
    const unknown = { apiVersion: 'example.org/v1', kind: 'Thing', metadata: { name: 't' } };
    const plans = await planDeploy(
      session,
      [unknown, configMap('fine'), { ...configMap('bad'), dta: {} }].map(manifestObject),
      { namespace },
    );
    assert.deepEqual(
      new Map(plans.map(({ object, action, error }) => [object.name, [action, error?.code]])),
      new Map([
        ['t', ['refused', 'notFound']],
        ['fine', ['create', undefined]],
        ['bad', ['refused', 'invalid']],
      ]),
    );
  });

  test('warnings of the server are part of the plan', async () => {
    const namespace = await freshNamespace(session);
    const web = deployment('web', 'app:1') as unknown as DeploymentShape;
    Object.assign(web.spec.template.spec.containers[0] ?? {}, { resources: { limits: { memory: '128m' } } });
    const plan = await planOne(web as unknown as Record<string, unknown>, namespace);
    assert.equal(plan.action, 'create');
    assert.match(plan.warnings.join('\n'), /fractional byte/);
  });

  test('a namespace that is missing is said to be', async () => {
    const plan = await planOne(configMap('a'), 'no-such-namespace');
    assert.deepEqual([plan.action, plan.error?.code], ['refused', 'notFound']);
    assert.match(plan.error?.message ?? '', /no-such-namespace/);
  });

  test('an unreachable cluster ends the planning', async () => {
    const signal = AbortSignal.abort();
    const error = await failureOf(
      planDeploy(session, [manifestObject(configMap('a'))], { namespace: 'default', signal }),
    );
    assert.equal(error.code, 'cancelled');
  });
});

describe('fields of others', () => {
  test('are a conflict that names them; taken over only when told to', async () => {
    const namespace = await freshNamespace(session);
    await deploy(deployment('web', 'app:1'), namespace);
    await patchAs('autoscaler', deploymentPath(namespace, 'web'), { spec: { replicas: 5 } });
    const plan = await planOne(deployment('web', 'app:1', { replicas: 2 }), namespace);
    assert.deepEqual([plan.action, plan.error?.code, plan.changes], ['refused', 'conflict', 1]);
    assert.deepEqual(
      plan.error?.details.map(({ field }) => field),
      ['spec.replicas'],
    );
    assert.match(plan.error?.message ?? '', /autoscaler/);
    assert.equal((await failureOf(applyPlan(session, plan))).code, 'conflict');
    const applied = (await applyPlan(session, plan, { force: true })) as unknown as DeploymentShape;
    assert.equal(applied.spec.replicas, 2);
  });
});

describe('what changed since the plan', () => {
  test('an object somebody changed is a conflict, and stays as it is', async () => {
    const namespace = await freshNamespace(session);
    await deploy(configMap('shared', { a: '1' }), namespace);
    const plan = await planOne(configMap('shared', { a: '2' }), namespace);
    await patchAs('other', `/api/v1/namespaces/${namespace}/configmaps/shared`, { data: { b: 'theirs' } });
    const error = await failureOf(applyPlan(session, plan));
    assert.equal(error.code, 'conflict');
    assert.match(error.message, /changed.*since you looked/);
    const ref = { apiVersion: 'v1', kind: 'ConfigMap', name: 'shared', namespace };
    assert.deepEqual((await readObject(session, ref)).data, { a: '1', b: 'theirs' });
  });

  test('an object somebody replaced is a conflict', async () => {
    const namespace = await freshNamespace(session);
    await deploy(configMap('shared', { a: '1' }), namespace);
    const plan = await planOne(configMap('shared', { a: '2' }), namespace);
    const path = `/api/v1/namespaces/${namespace}/configmaps`;
    await session.request(`${path}/shared`, { method: 'DELETE' });
    assert.equal((await failureOf(applyPlan(session, plan))).code, 'notFound');
    await session.request(path, { method: 'POST', body: configMap('shared', { a: '1' }) });
    assert.equal((await failureOf(applyPlan(session, plan))).code, 'conflict');
  });

  test('an object somebody created is a conflict', async () => {
    const namespace = await freshNamespace(session);
    const plan = await planOne(configMap('new', { a: 'mine' }), namespace);
    await session.request(`/api/v1/namespaces/${namespace}/configmaps`, {
      method: 'POST',
      body: configMap('new', { b: 'theirs' }),
    });
    const error = await failureOf(applyPlan(session, plan));
    assert.equal(error.code, 'conflict');
    assert.match(error.message, /since you looked/);
  });

  test('a status that moves is no conflict', async () => {
    const namespace = await freshNamespace(session);
    await deploy(deployment('web', 'app:1'), namespace);
    const plan = await planOne(deployment('web', 'app:2'), namespace);
    await patchAs('controller', `${deploymentPath(namespace, 'web')}/status`, {
      status: { replicas: 1, observedGeneration: 1 },
    });
    const applied = (await applyPlan(session, plan)) as unknown as DeploymentShape;
    assert.equal(applied.spec.template.spec.containers[0]?.image, 'app:2');
  });
});

describe('objects that come together', () => {
  test('a namespace and what lives in it', async () => {
    const name = `${await freshNamespace(session)}-new`;
    after(() => session.request(`/api/v1/namespaces/${name}`, { method: 'DELETE' }));
    const objects = [configMap('inside'), { apiVersion: 'v1', kind: 'Namespace', metadata: { name } }];
    const plans = await planDeploy(session, objects.map(manifestObject), { namespace: name });
    assert.deepEqual(
      plans.map(({ object, action, unverified }) => [object.kind, action, unverified]),
      [
        ['Namespace', 'create', false],
        ['ConfigMap', 'create', true],
      ],
    );
    for (const plan of plans) await applyPlan(session, plan);
    const ref = { apiVersion: 'v1', kind: 'ConfigMap', name: 'inside', namespace: name };
    assert.equal((await readObject(session, ref)).kind, 'ConfigMap');
  });

  test('a definition and an object of its kind', async () => {
    const namespace = await freshNamespace(session);
    const group = `g${Date.now().toString(36)}.example.org`;
    after(() =>
      session.request(`/apis/apiextensions.k8s.io/v1/customresourcedefinitions/things.${group}`, {
        method: 'DELETE',
      }),
    );
    const schema = { openAPIV3Schema: { type: 'object', 'x-kubernetes-preserve-unknown-fields': true } };
    const definition = {
      apiVersion: 'apiextensions.k8s.io/v1',
      kind: 'CustomResourceDefinition',
      metadata: { name: `things.${group}` },
      spec: {
        group,
        scope: 'Namespaced',
        names: { plural: 'things', singular: 'thing', kind: 'Thing', listKind: 'ThingList' },
        versions: [{ name: 'v1', served: true, storage: true, schema }],
      },
    };
    const thing = { apiVersion: `${group}/v1`, kind: 'Thing', metadata: { name: 'one' }, spec: { size: 1 } };
    const plans = await planDeploy(session, [thing, definition].map(manifestObject), { namespace });
    assert.deepEqual(
      plans.map(({ object, action, unverified, namespace: where }) => [
        object.kind,
        action,
        unverified,
        where,
      ]),
      [
        ['CustomResourceDefinition', 'create', false, null],
        ['Thing', 'create', true, namespace],
      ],
    );
    for (const plan of plans) await applyPlan(session, plan);
    assert.equal((await planOne(thing, namespace)).action, 'unchanged');
  });

  test('a name the server chooses gives another object each time', async () => {
    const namespace = await freshNamespace(session);
    const object = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { generateName: 'run-' } };
    const plan = await planOne(object, namespace);
    assert.equal(plan.action, 'create');
    const names = new Set<unknown>();
    for (let count = 0; count < 2; count += 1) {
      names.add(((await applyPlan(session, plan)).metadata as { name: string }).name);
    }
    assert.equal(names.size, 2);
  });

  test('no name at all is refused where the name belongs', async () => {
    const namespace = await freshNamespace(session);
    const { action, error } = await planOne({ apiVersion: 'v1', kind: 'ConfigMap', metadata: {} }, namespace);
    assert.deepEqual([action, error?.code], ['refused', 'invalid']);
    assert.ok(error?.details.some(({ field }) => field.startsWith('metadata.')));
  });

  test('what an export left in the manifest does no harm', async () => {
    const namespace = await freshNamespace(session);
    const live = await deploy(configMap('exported', { a: '1' }), namespace);
    await patchAs('other', `/api/v1/namespaces/${namespace}/configmaps/exported`, { data: { b: '2' } });
    const plan = await planOne({ ...live, data: { a: '3' } }, namespace);
    assert.deepEqual([plan.action, plan.changes], ['update', 1]);
    await applyPlan(session, plan);
  });
});

test('the order of apply: what others stand on first, workloads late, what acts on them last', () => {
  const kinds = [
    'HorizontalPodAutoscaler',
    'Deployment',
    'Widget',
    'Service',
    'ConfigMap',
    'CustomResourceDefinition',
    'Namespace',
  ];
  const objects = kinds.map((kind) => ({ kind }));
  assert.deepEqual(
    applyOrder(objects).map(({ kind }) => kind),
    kinds.toReversed(),
  );
  const same = [1, 2, 3].map((place) => ({ kind: 'Secret', place }));
  assert.deepEqual(applyOrder(same), same);
});

describe('counting changes', () => {
  const object = (spec: unknown, metadata: object = {}): KubeObject => ({ kind: 'X', metadata, spec });

  test('ignores what the server writes', () => {
    const before = {
      ...object({ a: 1 }, { resourceVersion: '1', uid: 'x', generation: 1, managedFields: [1] }),
      status: { a: 1 },
    };
    const after = {
      ...object({ a: 1 }, { resourceVersion: '2', generation: 2, managedFields: [2] }),
      status: { a: 2 },
    };
    assert.equal(countChanges(before, after), 0);
  });

  test('counts leaves, and list items by their names', () => {
    assert.equal(countChanges(object({ a: 1, b: { c: 2, d: 3 } }), object({ a: 2, b: { c: 2 } })), 2);
    assert.equal(countChanges(object({}), object({ new: { x: 1, y: [1, 2] } })), 3);
    const list = (names: string[]): unknown => names.map((name) => ({ name, image: `${name}:1` }));
    assert.equal(countChanges(object(list(['b', 'c'])), object(list(['a', 'b', 'c']))), 2);
    assert.equal(countChanges(object([1, 2, 3]), object([1, 9])), 2);
    assert.equal(countChanges(object({ a: {} }), object({})), 1);
  });
});

describe('showing an object', () => {
  test('without noise, keys in a steady order', () => {
    const text = displayYaml({
      status: { replicas: 1 },
      spec: { zebra: 1, containers: [{ image: 'x', args: ['a'], name: 'c' }] },
      kind: 'Pod',
      metadata: {
        uid: 'u',
        managedFields: [],
        annotations: { 'kubectl.kubernetes.io/last-applied-configuration': '{}' },
        name: 'web',
      },
      apiVersion: 'v1',
    });
    assert.equal(
      text,
      'apiVersion: v1\nkind: Pod\nmetadata:\n  name: web\nspec:\n  containers:\n    - name: c\n      image: x\n      args:\n        - a\n  zebra: 1\n',
    );
  });

  test('values of a Secret are hidden, and differ when they differ', () => {
    const secret = (value: string): string =>
      displayYaml({
        apiVersion: 'v1',
        kind: 'Secret',
        metadata: { name: 's', annotations: { 'kubectl.kubernetes.io/last-applied-configuration': value } },
        data: { password: Buffer.from(value).toString('base64') },
        stringData: { other: value },
      });
    const shown = secret('hunter2hunter2');
    assert.doesNotMatch(shown, /hunter2|aHVudGVy/);
    assert.match(shown, /password: «hidden, 14 bytes, mark [0-9a-f]{8}»/);
    assert.equal(secret('hunter2hunter2'), shown);
    assert.notEqual(secret('hunter2hunter3'), shown);
  });
});

test('field paths by position', () => {
  const object = {
    spec: {
      containers: [
        { name: 'a', ports: [{ containerPort: 80 }, { containerPort: 81, protocol: 'UDP' }] },
        { name: 'b.c', env: [{ name: 'X' }] },
      ],
      finalizers: ['one', 'two'],
    },
  };
  const cases: readonly [string, string][] = [
    ['spec.containers[name="b.c"].env[name="X"].value', 'spec.containers[1].env[0].value'],
    ['spec.containers[name="a"].ports[containerPort=81,protocol="UDP"].x', 'spec.containers[0].ports[1].x'],
    ['spec.containers[name="a"].ports[containerPort=80,protocol="TCP"]', 'spec.containers[0].ports[0]'],
    ['spec.finalizers[="two"]', 'spec.finalizers[1]'],
    ['spec.containers[name="gone"].image', 'spec.containers'],
    ['spec.containers[1].image', 'spec.containers[1].image'],
    ['metadata.labels', 'metadata.labels'],
    ['', ''],
  ];
  for (const [path, expected] of cases) assert.equal(indexedPath(path, object), expected);
});
