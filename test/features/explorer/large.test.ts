import assert from 'node:assert/strict';
import { beforeEach, describe, test } from 'node:test';
import { Filter } from '../../../src/features/explorer/filter.ts';
import { compareNames } from '../../../src/features/explorer/forest/names.ts';
import { Forest } from '../../../src/features/explorer/forest/forest.ts';
import { kindOf } from '../../../src/features/explorer/kinds/catalogue.ts';
import type { ObjectRow } from '../../../src/features/explorer/rows/rows.ts';
import { Bench } from './bench.ts';
import { deployment, owned, pod, replicaSet, rowOf } from './objects.ts';

let bench: Bench;
beforeEach(() => {
  bench = new Bench();
});

const v1 = ['dev', 'shop', 'Deployments', 'web', 'v1'] as const;
const web = owned('web', 1);

function many(count: number): readonly object[] {
  return [...Array(count).keys()].map((index) =>
    pod(`${web.name}-${String(index).padStart(4, '0')}`, web, { node: `n-${index % 3}` }),
  );
}

async function labels(...path: readonly string[]): Promise<readonly string[]> {
  return (await bench.open(...path)).map((row) => bench.label(row));
}

describe('a long list', () => {
  beforeEach(async () => {
    await bench.open(...v1);
    bench.store('pods').put(...many(450));
  });

  test('shows 200 rows and goes on where asked', async () => {
    const rows = await bench.open(...v1);
    assert.equal(rows.length, 201);
    const more = rows.at(-1);
    assert.ok(more);
    assert.equal(bench.text(more), '1–200 of 452 · Show 200 more');
    bench.model.showMore(more);
    assert.deepEqual(bench.drawn.at(-1), [more.parent]);
    const longer = await bench.open(...v1);
    assert.equal(longer.length, 401);
    assert.equal(bench.text(longer[400] ?? more), '1–400 of 452 · Show 52 more');
    bench.model.showMore(longer[400] ?? more);
    assert.equal((await bench.open(...v1)).length, 452);
  });

  test('stays live: rows keep their objects, a change beyond the page draws the count and no row', async () => {
    const before = await bench.open(...v1);
    bench.drawn.length = 0;
    bench.store('pods').put(pod(`${web.name}-9999`, web));
    const drawn = bench.drawn.flatMap((nodes) => nodes ?? []);
    assert.ok(!drawn.some((row) => row.type === 'object' && row.kind === 'Pod'));
    const after = await bench.open(...v1);
    assert.deepEqual(after, before);
    assert.equal(bench.text(after.at(-1) ?? before[0]!), '1–200 of 453 · Show 200 more');
    bench.store('pods').put(pod(`${web.name}-0000x`, web));
    const again = await bench.open(...v1);
    assert.equal(again.length, 201);
    assert.equal(again[0], before[0]);
  });
});

describe('the filter', () => {
  beforeEach(async () => {
    await bench.open(...v1);
    bench
      .store('pods')
      .put(pod(`${web.name}-c`, web, { waiting: 'CrashLoopBackOff', exitCode: 1, restarts: 2 }));
  });
  const set = (text: string): void => bench.model.setFilter(Filter.of(text));

  test('is a row that says what it is, and everything is back when it is cleared', async () => {
    set('web');
    assert.equal((await labels())[0], 'Filter: web');
    assert.deepEqual(await labels('dev', 'shop', 'Deployments'), ['web']);
    set('');
    assert.deepEqual(await labels(), ['dev', 'prod']);
    assert.deepEqual(await labels('dev', 'shop', 'Deployments'), ['api', 'web']);
  });

  test('by name shows what stands below as well; by status only what is in it, and what that stands below', async () => {
    set('web');
    assert.equal((await labels(...v1)).length, 3);
    set('status:unhealthy');
    assert.deepEqual(await labels(...v1), ['web-…-c']);
    set('status:crashloop');
    assert.deepEqual(await labels('dev', 'shop', 'Deployments'), ['web']);
    set('web status:running');
    assert.deepEqual(await labels(...v1), ['web-…-a', 'web-…-b']);
  });

  test('groups say how many of all it lets through', async () => {
    set('web');
    assert.equal(bench.text(await bench.row('dev', 'shop', 'Deployments')), 'Deployments · 1 of 2');
    set('');
    assert.equal(bench.text(await bench.row('dev', 'shop', 'Deployments')), 'Deployments · 2');
  });

  test('says so where nothing fits', async () => {
    set('nothing-like-this');
    assert.deepEqual(await labels('dev', 'shop', 'Deployments'), ['Nothing here matches the filter']);
  });

  test('by namespace and by label', async () => {
    set('namespace:sh*');
    assert.ok(!(await labels('dev')).includes('empty'));
    assert.ok((await labels('dev')).includes('shop'));
    const labelled = rowOf('Pod', { metadata: { uid: 'u', name: 'n', labels: { app: 'web', tier: 'one' } } });
    const fits = (text: string): boolean => Filter.of(text)?.selects(labelled, 'healthy') === true;
    assert.ok(fits('app=web') && fits('app=w*') && fits('app!=api') && fits('app=web tier=one'));
    assert.ok(!fits('app=api') && !fits('app=we') && !fits('other=web') && !fits('app=web tier=two'));
  });

  test('holds for what comes later', async () => {
    set('status:unhealthy');
    await bench.open(...v1);
    bench.store('pods').put(pod(`${web.name}-d`, web, { waiting: 'ImagePullBackOff' }));
    bench.store('pods').put(pod(`${web.name}-e`, web));
    assert.deepEqual(await labels(...v1), ['web-…-c', 'web-…-d']);
  });
});

