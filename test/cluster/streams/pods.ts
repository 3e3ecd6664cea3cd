/** Pods that streams lead into. */
import type { Session } from '../../../src/cluster/index.ts';
import { until } from '../support.ts';

interface PodAnswer {
  readonly metadata: { readonly name: string; readonly deletionTimestamp?: string };
  readonly status?: { readonly conditions?: readonly { readonly type: string; readonly status: string }[] };
}

/** A pod of one container, `app`, or of the containers given; resolves when it is ready. */
export async function readyPod(
  session: Session,
  namespace: string,
  name: string,
  containers: readonly object[],
  metadata: Readonly<Record<string, unknown>> = {},
): Promise<void> {
  await session.request(`/api/v1/namespaces/${namespace}/pods`, {
    method: 'POST',
    body: {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name, ...metadata },
      spec: { terminationGracePeriodSeconds: 0, containers },
    },
  });
  await until(`the pod ${name}`, async () =>
    isReady(await session.request(`/api/v1/namespaces/${namespace}/pods/${name}`)),
  );
}

/** Names of the ready pods that are not being deleted. */
export async function readyPods(session: Session, namespace: string): Promise<readonly string[]> {
  const { items } = await session.request<{ items: readonly PodAnswer[] }>(
    `/api/v1/namespaces/${namespace}/pods`,
  );
  return items.filter(isReady).map(({ metadata }) => metadata.name);
}

function isReady({ metadata, status }: PodAnswer): boolean {
  const ready =
    status?.conditions?.some(({ type, status: is }) => type === 'Ready' && is === 'True') === true;
  return ready && metadata.deletionTimestamp === undefined;
}
