/** The kinds the tree shows, in order: one entry makes a group of rows. */
import { message, type Message } from '../../core/index.ts';
import { type ObjectRow, projectAs } from './rows.ts';

export interface KindDescription {
  readonly apiVersion: string;
  readonly kind: string;
  readonly plural: string;
  readonly group: Message;
  /** `{0}` is the namespace. Set: the group is shown though it is empty, and says so. */
  readonly empty: string | null;
  /** Has the scale subresource. */
  readonly scalable: boolean;
  /** Has a page of its own in Replica Status. */
  readonly replicas: boolean;
  readonly project: (object: unknown) => ObjectRow;
}

type Entry = Omit<KindDescription, 'project'>;

const table: readonly Entry[] = [
  {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    plural: 'deployments',
    group: message('Deployments'),
    empty: 'No deployments in {0}',
    scalable: true,
    replicas: true,
  },
  {
    apiVersion: 'apps/v1',
    kind: 'StatefulSet',
    plural: 'statefulsets',
    group: message('StatefulSets'),
    empty: null,
    scalable: true,
    replicas: true,
  },
  {
    apiVersion: 'apps/v1',
    kind: 'DaemonSet',
    plural: 'daemonsets',
    group: message('DaemonSets'),
    empty: null,
    scalable: false,
    replicas: true,
  },
  {
    apiVersion: 'batch/v1',
    kind: 'CronJob',
    plural: 'cronjobs',
    group: message('CronJobs'),
    empty: null,
    scalable: false,
    replicas: false,
  },
  {
    apiVersion: 'batch/v1',
    kind: 'Job',
    plural: 'jobs',
    group: message('Jobs'),
    empty: null,
    scalable: false,
    replicas: false,
  },
  {
    apiVersion: 'apps/v1',
    kind: 'ReplicaSet',
    plural: 'replicasets',
    group: message('ReplicaSets'),
    empty: null,
    scalable: true,
    replicas: true,
  },
  {
    apiVersion: 'v1',
    kind: 'Pod',
    plural: 'pods',
    group: message('Pods'),
    empty: null,
    scalable: false,
    replicas: false,
  },
];

export const kinds: readonly KindDescription[] = table.map((entry) => ({
  ...entry,
  project: projectAs(entry.apiVersion, entry.kind),
}));

const byKind = new Map(kinds.map((description) => [description.kind, description]));

/** null for a kind the tree does not show. */
export function kindOf(kind: string): KindDescription | null {
  return byKind.get(kind) ?? null;
}
