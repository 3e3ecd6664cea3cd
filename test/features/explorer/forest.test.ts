import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { formatMessage } from '../../../src/core/index.ts';
import { escapeMarkdown, type Face } from '../../../src/features/explorer/faces/face.ts';
import { Forest } from '../../../src/features/explorer/forest/forest.ts';
import { kindOf } from '../../../src/features/explorer/kinds/catalogue.ts';
import { objectFace } from '../../../src/features/explorer/faces/objects.ts';
import { type ObjectRow, podLabel, shortImage, stateText } from '../../../src/features/explorer/rows/rows.ts';
import { configMap, deployment, now, pod, replicaSet, rowOf } from './objects.ts';

function forestOf(objects: Readonly<Record<string, readonly object[]>>, unreadable: readonly string[] = []) {
  const forest = new Forest({
    kind: kindOf,
    readable: (kind) => !unreadable.includes(kind),
    complete: (kind) => kind in objects && !unreadable.includes(kind),
  });
  for (const [kind, ofKind] of Object.entries(objects)) {
    forest.sync(kind, rowsOf(kind, ofKind));
  }
  return forest;
}

function rowsOf(kind: string, objects: readonly object[]): ReadonlyMap<string, ObjectRow> {
  return new Map(objects.map((object) => rowOf(kind, object)).map((row) => [row.uid, row]));
}

const names = (rows: readonly ObjectRow[]) => rows.map(({ name }) => name);

function rowIn(forest: Forest, uid: string): ObjectRow {
  const row = forest.row(uid);
  assert.ok(row, `${uid} is missing`);
  return row;
}

function faceIn(forest: Forest, uid: string, stale = false): Face {
  const row = rowIn(forest, uid);
  return objectFace(row, {
    forest,
    kind: kindOf(row.of),
    access: null,
    mixed: false,
    endpoints: null,
    probe: null,
    now,
    stale,
  });
}

/** The row as a person reads it. */
function read(forest: Forest, uid: string): string {
  const { label, description } = faceIn(forest, uid);
  return [formatMessage(label), description.map((part) => formatMessage(part)).join(' · ')].join('  ');
}

const rs = { kind: 'ReplicaSet', uid: 'r-web-12', name: 'web-74579bb712' };

