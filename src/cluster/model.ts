/** The nouns every part of this room shares, and features import as types. */
import type { Message } from '../core/finding.ts';
import type { Disposable } from '../platform/disposables.ts';
import type { Log } from '../platform/log.ts';
import type { ClusterError } from './errors.ts';

/** Name under which the server notes who set which field. */
export const fieldManager = 'elastic-containers';

/** A Kubernetes object as the API server sent it: raw JSON, nothing dropped, nothing converted. */
export type KubeObject = Readonly<Record<string, unknown>>;

/** One context of the merged kubeconfig. */
export interface ContextInfo {
  readonly name: string;
  readonly cluster: string;
  readonly user: string;
  /** `default` when the context sets none. */
  readonly namespace: string;
  /** Address of the API server as written; `''` when the context names a cluster that is nowhere defined. */
  readonly server: string;
  /** The file that defines the context. */
  readonly file: string;
}

export interface KubeconfigProblem {
  readonly file: string;
  readonly message: Message;
}

export interface ContextList {
  readonly contexts: readonly ContextInfo[];
  readonly current: string | null;
  /** Files or entries that could not be read; everything else still works. */
  readonly problems: readonly KubeconfigProblem[];
  /** The files looked for, in order of precedence, whether they exist or not. */
  readonly files: readonly string[];
}

/** One object of the cluster, named completely: nothing is taken from an ambient "current" one. */
export interface ObjectRef {
  readonly apiVersion: string;
  readonly kind: string;
  readonly name: string;
  /** null for a cluster-scoped kind. */
  readonly namespace: string | null;
  /** When set, an object of the same name but another UID is not this one. */
  readonly uid?: string;
}

/** An object of a namespace. */
export interface WorkloadRef extends ObjectRef {
  readonly namespace: string;
}

export interface RequestOptions {
  /** Default GET. */
  readonly method?: string;
  /** Sent as JSON, whatever the content type says (JSON is YAML too). */
  readonly body?: unknown;
  /** Default `application/json`. */
  readonly contentType?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Entries that are undefined are left out; `false` and `0` are sent. */
  readonly query?: Readonly<Record<string, string | number | boolean | undefined>>;
  readonly signal?: AbortSignal;
  /** Called with each `Warning` header's text. */
  readonly onWarning?: (text: string) => void;
  /** Milliseconds the server may stay silent, of a stream until its headers; default 30 s, Infinity (streams): no limit. */
  readonly timeoutMs?: number;
  /**
   * Bytes of the answer, unpacked, above which it is given up: 100 MB of one that is read as a whole, and of each line
   * of a longer one; 1 GB of one that is read piece by piece.
   */
  readonly longest?: number;
}

/** A long answer, line by line (a watch). Iteration ends on a clean close and throws a ClusterError on any other end. */
export interface LineStream extends AsyncIterable<readonly string[]> {
  /** Closes the connection; iteration ends. */
  close(): void;
}

export interface WebSocketOptions {
  /** Names of what may be spoken, best first; the server chooses one. */
  readonly protocols: readonly string[];
  readonly query?: RequestOptions['query'];
  /** Ends the connection, whether it is open by then or not. */
  readonly signal?: AbortSignal;
  /** Milliseconds of silence after which a sign of life is asked for; after twice that it is dead. Default 15 s. */
  readonly heartbeatMs?: number;
}

/** A WebSocket that is open. Whoever opens one reads its messages to the end, or closes it. */
export interface ClusterSocket {
  /** The protocol the server chose. */
  readonly protocol: string;
  /**
   * Messages as they come, to be read once; while nobody asks for the next the other side has to wait. Ends after a
   * clean close from either side and throws a ClusterError on any other end.
   */
  readonly messages: AsyncIterable<Buffer>;
  /** Resolves once there is room for more; what is sent after the end is dropped. Never rejects. */
  send(payload: Uint8Array): Promise<void>;
  close(): void;
}

/** A long answer, decoded as UTF-8, in pieces as they come. Iteration ends as that of lines does. */
export interface ChunkStream extends AsyncIterable<string> {
  /** Closes the connection; iteration ends. */
  close(): void;
}

/** An answer that has begun to come. */
export interface TextStream {
  /**
   * Hands out what comes, decoded as UTF-8, in pieces cut anywhere; resolves at the end of the whole. Rejects with a
   * ClusterError, or with what `onPiece` threw.
   */
  read(onPiece: (piece: string) => void): Promise<void>;
  /** Gives up what has not been read; after the end nothing is left to do. */
  close(): void;
}

