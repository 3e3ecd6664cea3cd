import { ClusterError, type ErrorOrigin, unreadableAnswer } from '../errors.ts';
import type { KubeObject, Session, StoreQuery } from '../model.ts';
import type { StoreTuning } from './timing.ts';

/** The list that was being continued, or the version that was being watched, is too old for the server. */
export class Expired extends Error {}

export interface ListPage {
  readonly metadata: { readonly resourceVersion: string; readonly continue?: string };
  /** With `apiVersion` and `kind`, which items come without and watch events have. */
  readonly items: readonly KubeObject[];
}

interface RawPage {
  /** `PodList` */
  readonly kind: string;
  readonly apiVersion: string;
  readonly metadata: ListPage['metadata'];
  readonly items: Record<string, unknown>[] | null;
}

/**
 * The pages of a list; the next one is on its way while the one before is being read. Throws Expired when the server
 * does not know the list any more, else a ClusterError.
 */
export async function* listPages(
  session: Session,
  path: string,
  query: StoreQuery,
  { pageSizes: [first, others] }: StoreTuning,
  signal: AbortSignal,
): AsyncGenerator<ListPage, void> {
  const ask = (limit: number, next: string | undefined): Promise<RawPage> => {
    const answer = readPage(session, path, query, limit, next, signal);
    // It is awaited later, or never.
    answer.catch(() => undefined);
    return answer;
  };
  let asked: Promise<RawPage> | null = ask(first, undefined);
  while (asked !== null) {
    const page: RawPage = await asked;
    const next = page.metadata.continue;
    asked = next === undefined || next === '' ? null : ask(others, next);
    yield { metadata: page.metadata, items: typed(page) };
  }
}

/** One page, of a new list or, with `next`, of one begun. Throws as `listPages` does. */
export async function readPage(
  session: Session,
  path: string,
  { labelSelector, fieldSelector }: StoreQuery,
  limit: number,
  next: string | undefined,
  signal: AbortSignal,
): Promise<RawPage> {
  try {
    const query = { limit, continue: next, labelSelector, fieldSelector };
    const page = await session.request<Partial<RawPage> | null>(path, { query, signal });
    if (!isList(page)) throw unreadableAnswer(originOf(session));
    return page;
  } catch (error) {
    if (isGone(error)) throw new Expired();
    throw error;
  }
}

function typed({ apiVersion, kind, items }: RawPage): readonly KubeObject[] {
  const itemKind = kind.replace(/List$/, '');
  // They were just read and are nobody else's: no need for ten thousand copies.
  for (const item of items ?? []) {
    item.apiVersion = apiVersion;
    item.kind = itemKind;
  }
  return items ?? [];
}

/** Whatever answers in the server's place may well speak JSON. */
function isList(page: Partial<RawPage> | null): page is RawPage {
  return page?.kind?.endsWith('List') === true && page.metadata !== undefined;
}

export function isGone(error: unknown): boolean {
  return error instanceof ClusterError && error.status === 410;
}

export function originOf({ context: { name, server } }: Session): ErrorOrigin {
  return { context: name, server };
}