describe('pods in groups', () => {
  test('by owner or node in a namespace, by namespace below the context', async () => {
    await bench.open(...v1);
    bench.store('pods').put(pod('alone', null, { node: 'n-2' }), pod('crashed', null, { waiting: 'Error' }));
    bench.model.setGrouping('owner');
    const groups = await bench.open('dev', 'shop', 'Pods');
    assert.deepEqual(
      groups.map((row) => bench.text(row)),
      ['Owned by nothing · 2 · 1 unhealthy', 'ReplicaSet web-74579bb71 · 2'],
    );
    bench.model.setGrouping('node');
    assert.deepEqual(await labels('dev', 'shop', 'Pods'), ['n-1', 'n-2']);
    assert.deepEqual(await labels('dev', 'shop', 'Pods', 'n-2'), ['alone']);
    bench.model.setGrouping('namespace');
    assert.deepEqual(await labels('dev', 'shop', 'Pods'), ['alone', 'crashed']);
    await bench.open('dev', 'Pods');
    bench.store('pods', null).put(pod('alone', null));
    assert.deepEqual(await labels('dev', 'Pods', 'shop'), ['alone']);
  });

  test('a pod that got a node moves to it', async () => {
    await bench.open('dev', 'shop', 'Deployments');
    bench.model.setGrouping('node');
    bench.store('pods').put(pod('late', null, { node: '' }));
    assert.ok((await labels('dev', 'shop', 'Pods')).includes('Waiting for a node'));
    bench.store('pods').put(pod('late', null, { node: 'n-9' }));
    assert.deepEqual(await labels('dev', 'shop', 'Pods'), ['n-1', 'n-9']);
  });
});

test('names are in the order people count in', () => {
  const sorted = ['web-10', 'web-9', 'web-1', 'web', 'a', 'web-01', 'web-2b', 'web-2a', 'n-007', 'n-8'];
  sorted.sort(compareNames);
  assert.deepEqual(sorted, [
    'a',
    'n-007',
    'n-8',
    'web',
    'web-01',
    'web-1',
    'web-2a',
    'web-2b',
    'web-9',
    'web-10',
  ]);
  assert.equal(compareNames('same-1', 'same-1'), 0);
});

/** Random numbers that are the same each time. */
function dice(seed: number): (sides: number) => number {
  let state = seed;
  return (sides) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * sides);
  };
}

test('a forest kept up change by change is the forest of what there is at the end', () => {
  for (let seed = 1; seed <= 20; seed++) {
    const roll = dice(seed);
    const options = { kind: kindOf, readable: () => true, complete: () => true };
    const forest = new Forest(options);
    const stores = new Map<string, Map<string, ObjectRow>>();
    const change = (kind: string, object: object, gone: boolean): void => {
      const rows = stores.get(kind) ?? new Map<string, ObjectRow>();
      stores.set(kind, rows);
      const row = rowOf(kind, object);
      if (gone) rows.delete(row.uid);
      else rows.set(row.uid, row);
      const uids = new Set([row.uid]);
      const none = new Set<string>();
      forest.apply(gone ? { changed: none, removed: uids } : { changed: uids, removed: none }, rows);
    };
    for (let step = 0; step < 300; step++) {
      const name = `w${roll(4)}`;
      const number = 1 + roll(2);
      const gone = roll(4) === 0;
      const kind = roll(10);
      if (kind === 0) change('Deployment', deployment(name, { ready: roll(4) }), gone);
      else if (kind === 1) change('ReplicaSet', replicaSet(name, number, roll(3), roll(3)), gone);
      else {
        const owner = roll(5) === 0 ? null : owned(name, number);
        const state = roll(3) === 0 ? { waiting: 'CrashLoopBackOff', restarts: roll(9) } : {};
        change('Pod', pod(`p-${roll(30)}`, owner, state), gone);
      }
      if (roll(10) === 0) forest.roots('Pod');
      if (roll(10) === 0) forest.unhealthy();
    }
    // Owners that are missed are waited for at first.
    forest.giveUp();
    forest.giveUp();
    const fresh = new Forest(options);
    for (const [kind, rows] of stores) fresh.sync(kind, rows);
    assert.deepEqual(picture(forest), picture(fresh), `seed ${seed}`);
  }
});

function picture(forest: Forest): object {
  const below = (row: ObjectRow): object => ({
    name: row.name,
    health: forest.health(row),
    trouble: forest.trouble(row.uid)?.health ?? null,
    below: forest.owned(row.uid).map(below),
  });
  const kinds = ['Deployment', 'ReplicaSet', 'Pod'];
  return {
    roots: kinds.map((kind) => forest.roots(kind).map(below)),
    unhealthy: kinds.map((kind) => forest.unhealthy(kind)),
    all: forest.unhealthy(),
  };
}
