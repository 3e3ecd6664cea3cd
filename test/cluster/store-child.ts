/**
 * A process with a store in it, to be stopped, woken and lied to about the time: `store-child.ts KUBECONFIG
 * NAMESPACE`. Sends a Shown whenever rows or state change; a number it receives moves its clock by so many ms.
 */
import { Clusters } from '../../src/cluster/index.ts';
import { openStore } from '../../src/cluster/store/leases.ts';
import { silentLog } from '../../src/platform/log.ts';
import { project, query } from './store-rows.ts';

export interface Shown {
  /** `name=value`, sorted. */
  readonly rows: readonly string[];
  readonly phase: string;
  /** Number of rows that were ever taken away. */
  readonly removed: number;
}

const [kubeconfig = '', namespace = ''] = process.argv.slice(2);
const clusters = new Clusters({ kubeconfigs: () => [kubeconfig], env: process.env, log: silentLog });
process.once('disconnect', () => process.exit());

const now = Date.now.bind(Date);
let moved = 0;
Date.now = () => now() + moved;
process.on('message', (ms: number) => (moved += ms));

const session = await clusters.session((await clusters.contexts()).current ?? '');
const { value: store } = openStore(session, query(namespace), project);
let removed = 0;
const show = (): void => {
  const rows = [...store.rows.values()].map(({ name, value }) => `${name}=${value}`).sort();
  const shown: Shown = { rows, phase: store.state.phase, removed };
  process.send?.(shown);
};
store.onDidChange((change) => {
  removed += change.removed.size;
  show();
});
store.onDidChangeState(show);
