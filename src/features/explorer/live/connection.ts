import type { AccessRules, Lease, LiveStore, Session, StoreQuery } from '../../../cluster/index.ts';

/** What the tree asks of the cluster room; loaded at the first use of a cluster. */
export interface Connection {
  readonly session: Pick<Session, 'closed' | 'resources' | 'resource'>;
  open<Row extends { readonly uid: string }>(
    query: StoreQuery,
    project: (object: unknown) => Row,
  ): Lease<LiveStore<Row>>;
  /** `v1.36.3`. */
  version(): Promise<string>;
  /** What the person may do there; null: in the cluster as a whole. */
  access(namespace: string | null): Promise<AccessRules>;
}
