/** Which kinds have to be watched for the rows that are open. */
import { shelvesOf, slotsOf, type Shelf, type Slot, watchedAtOnce } from './kinds/layout.ts';
import type { LiveContext, Wanted } from './live/context.ts';
import type { ContextNode, TreeNode } from './nodes.ts';
import type { NodeRegistry } from './registry.ts';

/** Clusters of so many nodes have so few pods that they are read for the figures in the context's row alone. */
const fewNodes = 50;

const figures = ['Node', 'Lease', 'Pod', 'NodeMetrics'];

/** What the open rows of a context need. */
export function wantedBy(
  node: ContextNode,
  live: LiveContext | null,
  registry: NodeRegistry,
  isOpen: (node: TreeNode) => boolean,
): Wanted {
  const wanted = new Map<string | null, Set<string>>();
  const want = (at: string | null, keys: readonly string[]): void => {
    const known = wanted.get(at);
    if (known === undefined) wanted.set(at, new Set(keys));
    else for (const key of keys) known.add(key);
  };
  const open: TreeNode[] = [node];
  for (let at = 0; at < open.length; at++) {
    const row = open[at];
    if (row === undefined) break;
    want(row.at, needsOf(row, live));
    open.push(...registry.childrenOf(row).filter(isOpen));
    // Definitions tell which kinds of objects there are, in namespaces as well.
    if (row.type === 'shelf' && row.of === 'Custom') want(null, ['CustomResourceDefinition']);
  }
  return wanted;
}

function needsOf(row: TreeNode, live: LiveContext | null): readonly string[] {
  switch (row.type) {
    case 'context':
      // A thousand nodes that are heard of every ten seconds cost a hundredth of a core.
      return [
        'Namespace',
        ...watchedAtOnce.cluster,
        'Lease',
        ...(isSmall(live) || live?.isLosing === true ? figures : []),
      ];
    case 'namespace':
      return [...watchedAtOnce.namespace, ...probesIn(live, row.at)];
    case 'overview':
      return figures;
    case 'shelf':
      return shelfNeeds(row.at, row.of, live);
    case 'group':
      return [
        row.of,
        ...(slotOf(row.at, row.of)?.beside ?? []),
        ...(row.of === 'Pod' ? probesIn(live, row.at) : []),
      ];
    case 'object':
      return row.kind === 'Node' ? probesIn(live, row.at) : [];
    default:
      return [];
  }
}

/** Why running pods are not ready, where there are such pods. */
function probesIn(live: LiveContext | null, namespace: string | null): readonly string[] {
  return live?.place(namespace)?.probes.areWorthReading === true ? ['ProbeFailure'] : [];
}

/** A cluster whose nodes may not be listed counts as large. */
function isSmall(live: LiveContext | null): boolean {
  if (live === null || live.cluster.state('Node').phase !== 'live') return false;
  return live.cluster.forest.size('Node') <= fewNodes;
}

function slotOf(at: string | null, key: string): Slot | undefined {
  return slotsOf(at).find((slot) => slot.key === key);
}

function shelfNeeds(at: string | null, id: string, live: LiveContext | null): readonly string[] {
  const shelf: Shelf | undefined = shelvesOf(at).find((one) => one.id === id);
  const own = shelf?.slots.filter(({ watched }) => watched === 'shelf') ?? [];
  const also = shelf?.also === 'gateway' ? (live?.kinds.gatewayIn(at) ?? []) : [];
  return [...own.flatMap(({ key, beside }) => [key, ...beside]), ...also.map(({ key }) => key)];
}
