import type { Lease, LiveStore, Session } from '../../cluster/index.ts';
import type { DeployTarget, LiveObjectsParams } from '../../core/protocol.ts';

interface Row {
  readonly uid: string;
  readonly object: Readonly<Record<string, unknown>>;
}

export interface LimitsOptions {
  readonly session: Session;
  readonly target: DeployTarget;
  readonly signal: AbortSignal;
  readonly tell: (params: LiveObjectsParams) => Promise<void>;
}

/**
 * Tells the limits and quotas of the target's namespace, and again whenever they change, until the signal comes. Who
 * may not read them is told nothing of them. Resolves once both lists are there, or are known to fail.
 */
export async function watchLimits({ session, target, signal, tell }: LimitsOptions): Promise<void> {
  const { openStore } = await import('../../cluster/index.ts');
  if (signal.aborted) return;
  const { namespace } = target;
  const leases: readonly Lease<LiveStore<Row>>[] = [
    openStore(session, { apiVersion: 'v1', plural: 'limitranges', namespace }, limitRange),
    openStore(session, { apiVersion: 'v1', plural: 'resourcequotas', namespace }, resourceQuota),
  ];
  const stores = leases.map(({ value }) => value);
  const update = (): void => {
    const objects = stores.flatMap(({ rows }) => [...rows.values()].map(({ object }) => object));
    // A server that is not there is told at its next start.
    if (!signal.aborted) tell({ target, objects }).catch(() => undefined);
  };
  const listeners = stores.map((store) => store.onDidChange(update));
  signal.addEventListener('abort', () => [...listeners, ...leases].forEach((one) => one.dispose()), {
    once: true,
  });
  await Promise.all(stores.map(({ ready }) => ready));
  update();
}

/** Of the module, not of a call: stores are shared by it. */
const limitRange = (object: unknown): Row => rowOf('LimitRange', object);
const resourceQuota = (object: unknown): Row => rowOf('ResourceQuota', object);

interface Stored {
  readonly metadata?: { readonly uid?: string; readonly name?: string; readonly namespace?: string };
  readonly spec?: unknown;
}

/** What is written of it in a manifest: lists tell neither its kind nor its API version. */
function rowOf(kind: string, object: unknown): Row {
  const { metadata = {}, spec = {} } = object as Stored;
  const { uid = '', name = '', namespace = '' } = metadata;
  return { uid, object: { apiVersion: 'v1', kind, metadata: { name, namespace }, spec } };
}
