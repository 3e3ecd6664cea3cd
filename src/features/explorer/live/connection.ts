import type { EventFacts } from '../../../core/index.ts';
import type {
  AccessRules,
  EventSubject,
  Lease,
  LiveStore,
  Session,
  StoreQuery,
} from '../../../cluster/index.ts';

/** What the tree asks of the cluster room; loaded at the first use of a cluster. */
export interface Connection {
  readonly session: Pick<Session, 'closed' | 'onDidReconnect' | 'resources' | 'resource'>;
  open<Row extends { readonly uid: string }>(
    query: StoreQuery,
    project: (object: unknown) => Row,
  ): Lease<LiveStore<Row>>;
  /** Events of one object, asked for once. */
  events(about: EventSubject, signal: AbortSignal): Promise<readonly EventFacts[]>;
  /** `v1.36.3`. */
  version(): Promise<string>;
  /** What the person may do there; null: in the cluster as a whole. */
  access(namespace: string | null): Promise<AccessRules>;
}