describe('who stands below whom', () => {
  test('a Deployment holds its ReplicaSets, newest first, and they hold their pods', () => {
    const forest = forestOf({
      Deployment: [deployment('web', { revision: 12 })],
      ReplicaSet: [replicaSet('web', 9, 1), replicaSet('web', 12, 2), replicaSet('web', 10, 0)],
      Pod: [pod('web-74579bb712-b', rs), pod('web-74579bb712-a', rs)],
    });
    const web = rowIn(forest, 'd-web');
    assert.deepEqual(names(forest.roots('Deployment')), ['web']);
    assert.deepEqual(forest.roots('ReplicaSet'), []);
    assert.deepEqual(forest.roots('Pod'), []);
    const { current, older } = forest.children(web);
    assert.deepEqual(names(current), ['web-74579bb712', 'web-74579bb79']);
    assert.deepEqual(names(older), ['web-74579bb710']);
    assert.deepEqual(names(forest.owned('r-web-12')), ['web-74579bb712-a', 'web-74579bb712-b']);
  });

  test('the current ReplicaSet of a Deployment scaled to zero is not put by', () => {
    const forest = forestOf({
      Deployment: [deployment('web', { desired: 0 })],
      ReplicaSet: [replicaSet('web', 1, 0)],
    });
    assert.equal(forest.children(rowIn(forest, 'd-web')).current.length, 1);
  });

  test('what belongs to a kind the tree does not show, or may not read, stands by itself', () => {
    const rollout = { kind: 'Rollout', uid: 'x' };
    const forest = forestOf({ Pod: [pod('a', rollout), pod('b', rs), pod('c', null)] }, ['ReplicaSet']);
    assert.deepEqual(names(forest.roots('Pod')), ['a', 'b', 'c']);
  });

  test('what some other kind owns stands by itself, though that kind is shown', () => {
    const own = (kind: string) => ({ kind, uid: `u-${kind}` });
    const forest = forestOf({
      ConfigMap: [configMap('settings', {})],
      Pod: [pod('a', { kind: 'ConfigMap', uid: 'c-settings' }), pod('b', own('Node'))],
    });
    assert.deepEqual(names(forest.roots('Pod')), ['a', 'b']);
  });

  test('what nobody owns any more stands by itself, under its whole name, and counts', () => {
    const crash = { waiting: 'CrashLoopBackOff' };
    const forest = forestOf({
      ReplicaSet: [],
      Deployment: [],
      Pod: [pod('web-74579bb712-a', rs, crash), pod('web-74579bb712-b', rs)],
    });
    assert.deepEqual(names(forest.roots('Pod')), ['web-74579bb712-a', 'web-74579bb712-b']);
    assert.match(read(forest, 'p-web-74579bb712-a'), /^web-74579bb712-a {2}CrashLoopBackOff/);
    assert.equal(forest.unhealthy('Pod'), 1);
    const sets = forestOf({ Deployment: [], ReplicaSet: [replicaSet('web', 1, 3)] });
    assert.match(read(sets, 'r-web-1'), /^web-74579bb71 /);
  });

  test('while the owners are not all known, what they own waits for them', () => {
    const pods = rowsOf('Pod', [pod('web-74579bb712-a', rs)]);
    let complete = false;
    const forest = new Forest({ kind: kindOf, readable: () => true, complete: () => complete });
    forest.sync('Pod', pods);
    forest.apply({ changed: new Set(pods.keys()), removed: new Set() }, pods);
    assert.equal(forest.areOwnersAwaited, false);
    assert.deepEqual(forest.roots('Pod'), []);
    complete = true;
    forest.sync('ReplicaSet', new Map());
    assert.equal(forest.size('Pod'), 1);
    // What is known stays known while the list is read once more.
    complete = false;
    forest.apply({ changed: new Set(pods.keys()), removed: new Set() }, pods);
    forest.regroup();
    assert.equal(forest.size('Pod'), 1);
  });

  test('an owner that goes, or is heard of late, is waited for before anything moves', () => {
    const sets = rowsOf('ReplicaSet', [replicaSet('web', 12, 1)]);
    const pods = rowsOf('Pod', [pod('web-74579bb712-a', rs), pod('x-a', { kind: 'ReplicaSet', uid: 'r-x' })]);
    const forest = new Forest({ kind: kindOf, readable: () => true, complete: () => true });
    const apply = (rows: ReadonlyMap<string, ObjectRow>): void =>
      forest.apply({ changed: new Set(rows.keys()), removed: new Set() }, rows);
    apply(sets);
    apply(pods);
    assert.deepEqual(forest.roots('Pod'), []);
    assert.deepEqual(forest.giveUp(), []);
    forest.apply({ changed: new Set(), removed: new Set(['r-web-12']) }, new Map());
    assert.deepEqual(names(forest.giveUp()), ['x-a']);
    assert.deepEqual(names(forest.roots('Pod')), ['x-a']);
    assert.deepEqual(names(forest.giveUp()), ['web-74579bb712-a']);
    assert.equal(forest.areOwnersAwaited, false);
    apply(sets);
    assert.deepEqual(names(forest.roots('Pod')), ['x-a']);
    assert.deepEqual(names(forest.owned('r-web-12')), ['web-74579bb712-a']);
  });
});

