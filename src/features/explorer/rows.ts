/** What the tree keeps of an object: a few hundred bytes, whatever the object's size. */
import {
  parseImageReference,
  type PodStatus,
  podStatus,
  type WorkloadStatus,
  workloadStatus,
} from '../../core/index.ts';
import { flagAt, type Json, listAt, textAt, timeAt } from './json.ts';

/** The controller of an object (`metadata.ownerReferences` with `controller: true`). */
export interface Owner {
  readonly uid: string;
  readonly kind: string;
  readonly name: string;
}

export interface ConditionRow {
  readonly type: string;
  /** `True`, `False` or `Unknown`. */
  readonly status: string;
  readonly reason: string;
  readonly message: string;
  /** Milliseconds since 1970. */
  readonly since: number | null;
}

export interface PodFacts {
  readonly status: PodStatus;
  /** null while it waits for a node. */
  readonly node: string | null;
}

export interface ObjectRow {
  readonly uid: string;
  readonly apiVersion: string;
  readonly kind: string;
  readonly namespace: string;
  readonly name: string;
  /** Milliseconds since 1970. */
  readonly createdAt: number | null;
  readonly owner: Owner | null;
  readonly deleting: boolean;
  readonly status: WorkloadStatus;
  readonly conditions: readonly ConditionRow[];
  /** As written, in the order of the containers. */
  readonly images: readonly string[];
  /** `deployment.kubernetes.io/revision`, of Deployments and their ReplicaSets. */
  readonly revision: string | null;
  /** Of pods only. */
  readonly pod: PodFacts | null;
  /** Of CronJobs only: the cron expression, and whether it is suspended. */
  readonly schedule: { readonly text: string; readonly suspended: boolean } | null;
}

function ownerOf(object: unknown): Owner | null {
  const owner = listAt(object, 'metadata', 'ownerReferences').find((entry) => flagAt(entry, 'controller'));
  const uid = textAt(owner, 'uid');
  return uid === null ? null : { uid, kind: textAt(owner, 'kind') ?? '', name: textAt(owner, 'name') ?? '' };
}

function conditionsOf(object: unknown): readonly ConditionRow[] {
  return listAt(object, 'status', 'conditions').map((condition) => ({
    type: textAt(condition, 'type') ?? '',
    status: textAt(condition, 'status') ?? 'Unknown',
    reason: textAt(condition, 'reason') ?? '',
    message: textAt(condition, 'message') ?? '',
    since: timeAt(condition, 'lastUpdateTime') ?? timeAt(condition, 'lastTransitionTime'),
  }));
}

/** Where each kind keeps its pod template's spec. */
function imagesOf(kind: string, object: unknown): readonly string[] {
  const template = ['spec', 'template', 'spec'];
  const path =
    kind === 'Pod' ? ['spec'] : kind === 'CronJob' ? ['spec', 'jobTemplate', ...template] : template;
  return listAt(object, ...path, 'containers').flatMap((container) => textAt(container, 'image') ?? []);
}

/**
 * The projection for one kind; items of a list do not say their kind themselves. Call it once for each kind and keep
 * the result: stores are shared by the projection's identity.
 */
export function projectAs(apiVersion: string, kind: string): (object: unknown) => ObjectRow {
  return (item) => {
    const object: Json = { ...(item as Json), apiVersion, kind };
    const schedule = kind === 'CronJob' ? textAt(object, 'spec', 'schedule') : null;
    return {
      uid: textAt(object, 'metadata', 'uid') ?? '',
      apiVersion,
      kind,
      namespace: textAt(object, 'metadata', 'namespace') ?? '',
      name: textAt(object, 'metadata', 'name') ?? '',
      createdAt: timeAt(object, 'metadata', 'creationTimestamp'),
      owner: ownerOf(object),
      deleting: textAt(object, 'metadata', 'deletionTimestamp') !== null,
      status: workloadStatus(object),
      conditions: conditionsOf(object),
      images: imagesOf(kind, object),
      revision: textAt(object, 'metadata', 'annotations', 'deployment.kubernetes.io/revision'),
      pod: kind === 'Pod' ? { status: podStatus(object), node: textAt(object, 'spec', 'nodeName') } : null,
      schedule: schedule === null ? null : { text: schedule, suspended: flagAt(object, 'spec', 'suspend') },
    };
  };
}

export interface NamespaceRow {
  readonly uid: string;
  readonly name: string;
  readonly terminating: boolean;
}

export function projectNamespace(object: unknown): NamespaceRow {
  return {
    uid: textAt(object, 'metadata', 'uid') ?? '',
    name: textAt(object, 'metadata', 'name') ?? '',
    terminating: textAt(object, 'status', 'phase') === 'Terminating',
  };
}

/** The part of an image reference people tell images apart by: `registry.example/team/app:1.4` is `app:1.4`. */
export function shortImage(reference: string): string {
  const image = parseImageReference(reference);
  if (image === null) return reference;
  const name = image.repository.slice(image.repository.lastIndexOf('/') + 1);
  if (image.tag !== null) return `${name}:${image.tag}`;
  return image.digest === null ? name : `${name}@${image.digest.slice(0, 'sha256:'.length + 8)}…`;
}

/** Since when a Deployment's revision is rolled out; null while it is not. */
export function rolledOutSince(row: ObjectRow): number | null {
  const progressing = row.conditions.find((condition) => condition.type === 'Progressing');
  return progressing?.reason === 'NewReplicaSetAvailable' ? progressing.since : null;
}

/** Longest name of a Deployment that is repeated in its pods' rows. */
const repeated = 12;

/**
 * A pod's name without what the rows above it say already, so that its state has room beside it:
 * `web-74579bb799-7cnrc` below the ReplicaSet `web-74579bb799` is `web-…-7cnrc`.
 */
export function podLabel(name: string, owner: Owner | null): string {
  const template = owner?.kind === 'ReplicaSet' ? /^(.+)-[a-z0-9]{5,10}$/.exec(owner.name) : null;
  if (owner === null || template === null || !name.startsWith(`${owner.name}-`)) return name;
  const [, base = ''] = template;
  const own = name.slice(owner.name.length + 1);
  return base.length > repeated ? `…-${own}` : `${base}-…-${own}`;
}

/** A pod's state in the words of `kubectl get pods`, and how its container ended where that is known. */
export function stateText({ text, reason }: PodStatus): string {
  return reason !== null && /\bexit \d+$/.test(reason) ? `${text}, ${reason}` : text;
}