/** What discovery knows of one kind. */
export interface ApiResource {
  /** As manifests write it: `v1`, `apps/v1`. */
  readonly apiVersion: string;
  /** `''` for the core group. */
  readonly group: string;
  readonly version: string;
  readonly kind: string;
  readonly plural: string;
  readonly namespaced: boolean;
  readonly verbs: readonly string[];
  /** Whether it has the `/scale` subresource. */
  readonly scalable: boolean;
}

export interface ResourceIndex {
  readonly resources: readonly ApiResource[];
  /** Groups whose discovery failed (an aggregated API that is down): their kinds may be missing. */
  readonly failedGroups: readonly string[];
  find(apiVersion: string, kind: string): ApiResource | null;
}

/** The connection to one context: one agent, one credential, whoever uses it. */
export interface Session extends Disposable {
  readonly context: ContextInfo;
  readonly log: Log;
  /** Aborted when the session is disposed of. */
  readonly closed: AbortSignal;
  /** A login works again after it was refused, or the kubeconfig entry changed: what was given up may start over. */
  onDidReconnect(listener: () => void): Disposable;
  /** The answer as JSON. Rejects with a ClusterError and nothing else. */
  request<T>(path: string, options?: RequestOptions): Promise<T>;
  /** The answer as it is: for what is kept, or read elsewhere. Rejects with a ClusterError and nothing else. */
  requestText(path: string, options?: RequestOptions): Promise<string>;
  /** Opens a long answer; resolves once its headers are in. Rejects with a ClusterError. */
  stream(path: string, options?: RequestOptions): Promise<LineStream>;
  /** As `stream`, for answers whose lines may have any length (a log). */
  chunks(path: string, options?: RequestOptions): Promise<ChunkStream>;
  /** As `requestText`, for answers too long to be kept whole; resolves once the headers are in. Read it, or close it. */
  requestStream(path: string, options?: RequestOptions): Promise<TextStream>;
  /** Opens a WebSocket; it ends with the session. Rejects with a ClusterError that has the server's reason. */
  webSocket(path: string, options: WebSocketOptions): Promise<ClusterSocket>;
  /** Kinds the server serves; asked once, cached. */
  resources(): Promise<ResourceIndex>;
  /** The resource of a kind; asks anew when the cached answer lacks it (a CRD just created). Rejects with `notFound`. */
  resource(apiVersion: string, kind: string): Promise<ApiResource>;
}

/** What a store shows; equal queries with the same projection share one watch. */
export interface StoreQuery {
  readonly apiVersion: string;
  /** Lower-case plural as in paths: `deployments`. */
  readonly plural: string;
  /** null: all namespaces, or a cluster-scoped resource. */
  readonly namespace: string | null;
  readonly labelSelector?: string;
  readonly fieldSelector?: string;
}

/** What a person is told about the rows' freshness. The last rows stay in every phase. */
export type StoreState =
  | { readonly phase: 'connecting' }
  | { readonly phase: 'live'; /** ms since 1970 */ readonly since: number }
  | { readonly phase: 'stale'; readonly since: number; readonly error: ClusterError }
  | { readonly phase: 'forbidden'; readonly error: ClusterError }
  | { readonly phase: 'signedOut'; readonly error: ClusterError }
  | { readonly phase: 'failed'; readonly error: ClusterError };

/** UIDs by what happened to them since the last change; added rows are in `changed`. */
export interface StoreChange {
  readonly changed: ReadonlySet<string>;
  readonly removed: ReadonlySet<string>;
}

/** Rows kept equal to the cluster's by list and watch. */
export interface LiveStore<Row> {
  /** By UID; by `namespace/name` for what has none (metrics). */
  readonly rows: ReadonlyMap<string, Row>;
  readonly state: StoreState;
  /** Settles once the first list is complete or is known to fail; never rejects (look at `state`). */
  readonly ready: Promise<void>;
  /** Fires in batches, 100–250 ms apart while things change. */
  onDidChange(listener: (change: StoreChange) => void): Disposable;
  onDidChangeState(listener: (state: StoreState) => void): Disposable;
  /** Tries again at once instead of waiting for the next attempt (the person pressed Retry). */
  retry(): void;
}

/** A share of something that lives as long as anybody holds one. */
export interface Lease<T> extends Disposable {
  readonly value: T;
}