describe('what a row says', () => {
  test('a Deployment: ready of desired, revision, age', () => {
    const forest = forestOf({ Deployment: [deployment('web', { revision: 12 })] });
    assert.equal(read(forest, 'd-web'), 'web  3/3 · v12 · 4 min');
    assert.equal(faceIn(forest, 'd-web').icon?.id, 'circle-filled');
    assert.match(faceIn(forest, 'd-web').contextValue, /^workload named .*\breplicas scalable\b/);
  });

  test('a Deployment on its way says that it is', () => {
    const forest = forestOf({ Deployment: [deployment('web', { ready: 1, revision: 2 })] });
    assert.equal(read(forest, 'd-web'), 'web  1/3 · v2 · rolling out');
  });

  test('a pod that no node takes says why, without what the scheduler says after that', () => {
    const reason =
      '0/5 nodes are available: 3 Insufficient cpu, 2 node(s) had untolerated taint {a.b/c: }. preemption: 0/5 nodes are available.';
    const pending = { text: 'Pending', health: 'warning', ready: '0/1', restarts: 0, reason } as const;
    assert.equal(
      stateText(pending),
      'Pending, 0/5 nodes: 3 Insufficient cpu, 2 node(s) had untolerated taint {a.b/c: }',
    );
    assert.equal(stateText({ ...pending, health: 'progressing' }), 'Pending');
  });

  test('a Deployment of no replicas is idle, not healthy', () => {
    const forest = forestOf({ Deployment: [deployment('batch', { desired: 0 })] });
    assert.equal(read(forest, 'd-batch'), 'batch  0 · scaled to zero');
    assert.equal(faceIn(forest, 'd-batch').icon?.id, 'circle-outline');
  });

  test('the worst pod is told on its pod, its ReplicaSet and its Deployment', () => {
    const forest = forestOf({
      Deployment: [deployment('web', { ready: 1, revision: 12 })],
      ReplicaSet: [replicaSet('web', 12, 3, 1)],
      Pod: [
        pod('web-74579bb712-a', rs),
        pod('web-74579bb712-b', rs, { waiting: 'CrashLoopBackOff', exitCode: 3, restarts: 5 }),
        pod('web-74579bb712-c', rs, { waiting: 'ImagePullBackOff' }),
      ],
    });
    assert.equal(read(forest, 'd-web'), 'web  1/3 · CrashLoopBackOff, exit 3 ×5');
    assert.equal(read(forest, 'r-web-12'), 'v12  3 pods · CrashLoopBackOff, exit 3 ×5 · app:1.4');
    assert.equal(read(forest, 'p-web-74579bb712-b'), 'web-…-b  CrashLoopBackOff, exit 3 ×5 · n-1 · 4 min');
    assert.equal(read(forest, 'p-web-74579bb712-a'), 'web-…-a  Running · n-1 · 4 min');
    assert.equal(faceIn(forest, 'd-web').icon?.id, 'error');
    assert.equal(forest.unhealthy(), 1);
  });

  test('pods on their way out, and what is left of them beside a whole Deployment, trouble nobody', () => {
    const crash = { waiting: 'CrashLoopBackOff', exitCode: 1, restarts: 9 };
    const leaving = forestOf({
      Deployment: [deployment('web', { ready: 2, revision: 12 })],
      ReplicaSet: [replicaSet('web', 12, 3, 2)],
      Pod: [pod('web-74579bb712-a', rs, { ...crash, deleting: true })],
    });
    assert.equal(leaving.trouble('d-web'), null);
    const whole = forestOf({
      Deployment: [deployment('web', { revision: 12 })],
      ReplicaSet: [replicaSet('web', 12, 3)],
      Pod: [pod('web-74579bb712-a', rs, crash)],
    });
    assert.equal(whole.trouble('d-web'), null);
    assert.equal(whole.unhealthy(), 0);
  });

  test('a ReplicaSet of a Deployment is scaled through it, one by itself is not', () => {
    const alone = { ...replicaSet('web', 1, 2), metadata: { uid: 'r', name: 'alone', namespace: 'shop' } };
    const forest = forestOf({
      Deployment: [deployment('web')],
      ReplicaSet: [replicaSet('web', 1, 3), alone],
    });
    assert.doesNotMatch(faceIn(forest, 'r-web-1').contextValue, /\bscalable\b/);
    assert.match(faceIn(forest, 'r').contextValue, /\bscalable\b/);
  });

  test('what may no longer be so keeps its shape and loses its colour', () => {
    const forest = forestOf({ Deployment: [deployment('web')] });
    const fresh = faceIn(forest, 'd-web').icon;
    const stale = faceIn(forest, 'd-web', true).icon;
    assert.equal(stale?.id, fresh?.id);
    assert.equal(stale?.color, 'disabledForeground');
  });

  test('a screen reader hears kind, full name and health', () => {
    const forest = forestOf({
      Deployment: [deployment('web', { revision: 12 })],
      ReplicaSet: [replicaSet('web', 12, 3)],
      Pod: [pod('web-74579bb712-a', rs)],
    });
    const spoken = (uid: string) => faceIn(forest, uid).spoken.map((part) => formatMessage(part));
    assert.deepEqual(spoken('d-web'), ['Deployment', 'healthy']);
    assert.deepEqual(spoken('p-web-74579bb712-a'), ['Pod', 'web-74579bb712-a', 'healthy']);
  });
});

test('a pod leaves out what the rows above it say', () => {
  const owner = { kind: 'ReplicaSet', uid: 'r', name: 'web-74579bb799' };
  assert.equal(podLabel('web-74579bb799-7cnrc', owner), 'web-…-7cnrc');
  const long = { ...owner, name: 'payments-gateway-74579bb799' };
  assert.equal(podLabel('payments-gateway-74579bb799-7cnrc', long), '…-7cnrc');
  assert.equal(podLabel('db-0', { kind: 'StatefulSet', uid: 's', name: 'db' }), 'db-0');
  assert.equal(podLabel('renamed', owner), 'renamed');
});

test('an image is told by its last name, with tag or digest', () => {
  assert.equal(shortImage('registry.example:5000/team/app:1.4'), 'app:1.4');
  assert.equal(shortImage('nginx'), 'nginx');
  assert.equal(shortImage(`app@sha256:${'ab12'.repeat(16)}`), 'app@sha256:ab12ab12…');
  assert.equal(shortImage('not an image'), 'not an image');
});

test('text of the cluster cannot become markup, links or several lines', () => {
  assert.equal(escapeMarkdown('a **b** [c](d)'), 'a \\*\\*b\\*\\* \\[c\\]\\(d\\)');
  assert.equal(escapeMarkdown('https://x.example'), 'https\\:\\/\\/x\\.example');
  assert.equal(escapeMarkdown('one\n\n# two\t$(gear)'), 'one \\# two \\$\\(gear\\)');
});
