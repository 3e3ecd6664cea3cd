import { createHash } from 'node:crypto';
import { ClusterError, type ClusterErrorCode } from './errors.ts';
import type { Session } from './model.ts';
import { serverVersion } from './objects.ts';
import { type KeptOpenApi, OpenApiCache } from './openapi-cache.ts';

export type { KeptOpenApi } from './openapi-cache.ts';

/** What the server answers at `/openapi/v3`. */
interface OpenApiIndex {
  readonly paths?: Readonly<Record<string, { readonly serverRelativeURL?: string }>>;
}

export interface OpenApiOptions {
  /** Folder for the documents of all servers. */
  readonly cache: string;
  readonly signal: AbortSignal;
}

/** Requests that run at the same time. */
const CONCURRENCY = 4;
/** Groups and versions of the largest clusters are some two hundred. */
const MOST_DOCUMENTS = 1000;
/** Characters; the largest of Kubernetes' own has 1.6 million. */
const LONGEST = 50_000_000;

/** One group and version, and where its document is. */
interface Source {
  readonly groupVersion: string;
  readonly url: string;
  /** The server's own hash of the document; null where it gives none. */
  readonly hash: string | null;
}

/**
 * Brings the documents on the disk up to date: those that changed are fetched, the rest is there. Rejects with a
 * ClusterError; `notFound` says that the server is too old to have any.
 */
export async function fetchOpenApi(
  session: Session,
  { cache, signal }: OpenApiOptions,
): Promise<KeptOpenApi> {
  const kept = new OpenApiCache(cache, session.context.server);
  const [version, index] = await Promise.all([
    serverVersion(session, signal),
    session.request<OpenApiIndex>('/openapi/v3', { signal }),
  ]);
  const sources = sourcesIn(index);
  const waiting = sources.slice(0, MOST_DOCUMENTS);
  const names: string[] = [];
  const work = async (): Promise<void> => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      const name = await fetchDocument(session, next, kept, signal);
      if (name !== null) names.push(name);
    }
  };
  await Promise.all(Array.from({ length: CONCURRENCY }, work));
  return kept.keep(version, names.sort(), names.length === sources.length);
}

/** What is on the disk of a server; null where there is nothing. */
export function keptOpenApi(server: string, cache: string): Promise<KeptOpenApi | null> {
  return new OpenApiCache(cache, server).read();
}

/** Documents of groups and versions: the others describe discovery, logs and logins. */
function sourcesIn({ paths = {} }: OpenApiIndex): readonly Source[] {
  return Object.entries(paths).flatMap(([groupVersion, { serverRelativeURL: url }]) => {
    if (!/^(?:api\/[^/]+|apis\/[^/]+\/[^/]+)$/.test(groupVersion)) return [];
    if (url === undefined || !url.startsWith('/')) return [];
    return [{ groupVersion, url, hash: new URL(url, 'http://server').searchParams.get('hash') }];
  });
}

/** One aggregated API that is down, or closed to this person, must not hide all others. */
const passedOver: ReadonlySet<ClusterErrorCode> = new Set([
  'serverError',
  'answerTooLong',
  'notFound',
  'forbidden',
  'timeout',
]);

/** Name of the document's file; null where there is none to be had. */
async function fetchDocument(
  session: Session,
  { groupVersion, url, hash }: Source,
  kept: OpenApiCache,
  signal: AbortSignal,
): Promise<string | null> {
  const known = hash === null ? null : kept.nameOf(groupVersion, hash);
  if (known !== null && (await kept.has(known))) return known;
  try {
    // Not read as JSON here: that would hold up everything else for as long.
    const text = await session.requestText(url, { signal });
    if (text.length > LONGEST) return null;
    const name = known ?? kept.nameOf(groupVersion, createHash('sha256').update(text).digest('hex'));
    await kept.write(name, text);
    return name;
  } catch (error) {
    if (!(error instanceof ClusterError) || !passedOver.has(error.code)) throw error;
    session.log.warn(`${session.context.name}: the schema of ${groupVersion} is left out: ${error.message}`);
    return null;
  }
}
