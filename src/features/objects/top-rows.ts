/** What `Top` lists: use now, beside what was asked for. */
import type { MetricsAnswer, NodeUse, PodUse, Session } from '../../cluster/index.ts';
import { allocatableOf, compareQuantities, percentOf, PodUses, type Quantity } from '../../core/index.ts';

export type Measure = 'cpu' | 'memory';

export interface TopRow {
  readonly name: string;
  /** null for a node. */
  readonly namespace: string | null;
  readonly use: Readonly<Record<Measure, Quantity>>;
  /** Percent of the request, the limit, or what a node can give; null where there is none. */
  readonly shares: Readonly<Record<Measure, readonly Share[]>>;
}

export interface Share {
  readonly of: 'request' | 'limit' | 'allocatable';
  readonly percent: number;
}

/** What `Top` is about. */
export type TopScope =
  | { readonly of: 'nodes' }
  | { readonly of: 'pods'; /** null: all namespaces. */ readonly namespace: string | null };

export type TopAnswer =
  { readonly state: 'measured'; readonly rows: readonly TopRow[] } | { readonly state: 'absent' | 'down' };

type Amounts = ReadonlyMap<string, Quantity>;

/** Reads use and requests at the same time. */
export function readTop(session: Session, scope: TopScope, signal: AbortSignal): Promise<TopAnswer> {
  return scope.of === 'nodes' ? topNodes(session, signal) : topPods(session, scope.namespace, signal);
}

/** The most of it first. */
export function sorted(rows: readonly TopRow[], by: Measure): readonly TopRow[] {
  return [...rows].sort((one, other) => compareQuantities(other.use[by], one.use[by]));
}

async function topNodes(session: Session, signal: AbortSignal): Promise<TopAnswer> {
  const { listAll, metaOf, nodeMetrics } = await import('../../cluster/index.ts');
  const nodes = { apiVersion: 'v1', plural: 'nodes', namespaced: false };
  const [metrics, known] = await Promise.all([
    nodeMetrics(session, signal),
    listAll(session, nodes, {
      namespace: null,
      project: (node) => [metaOf(node).name, allocatableOf(node)] as const,
      signal,
    }),
  ]);
  const offered = new Map(known);
  return rowsOf<NodeUse>(metrics, ({ name, cpu, memory }) => {
    const shares = (measure: Measure, used: Quantity): Share[] =>
      share('allocatable', used, offered.get(name)?.get(measure));
    return {
      name,
      namespace: null,
      use: { cpu, memory },
      shares: { cpu: shares('cpu', cpu), memory: shares('memory', memory) },
    };
  });
}

async function topPods(session: Session, namespace: string | null, signal: AbortSignal): Promise<TopAnswer> {
  const { listAll, metaOf, podMetrics } = await import('../../cluster/index.ts');
  const uses = new PodUses();
  const pods = { apiVersion: 'v1', plural: 'pods', namespaced: true };
  const [metrics, known] = await Promise.all([
    podMetrics(session, namespace, signal),
    listAll(session, pods, {
      namespace,
      project: (pod) => [`${metaOf(pod).namespace ?? ''}/${metaOf(pod).name}`, uses.of(pod)] as const,
      signal,
    }),
  ]);
  const asked = new Map(known);
  return rowsOf<PodUse>(metrics, ({ name, namespace: place, cpu, memory }) => {
    const wanted = asked.get(`${place}/${name}`);
    const shares = (measure: Measure, used: Quantity): Share[] => [
      ...share('request', used, amountOf(wanted?.requests, measure)),
      ...share('limit', used, amountOf(wanted?.limits, measure)),
    ];
    return {
      name,
      namespace: place,
      use: { cpu, memory },
      shares: { cpu: shares('cpu', cpu), memory: shares('memory', memory) },
    };
  });
}

function amountOf(amounts: Amounts | undefined, measure: Measure): Quantity | undefined {
  return amounts?.get(measure);
}

function share(of: Share['of'], used: Quantity, whole: Quantity | undefined): Share[] {
  const percent = whole === undefined ? null : percentOf(used, whole);
  return percent === null ? [] : [{ of, percent }];
}

function rowsOf<Use>(answer: MetricsAnswer<Use>, project: (use: Use) => TopRow): TopAnswer {
  return answer.state === 'measured' ? { state: 'measured', rows: answer.rows.map(project) } : answer;
}
