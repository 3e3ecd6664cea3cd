import type { Session } from '../../cluster/index.ts';

interface NamespacePage {
  readonly metadata?: { readonly continue?: string };
  readonly items?: readonly { readonly metadata?: { readonly name?: string } }[];
}

/** Only names are wanted, so the server is asked to leave the rest out. */
const metadataOnly = 'application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1,application/json';

/** Names of all namespaces, page by page. Rejects with a ClusterError (`forbidden`, `unreachable` …). */
export async function listNamespaces(session: Session): Promise<readonly string[]> {
  const names: string[] = [];
  let next: string | undefined;
  do {
    const page: NamespacePage = await session.request('/api/v1/namespaces', {
      headers: { accept: metadataOnly },
      query: { limit: 500, continue: next },
    });
    for (const { metadata } of page.items ?? []) if (metadata?.name !== undefined) names.push(metadata.name);
    next = page.metadata?.continue === '' ? undefined : page.metadata?.continue;
  } while (next !== undefined);
  return names;
}
