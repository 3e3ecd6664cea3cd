import type { Lease, LiveStore, Session, StoreQuery } from '../model.ts';

/**
 * A live store of what the query selects. Equal queries of one session with the same `project` function share
 * one store, which closes 30 s after its last lease was disposed of: pass a module's function, not a fresh closure.
 */
export function openStore<Row extends { readonly uid: string }>(
  _session: Session,
  _query: StoreQuery,
  _project: (object: unknown) => Row,
): Lease<LiveStore<Row>> {
  throw new Error('not built yet');
}
