/** Which kinds stand where, in order, and from when on they are watched. */
import { message, type Message } from '../../../core/index.ts';

/**
 * `place`: as soon as the context or namespace is open; `shelf`: as soon as the category is; `group`: only while its
 * own rows are shown, since a count is not worth reading what may be large, or secret.
 */
export type Watched = 'place' | 'shelf' | 'group';

export interface Slot {
  readonly key: string;
  readonly watched: Watched;
  /** Kinds that are needed to tell how its objects are. */
  readonly beside: readonly string[];
}

export interface Shelf {
  readonly id: string;
  /** null: its groups stand directly below the place. */
  readonly label: Message | null;
  readonly slots: readonly Slot[];
  /** Also holds what only this server has. */
  readonly also: 'gateway' | 'custom' | null;
}

const slot = (key: string, watched: Watched, ...beside: readonly string[]): Slot => ({
  key,
  watched,
  beside,
});

function shelf(id: string, label: Message | null, slots: readonly Slot[], also: Shelf['also'] = null): Shelf {
  return { id, label, slots, also };
}

export const namespaceShelves: readonly Shelf[] = [
  shelf('Workloads', null, [
    slot('Deployment', 'place'),
    slot('StatefulSet', 'place'),
    slot('DaemonSet', 'place'),
    slot('CronJob', 'place'),
    slot('Job', 'place'),
    slot('ReplicaSet', 'place'),
    slot('Pod', 'place'),
  ]),
  shelf(
    'Network',
    message('Network'),
    [slot('Service', 'shelf', 'EndpointSlice'), slot('Ingress', 'shelf'), slot('NetworkPolicy', 'shelf')],
    'gateway',
  ),
  shelf('Configuration', message('Configuration'), [
    slot('ConfigMap', 'group'),
    slot('Secret', 'group'),
    slot('HorizontalPodAutoscaler', 'shelf'),
    slot('PodDisruptionBudget', 'shelf'),
    slot('ResourceQuota', 'shelf'),
    slot('LimitRange', 'shelf'),
  ]),
  shelf('Storage', message('Storage'), [slot('PersistentVolumeClaim', 'shelf')]),
  shelf('Access', message('Access'), [
    slot('ServiceAccount', 'shelf'),
    slot('Role', 'shelf'),
    slot('RoleBinding', 'shelf'),
  ]),
  shelf('Custom', message('Custom resources'), [], 'custom'),
  shelf('More', null, [slot('HelmRelease', 'group'), slot('Event', 'group')]),
];

/** Above the namespaces. */
export const clusterTop = shelf('Cluster', null, [
  slot('Node', 'place', 'Lease', 'Pod', 'NodeMetrics'),
  slot('Pod', 'group'),
]);

/** Below them. */
export const clusterShelves: readonly Shelf[] = [
  shelf('Network', message('Network'), [slot('IngressClass', 'shelf')], 'gateway'),
  shelf('Storage', message('Storage'), [slot('PersistentVolume', 'shelf'), slot('StorageClass', 'shelf')]),
  shelf('Access', message('Access'), [slot('ClusterRole', 'group'), slot('ClusterRoleBinding', 'group')]),
  shelf('Custom', message('Custom resources'), [], 'custom'),
];

const ofNamespace = [...namespaceShelves];
const ofCluster = [clusterTop, ...clusterShelves];

/** The shelves of a namespace, or of the cluster itself. */
export function shelvesOf(namespace: string | null): readonly Shelf[] {
  return namespace === null ? ofCluster : ofNamespace;
}

export function slotsOf(namespace: string | null): readonly Slot[] {
  return shelvesOf(namespace).flatMap(({ slots }) => slots);
}

function atOnce(shelves: readonly Shelf[]): readonly string[] {
  const slots = shelves.flatMap((shelf) => shelf.slots);
  return slots.filter(({ watched }) => watched === 'place').map(({ key }) => key);
}

/** Kinds that are watched as soon as a context, or a namespace, is open. */
export const watchedAtOnce = { cluster: atOnce(ofCluster), namespace: atOnce(ofNamespace) };
