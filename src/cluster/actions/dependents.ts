import { fieldsIn, listIn } from '../apply/json.ts';
import { ClusterError } from '../errors.ts';
import { listAll } from '../list.ts';
import type { KubeObject, Session } from '../model.ts';
import { metaOf, resourcePath } from '../objects.ts';

/** What goes with an object when it is deleted. */
export interface Dependents {
  /** By kind, in the order in which they own each other; kinds without any are left out. */
  readonly counts: readonly { readonly kind: string; readonly count: number }[];
  /** False when some kinds may not be listed: there may be more. */
  readonly complete: boolean;
}

/** Kinds that own others, each before what it owns. */
const owners = [
  { apiVersion: 'apps/v1', kind: 'Deployment', plural: 'deployments' },
  { apiVersion: 'apps/v1', kind: 'StatefulSet', plural: 'statefulsets' },
  { apiVersion: 'apps/v1', kind: 'DaemonSet', plural: 'daemonsets' },
  { apiVersion: 'apps/v1', kind: 'ReplicaSet', plural: 'replicasets' },
  { apiVersion: 'batch/v1', kind: 'Job', plural: 'jobs' },
  { apiVersion: 'v1', kind: 'Pod', plural: 'pods' },
] as const;

/** What is counted in a namespace that is deleted. */
const contents = [
  ...owners,
  { apiVersion: 'v1', kind: 'Service', plural: 'services' },
  { apiVersion: 'v1', kind: 'ConfigMap', plural: 'configmaps' },
  { apiVersion: 'v1', kind: 'Secret', plural: 'secrets' },
  { apiVersion: 'v1', kind: 'PersistentVolumeClaim', plural: 'persistentvolumeclaims' },
] as const;

/** Between these and pods stand other kinds; all that is not named here owns nothing, or anything. */
const owned: Readonly<Record<string, readonly string[]>> = {
  Deployment: ['ReplicaSet', 'Pod'],
  StatefulSet: ['Pod'],
  DaemonSet: ['Pod'],
  ReplicaSet: ['Pod'],
  ReplicationController: ['Pod'],
  Job: ['Pod'],
  CronJob: ['Job', 'Pod'],
  Pod: [],
  Service: [],
  ConfigMap: [],
  Secret: [],
};

/** Counts what these objects own, and what namespaces and the kinds of CustomResourceDefinitions among them hold. */
export async function dependentsOf(
  session: Session,
  objects: readonly KubeObject[],
  signal?: AbortSignal,
): Promise<Dependents> {
  const answers: Counted[][] = [];
  const inNamespaces = new Map<string, KubeObject[]>();
  for (const object of objects) {
    const { name, namespace } = metaOf(object);
    if (object.kind === 'Namespace') answers.push(await countAll(session, contents, name, signal));
    if (object.kind === 'CustomResourceDefinition') {
      answers.push(await countAll(session, definedBy(object), null, signal));
    }
    if (namespace !== undefined) {
      inNamespaces.set(namespace, [...(inNamespaces.get(namespace) ?? []), object]);
    }
  }
  for (const [namespace, those] of inNamespaces) {
    answers.push(await countOwned(session, those, namespace, signal));
  }
  return summed(answers.flat());
}

/** null: may not be counted. */
interface Counted {
  readonly kind: string;
  readonly count: number | null;
}

/** One item is asked for: the server says how many remain. */
async function countAll(
  session: Session,
  kinds: readonly { readonly apiVersion: string; readonly kind: string; readonly plural: string }[],
  namespace: string | null,
  signal?: AbortSignal,
): Promise<Counted[]> {
  return Promise.all(
    kinds.map(async ({ apiVersion, kind, plural }) => {
      const path = resourcePath({ apiVersion, plural, namespaced: true }, namespace);
      const count = await orUnknown(async () => {
        const { items, metadata } = await session.request<{
          items: readonly unknown[];
          metadata?: { remainingItemCount?: number };
        }>(path, { query: { limit: 1 }, ...(signal !== undefined && { signal }) });
        return items.length + (metadata?.remainingItemCount ?? 0);
      });
      return { kind, count };
    }),
  );
}

function definedBy(definition: KubeObject) {
  const spec = fieldsIn(definition, 'spec');
  const { kind, plural } = fieldsIn(spec, 'names');
  const served = listIn(spec, 'versions').find((version) => version.served === true);
  if (served === undefined) return [];
  return [
    {
      apiVersion: `${String(spec.group)}/${String(served.name)}`,
      kind: String(kind),
      plural: String(plural),
    },
  ];
}

/** One list of each kind, whatever the number of objects. */
async function countOwned(
  session: Session,
  objects: readonly KubeObject[],
  namespace: string,
  signal?: AbortSignal,
): Promise<Counted[]> {
  const below = objects.map(({ kind }) => owned[String(kind)]);
  const kinds = owners.filter(({ kind }) => below.some((some) => some?.includes(kind) ?? true));
  const known = new Set(objects.map((object) => metaOf(object).uid));
  const answers: Counted[] = [];
  for (const { apiVersion, kind, plural } of kinds) {
    const resource = { apiVersion, plural, namespaced: true };
    const rows = await orUnknown(() =>
      listAll(session, resource, { namespace, project: ownership, ...(signal !== undefined && { signal }) }),
    );
    const mine = rows?.filter(
      ({ uid, owners: above }) => !known.has(uid) && above.some((one) => known.has(one)),
    );
    for (const { uid } of mine ?? []) known.add(uid);
    answers.push({ kind, count: mine?.length ?? null });
  }
  return answers;
}

function ownership(object: KubeObject): { readonly uid: string; readonly owners: readonly string[] } {
  const { uid = '' } = metaOf(object);
  const references = listIn(fieldsIn(object, 'metadata'), 'ownerReferences');
  return { uid, owners: references.map((reference) => String(reference.uid)) };
}

async function orUnknown<T>(work: () => Promise<T>): Promise<T | null> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof ClusterError && (error.code === 'forbidden' || error.code === 'notFound'))
      return null;
    throw error;
  }
}

function summed(answers: readonly Counted[]): Dependents {
  const counts = new Map<string, number>();
  for (const { kind, count } of answers) {
    if (count !== null && count > 0) counts.set(kind, (counts.get(kind) ?? 0) + count);
  }
  return {
    counts: [...counts].map(([kind, count]) => ({ kind, count })),
    complete: answers.every(({ count }) => count !== null),
  };
}
