import { answerTooLong, ClusterError, type ErrorOrigin, unreadableAnswer } from '../errors.ts';
import type { KubeObject, RequestOptions, Session, StoreQuery, TextStream } from '../model.ts';
import { longestAnswer } from '../transport/body.ts';
import { EndlessListError, type ListHead, ListReader } from './list-reader.ts';
import type { StoreTuning } from './timing.ts';

/** The list that was being continued, or the version that was being watched, is too old for the server. */
export class Expired extends Error {}

/** Receives a list while it is being read. */
export interface ListSink {
  item(item: KubeObject): void;
  /** A page is complete: worth showing at once. */
  page(): void;
}

/** What to list, and for how long. */
export interface ListRequest {
  readonly session: Session;
  readonly path: string;
  readonly query: StoreQuery;
  readonly tuning: StoreTuning;
  readonly signal: AbortSignal;
}

/**
 * Reads a list page by page, each item on its own, and returns the list's version; the next page is on its way while
 * one is being read. Throws Expired when the server does not know the list any more, else a ClusterError.
 */
export async function readList(request: ListRequest, sink: ListSink): Promise<string> {
  const [first, others] = request.tuning.pageSizes;
  let asked: Promise<TextStream> | null = ask(request, first);
  try {
    for (;;) {
      const page: TextStream = await asked;
      asked = null;
      const askNext = ({ metadata }: ListHead): void => {
        const next = metadata?.continue;
        if (next !== undefined && next !== '') asked ??= ask(request, others, next);
      };
      const head = await readPage(request.session, page, sink, askNext);
      sink.page();
      askNext(head);
      if (asked === null) return head.metadata?.resourceVersion ?? '';
    }
  } catch (error) {
    // It is nobody's any more.
    asked?.then((page) => page.close()).catch(() => undefined);
    throw isGone(error) ? new Expired() : error;
  }
}

/** The version the server has reached. Throws a ClusterError. */
export async function newestVersion(request: ListRequest): Promise<string> {
  const { metadata } = await request.session.request<ListHead>(request.path, optionsOf(request, 1));
  return metadata?.resourceVersion ?? '';
}

function ask(request: ListRequest, limit: number, next?: string): Promise<TextStream> {
  const answer = request.session.requestStream(request.path, optionsOf(request, limit, next));
  // It is awaited later, or never.
  answer.catch(() => undefined);
  return answer;
}

function optionsOf({ query, signal, tuning }: ListRequest, limit: number, next?: string): RequestOptions {
  const { labelSelector, fieldSelector } = query;
  return {
    query: { limit, continue: next, labelSelector, fieldSelector },
    signal,
    timeoutMs: tuning.opening,
  };
}

/** Reads one page; tells what stands before its items as soon as it is known. */
async function readPage(
  session: Session,
  page: TextStream,
  sink: ListSink,
  onHead: (head: ListHead) => void,
): Promise<ListHead> {
  let told = false;
  let itemType: { readonly apiVersion: string; readonly kind: string } | null = null;
  const reader = new ListReader((item) => {
    const { apiVersion, kind } = reader.head ?? {};
    // Items of most lists come without these two, which watch events have. They were just read and are nobody else's.
    if (item.kind === undefined && apiVersion !== undefined && kind !== undefined) {
      itemType ??= { apiVersion, kind: kind.replace(/List$/, '') };
      Object.assign(item, itemType);
    }
    sink.item(item);
  }, longestAnswer);
  const unreadable = (error?: unknown): ClusterError => unreadableAnswer(originOf(session), error);
  const parsed = <T>(read: () => T): T => {
    try {
      return read();
    } catch (error) {
      if (error instanceof EndlessListError) throw answerTooLong(originOf(session), longestAnswer);
      throw error instanceof SyntaxError ? unreadable(error) : error;
    }
  };
  await page.read((piece) => {
    parsed(() => reader.push(piece));
    if (told || reader.head === null) return;
    told = true;
    onHead(reader.head);
  });
  const head = parsed(() => reader.end());
  // Whatever answers in the server's place may well speak JSON.
  if (head.kind?.endsWith('List') !== true || head.metadata === undefined) throw unreadable();
  return head;
}

export function isGone(error: unknown): boolean {
  return error instanceof ClusterError && error.status === 410;
}

export function originOf({ context: { name, server } }: Session): ErrorOrigin {
  return { context: name, server };
}
