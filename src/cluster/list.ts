import type { ApiResource, KubeObject, Session } from './model.ts';
import { resourcePath } from './objects.ts';
import { isGone } from './store/pages.ts';

export interface ListOptions<Row> {
  /** null: all namespaces, or a cluster-scoped resource. */
  readonly namespace: string | null;
  readonly project: (object: KubeObject) => Row;
  readonly labelSelector?: string;
  readonly fieldSelector?: string;
  readonly signal?: AbortSignal;
}

interface Page {
  readonly metadata?: { readonly continue?: string };
  readonly items?: readonly KubeObject[];
}

const pageSize = 500;

/** Lists once, page by page, keeping of each object what `project` makes of it. For what stays in view there are stores. */
export async function listAll<Row>(
  session: Session,
  resource: Pick<ApiResource, 'apiVersion' | 'plural' | 'namespaced'>,
  { namespace, project, labelSelector, fieldSelector, signal }: ListOptions<Row>,
): Promise<readonly Row[]> {
  const list = async (): Promise<readonly Row[]> => {
    const rows: Row[] = [];
    let next: string | undefined;
    do {
      const page: Page = await session.request(resourcePath(resource, namespace), {
        query: { limit: pageSize, continue: next, labelSelector, fieldSelector },
        ...(signal !== undefined && { signal }),
      });
      // One by one: not every server heeds the limit, and no call takes a hundred thousand arguments.
      for (const item of page.items ?? []) rows.push(project(item));
      next = page.metadata?.continue === '' ? undefined : page.metadata?.continue;
    } while (next !== undefined);
    return rows;
  };
  try {
    return await list();
  } catch (error) {
    // A list that took too long cannot be continued: the server has forgotten what it was of.
    if (!isGone(error)) throw error;
    return list();
  }
}
