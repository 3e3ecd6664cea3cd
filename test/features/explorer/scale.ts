/**
 * How long the tree keeps everything else waiting: 10,000 pods on 1,000 nodes, 2,000 events a second, much of it open.
 * `node test/features/explorer/scale.ts` prints the longest pieces of work; nothing is asserted, since machines differ.
 */
import { Filter } from '../../../src/features/explorer/filter.ts';
import type { TreeNode } from '../../../src/features/explorer/nodes.ts';
import { Bench } from './bench.ts';
import { lease, node, owned, pod, replicaSet, deployment } from './objects.ts';

const nodes = 1_000;
const pods = 10_000;
const workloads = 20;
/** Stores tell of changes so often. */
const flushMs = 150;
const eventsPerFlush = Math.round((2_000 * flushMs) / 1_000);

const longest = new Map<string, number>();

function timed<T>(what: string, work: () => T): T {
  // Time of this thread alone: whatever else the machine does is not the tree's fault.
  const start = process.threadCpuUsage();
  const result = work();
  const { user, system } = process.threadCpuUsage(start);
  longest.set(what, Math.max(longest.get(what) ?? 0, (user + system) / 1_000));
  return result;
}

const bench = new Bench();
const waiting = new Set<TreeNode>();
bench.onDraw = (changed) => {
  for (const one of changed ?? []) waiting.add(one);
};

function podNumber(index: number, restarts = 0): object {
  const workload = index % workloads;
  const owner = owned(`w${workload}`, 1);
  const name = `${owner.name}-${String(index).padStart(5, '0')}`;
  const state = restarts % 7 === 3 ? { waiting: 'CrashLoopBackOff', exitCode: 3, restarts } : { restarts };
  return pod(name, owner, { ...state, node: `n-${index % nodes}` });
}

const names = [...Array(pods).keys()];
const inPages = (objects: readonly object[], size: number): readonly (readonly object[])[] =>
  [...Array(Math.ceil(objects.length / size)).keys()].map((page) =>
    objects.slice(page * size, (page + 1) * size),
  );

/** As VS Code does with what it is told: it draws the row and asks for all that is open below it. */
async function redraw(): Promise<void> {
  const all = [...waiting];
  waiting.clear();
  timed('draw', () => {
    for (const one of all) bench.model.draw(one);
  });
  for (const one of all) if (bench.isOpen(one)) await again(one);
}

async function again(row: TreeNode): Promise<void> {
  const children = await bench.model.children(row);
  timed('draw children', () => {
    for (const child of children) bench.model.draw(child);
  });
  for (const child of children) if (bench.isOpen(child)) await again(child);
}

async function main(): Promise<void> {
  await bench.open('dev', 'shop', 'Deployments');
  bench
    .store('deployments')
    .put(...[...Array(workloads).keys()].map((index) => deployment(`w${index}`, { desired: 500 })));
  bench
    .store('replicasets')
    .put(...[...Array(workloads).keys()].map((index) => replicaSet(`w${index}`, 1, 500)));
  await bench.open('dev', 'Nodes');
  for (const page of inPages(
    [...Array(nodes).keys()].map((index) => node(`n-${index}`)),
    500,
  ))
    timed('list nodes', () => bench.store('nodes', null).put(...page));
  for (const page of inPages(
    [...Array(nodes).keys()].map((index) => lease(`n-${index}`, 0)),
    500,
  ))
    timed('list leases', () => bench.store('leases', 'kube-node-lease').put(...page));
  for (const page of inPages(
    names.map((index) => podNumber(index)),
    500,
  )) {
    timed('list pods', () => bench.store('pods').put(...page));
    timed('list all pods', () => bench.store('pods', null).put(...page));
    await redraw();
  }
  for (let index = 0; index < 5; index++) await bench.open('dev', 'shop', 'Deployments', `w${index}`, 'v1');
  await bench.open('dev', 'Nodes', 'n-7');
  await bench.open('dev', 'Pods', 'shop');
  await redraw();
  let event = 0;
  for (let flush = 0; flush < 60; flush++) {
    const changed = [...Array(eventsPerFlush).keys()].map(() =>
      podNumber((event * 7919) % pods, event++ % 50),
    );
    timed('project', () => bench.store('pods').prepare(changed));
    timed('change', () => bench.store('pods').put(...changed));
    timed('change all', () => bench.store('pods', null).put(...changed));
    timed('leases', () =>
      bench
        .store('leases', 'kube-node-lease')
        .put(...[...Array(15).keys()].map((index) => lease(`n-${(flush * 15 + index) % nodes}`, flush))),
    );
    await redraw();
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  timed('tick', () => bench.model.tick());
  timed('filter', () => bench.model.setFilter(Filter.of('status:unhealthy')));
  for (const row of await bench.children(null)) if (bench.isOpen(row)) await again(row);
  timed('change, filtered', () => bench.store('pods').put(podNumber(1, 3)));
  bench.model.setFilter(null);
  timed('group by owner', () => bench.model.setGrouping('owner'));
  for (const row of await bench.children(null)) if (bench.isOpen(row)) await again(row);
  for (const [what, ms] of longest) console.log(`${what.padEnd(20)} ${ms.toFixed(1)} ms at the longest`);
  bench.model.dispose();
}

await main();
