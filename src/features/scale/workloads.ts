import type { Session } from '../../cluster/index.ts';
import { type ScalableRow, scalableRow } from './words.ts';

const scalableKinds = [
  { apiVersion: 'apps/v1', kind: 'Deployment', plural: 'deployments' },
  { apiVersion: 'apps/v1', kind: 'StatefulSet', plural: 'statefulsets' },
  { apiVersion: 'apps/v1', kind: 'ReplicaSet', plural: 'replicasets' },
  { apiVersion: 'v1', kind: 'ReplicationController', plural: 'replicationcontrollers' },
] as const;

export interface WorkloadListing {
  readonly rows: readonly ScalableRow[];
  /** Kinds that could not be listed, with the reason. */
  readonly failures: readonly { readonly kind: string; readonly error: unknown }[];
}

interface Page {
  readonly metadata?: { readonly continue?: string };
  readonly items?: readonly object[];
}

/** What can be scaled in a namespace, by kind and name. One kind that may not be listed does not hide the others. */
export async function listWorkloads(session: Session, namespace: string): Promise<WorkloadListing> {
  const answers = await Promise.allSettled(
    scalableKinds.map((resource) => listKind(session, namespace, resource)),
  );
  const rows: ScalableRow[] = [];
  const failures: { kind: string; error: unknown }[] = [];
  for (const [index, answer] of answers.entries()) {
    if (answer.status === 'fulfilled') rows.push(...answer.value);
    else failures.push({ kind: scalableKinds[index]?.kind ?? '', error: answer.reason as unknown });
  }
  return { rows, failures };
}

async function listKind(
  session: Session,
  namespace: string,
  { apiVersion, kind, plural }: (typeof scalableKinds)[number],
): Promise<readonly ScalableRow[]> {
  const { resourcePath } = await import('../../cluster/index.ts');
  const path = resourcePath({ apiVersion, plural, namespaced: true }, namespace);
  const rows: ScalableRow[] = [];
  let next: string | undefined;
  do {
    const page: Page = await session.request(path, { query: { limit: 250, continue: next } });
    rows.push(...(page.items ?? []).flatMap((item) => scalableRow(apiVersion, kind, item) ?? []));
    next = page.metadata?.continue === '' ? undefined : page.metadata?.continue;
  } while (next !== undefined);
  return rows.sort((one, other) => one.name.localeCompare(other.name, 'en', { numeric: true }));
}
