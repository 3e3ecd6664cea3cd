import type { Lease, LiveStore, Session, StoreQuery } from '../model.ts';
import { ReflectedStore } from './store.ts';
import { storeTuning, type StoreTuning } from './timing.ts';

interface Shared {
  readonly store: ReflectedStore<unknown>;
  holders: number;
  linger: NodeJS.Timeout | undefined;
}

/** The stores of one session, by query and by projection. */
type SessionStores = Map<string, Map<(object: unknown) => unknown, Shared>>;

const stores = new WeakMap<Session, SessionStores>();

/**
 * A live store of what the query selects. Equal queries of one session with the same `project` function share
 * one store, which closes 30 s after its last lease was disposed of: pass a module's function, not a fresh closure.
 * Disposing of the session ends all of its stores.
 */
export function openStore<Row extends { readonly uid: string }>(
  session: Session,
  query: StoreQuery,
  project: (object: unknown) => Row,
  tuning: StoreTuning = storeTuning,
): Lease<LiveStore<Row>> {
  const shared = sharedStore(session, query, project, tuning);
  shared.holders += 1;
  clearTimeout(shared.linger);
  let held = true;
  return {
    // Keyed by the projection, so its rows are what that projection makes.
    value: shared.store as LiveStore<unknown> as LiveStore<Row>,
    dispose: () => {
      if (!held) return;
      held = false;
      shared.holders -= 1;
      if (shared.holders === 0) closeLater(session, query, project, shared, tuning);
    },
  };
}

function sharedStore(
  session: Session,
  query: StoreQuery,
  project: (object: unknown) => unknown,
  tuning: StoreTuning,
): Shared {
  const ofSession = stores.get(session) ?? newSession(session);
  const key = keyOf(query);
  const ofQuery = ofSession.get(key) ?? new Map<(object: unknown) => unknown, Shared>();
  ofSession.set(key, ofQuery);
  const existing = ofQuery.get(project);
  if (existing !== undefined) return existing;
  const store = new ReflectedStore(session, query, project, tuning);
  const shared = { store, holders: 0, linger: undefined };
  // Nobody would end it any more.
  if (session.closed.aborted) store.dispose();
  ofQuery.set(project, shared);
  return shared;
}

function newSession(session: Session): SessionStores {
  const created: SessionStores = new Map();
  stores.set(session, created);
  const end = (): void => {
    for (const ofQuery of created.values()) {
      for (const shared of ofQuery.values()) {
        clearTimeout(shared.linger);
        shared.store.dispose();
      }
    }
    created.clear();
  };
  session.closed.addEventListener('abort', end, { once: true });
  return created;
}

function closeLater(
  session: Session,
  query: StoreQuery,
  project: (object: unknown) => unknown,
  shared: Shared,
  tuning: StoreTuning,
): void {
  if (session.closed.aborted) return;
  shared.linger = setTimeout(() => {
    shared.store.dispose();
    const ofQuery = stores.get(session)?.get(keyOf(query));
    ofQuery?.delete(project);
    if (ofQuery?.size === 0) stores.get(session)?.delete(keyOf(query));
  }, tuning.linger);
  // Waiting for somebody to come back is no reason to stay alive.
  shared.linger.unref();
}

function keyOf(query: StoreQuery): string {
  const { apiVersion, plural, namespace, labelSelector = '', fieldSelector = '' } = query;
  return JSON.stringify([apiVersion, plural, namespace, labelSelector, fieldSelector]);
}
