import { addQuantities, parseQuantity, type Quantity, zeroQuantity } from '../core/index.ts';
import { isFields, listIn } from './apply/json.ts';
import { ClusterError } from './errors.ts';
import { listAll } from './list.ts';
import type { KubeObject, Session } from './model.ts';
import { metaOf } from './objects.ts';

/** CPU and memory used, over the window that the metrics server looked at. */
export interface Use {
  readonly cpu: Quantity;
  readonly memory: Quantity;
}

export interface NodeUse extends Use {
  readonly name: string;
}

export interface PodUse extends Use {
  readonly name: string;
  readonly namespace: string;
  readonly containers: readonly (Use & { readonly name: string })[];
}

/** A cluster without a metrics server is a state to tell, not a failure. */
export type MetricsAnswer<Row> =
  | { readonly state: 'measured'; readonly rows: readonly Row[] }
  /** `absent`: nothing serves metrics.k8s.io. `down`: what should serve it does not answer. */
  | { readonly state: 'absent' | 'down' };

const served = { apiVersion: 'metrics.k8s.io/v1beta1' } as const;

/** What each node uses now. */
export function nodeMetrics(session: Session, signal?: AbortSignal): Promise<MetricsAnswer<NodeUse>> {
  const nodes = { ...served, plural: 'nodes', namespaced: false };
  const project = (object: KubeObject): NodeUse => ({ name: metaOf(object).name, ...useOf(object.usage) });
  return measured(() => listAll(session, nodes, { namespace: null, project, ...(signal && { signal }) }));
}

/** What each pod uses now; `namespace` null: in all namespaces. */
export function podMetrics(
  session: Session,
  namespace: string | null,
  signal?: AbortSignal,
): Promise<MetricsAnswer<PodUse>> {
  const pods = { ...served, plural: 'pods', namespaced: true };
  return measured(() => listAll(session, pods, { namespace, project: podUse, ...(signal && { signal }) }));
}

async function measured<Row>(list: () => Promise<readonly Row[]>): Promise<MetricsAnswer<Row>> {
  try {
    return { state: 'measured', rows: await list() };
  } catch (error) {
    if (!(error instanceof ClusterError)) throw error;
    if (error.status === 404) return { state: 'absent' };
    // The aggregator answers so for an API service that is registered and not there.
    if (error.status === 503) return { state: 'down' };
    throw error;
  }
}

function podUse(object: KubeObject): PodUse {
  const { name, namespace = '' } = metaOf(object);
  const containers = listIn(object, 'containers').map((container) => ({
    name: String(container.name),
    ...useOf(container.usage),
  }));
  const sum = (key: keyof Use): Quantity =>
    containers.reduce((total, container) => addQuantities(total, container[key]), zeroQuantity);
  return { name, namespace, containers, cpu: sum('cpu'), memory: sum('memory') };
}

function useOf(usage: unknown): Use {
  const fields = isFields(usage) ? usage : {};
  return { cpu: amount(fields, 'cpu'), memory: amount(fields, 'memory') };
}

function amount(usage: KubeObject, key: keyof Use): Quantity {
  const written = usage[key];
  const parsed = parseQuantity(typeof written === 'string' ? written : '0');
  return parsed.ok ? parsed.quantity : zeroQuantity;
}
