import { type Fact, amountText, message, type Message, useSentence, verbatim } from '../../../core/index.ts';
import type { LiveContext } from '../live/context.ts';
import { type Face, noTooltip } from './face.ts';

/** `5 nodes`, `cpu 62 % requested`: as far as it is known without asking for more. */
export function clusterFigures(live: LiveContext): readonly Message[] {
  if (live.listing.phase === 'stale' || live.cluster.state('Node').phase !== 'live') return [];
  const nodes = live.cluster.forest.size('Node');
  const cpu = arePodsKnown(live)
    ? live.usage.cluster().resources.find(({ name }) => name === 'cpu')
    : undefined;
  const percent = cpu?.requestedPercent ?? null;
  return [
    nodes === 1 ? message('1 node') : message('{0} nodes', nodes),
    ...(percent === null ? [] : [message('{0} % cpu requested', percent)]),
  ];
}

/** Whether the pods of all namespaces were listed: sums over some of them would mislead. */
export function arePodsKnown(live: LiveContext): boolean {
  return live.cluster.state('Pod').phase === 'live';
}

export function overviewFace(live: LiveContext | null): Face {
  return plain(message('Overview'), [], live !== null && live.cluster.forest.unhealthy('Node') > 0);
}

/** One line of the overview. */
export function factFace(live: LiveContext | null, fact: string): Face {
  if (live === null) return plain(verbatim(fact), []);
  const { cluster, state } = live;
  const resource = (name: string): readonly Message[] => {
    const forbidden = ['Node', 'Pod'].find((kind) => cluster.state(kind).phase === 'forbidden');
    if (forbidden !== undefined) return [message('not allowed')];
    const use = arePodsKnown(live)
      ? live.usage.cluster().resources.find((one) => one.name === name)
      : undefined;
    if (use === undefined) return [message('Loading…')];
    const used = usedOf(live, name);
    return [useSentence(use), ...(used === null ? [] : [message('{0} used', used)])];
  };
  switch (fact) {
    case 'version':
      return plain(message('Version'), [verbatim((state.phase === 'connected' && state.version) || '–')]);
    case 'nodes':
      return nodesFact(live);
    case 'cpu':
      return plain(message('CPU'), resource('cpu'));
    case 'memory':
      return plain(message('Memory'), resource('memory'));
    default:
      return podsFact(live);
  }
}

function nodesFact({ cluster }: LiveContext): Face {
  const { phase } = cluster.state('Node');
  if (phase === 'forbidden') return plain(message('Nodes'), [message('not allowed')]);
  if (phase === 'connecting') return plain(message('Nodes'), [message('Loading…')]);
  const all = cluster.forest.roots('Node');
  const ready = all.filter((row) => cluster.forest.health(row) !== 'failed' && row.node?.ready === 'True');
  return plain(
    message('Nodes'),
    [message('{0} of {1} ready', ready.length, all.length)],
    ready.length < all.length,
  );
}

function podsFact(live: LiveContext): Face {
  const { phase } = live.cluster.state('Pod');
  if (phase === 'forbidden') return plain(message('Pods'), [message('not allowed')]);
  if (phase === 'connecting') return plain(message('Pods'), [message('Loading…')]);
  const { pods, podsAllowed } = live.usage.cluster();
  return plain(
    message('Pods'),
    podsAllowed === null ? [verbatim(String(pods))] : [message('{0} of {1}', pods, podsAllowed)],
  );
}

/** What one node uses at the moment: `cpu 120m`; empty where nobody measures it. */
export function nodeUsage({ cluster }: LiveContext, node: string): readonly Fact[] {
  const used = cluster.forest.row(`/${node}`)?.used ?? null;
  return [...(used ?? [])].map(([name, amount]) => ({
    name: message('{0} in use', name),
    value: verbatim(amountText(name, amount)),
  }));
}

/** As shares of them are called in the same row. */
const short: Readonly<Record<string, string>> = { memory: 'mem' };

/** In its row: `cpu 0.12, mem 310 MiB used`. */
export function usedWords({ cluster }: LiveContext, node: string): readonly Message[] {
  const used = cluster.forest.row(`/${node}`)?.used;
  const amounts = ['cpu', 'memory'].flatMap((name) => {
    const amount = used?.get(name);
    return amount === undefined ? [] : `${short[name] ?? name} ${amountText(name, amount)}`;
  });
  return amounts.length === 0 ? [] : [message('{0} used', amounts.join(', '))];
}

/** What all nodes use at the moment, where the server measures it; null: it does not, or not (yet). */
function usedOf({ cluster }: LiveContext, name: string): string | null {
  const measured = cluster.forest.roots('NodeMetrics');
  if (measured.length === 0) return null;
  const amounts = measured.map(({ used }) => used?.get(name)).filter((one) => one !== undefined);
  const [first] = amounts;
  if (first === undefined) return null;
  const nano = amounts.reduce((sum, one) => sum + one.nano, 0n);
  return amountText(name, { ...first, nano });
}

function plain(label: Message, description: readonly Message[], troubled = false): Face {
  return {
    label,
    description,
    icon: troubled ? { id: 'warning', color: 'list.warningForeground' } : null,
    spoken: [],
    tooltip: noTooltip,
    contextValue: 'fact',
  };
}
