/** What the tree keeps of an object: a few hundred bytes, whatever the object's size. */
import {
  allocatableOf,
  controllerOf,
  customKindFacts,
  type CustomKindFacts,
  eventFacts,
  type Fact,
  type Health,
  isReady,
  type Message,
  type Owner,
  parseImageReference,
  type PodStatus,
  podSighting,
  podStatus,
  type PodUse,
  PodUses,
  probeFailure,
  type ProbeFailure,
  type ResourceAmounts,
  summarize,
  type WorkloadStatus,
  workloadStatus,
} from '../../../core/index.ts';
import { type Detail, detailsOf } from './details.ts';
import { flagAt, type Json, listAt, mapAt, textAt, timeAt } from './json.ts';
import { leaseFacts, type LeaseFacts, nodeFacts, type NodeFacts } from './nodes.ts';
import { kept, keptValue } from './shared.ts';

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
  /** What the scheduler counts for it; null once it has ended. */
  readonly use: PodUse | null;
  /** Seconds it stays on a node that cannot be reached; null: for ever. */
  readonly toleratesFor: number | null;
}

/** What the core says of an object that is no workload. */
export interface RowSummary {
  readonly health: Health;
  readonly words: readonly Message[];
  readonly facts: readonly Fact[];
  readonly reason: Message | null;
}

export type { Detail } from './details.ts';

export type Labels = Readonly<Record<string, unknown>>;

export interface ObjectRow {
  readonly uid: string;
  /** Key of its kind's description. */
  readonly of: string;
  readonly apiVersion: string;
  readonly kind: string;
  /** `''` for what belongs to no namespace. */
  readonly namespace: string;
  readonly name: string;
  /** Says more than its name, which nobody gave it: the reason of an event. */
  readonly title: string | null;
  readonly labels: Labels;
  /** Milliseconds since 1970; of an event, when it was last seen. */
  readonly createdAt: number | null;
  readonly owner: Owner | null;
  readonly deleting: boolean;
  /** Of workloads and pods; what others have is shared and says nothing. */
  readonly status: WorkloadStatus;
  /** null of workloads and pods, whose words are made of their status. */
  readonly summary: RowSummary | null;
  readonly conditions: readonly ConditionRow[];
  /** As written, in the order of the containers. */
  readonly images: readonly string[];
  /** `deployment.kubernetes.io/revision`, of Deployments and their ReplicaSets; of a Helm release its own. */
  readonly revision: string | null;
  /** Of pods only. */
  readonly pod: PodFacts | null;
  /** Of nodes only. */
  readonly node: NodeFacts | null;
  /** Of definitions of custom resources only: a kind that the server serves because of it. */
  readonly defines: CustomKindFacts | null;
  /** Of the metrics of nodes only: what is used at the moment. */
  readonly used: ResourceAmounts | null;
  /** Of the Leases of nodes only. */
  readonly lease: LeaseFacts | null;
  /** Of events about failing probes only. */
  readonly probe: ProbeFailure | null;
  /** Of CronJobs only: the cron expression, and whether it is suspended. */
  readonly schedule: { readonly text: string; readonly suspended: boolean } | null;
  /** A Deployment's rollout is paused, or a Job waits for somebody to let it run. */
  readonly suspended: boolean;
  /** Of Services only: pods answer for it, chosen by their labels. */
  readonly selects: boolean;
  /** Parts with rows of their own. */
  readonly details: readonly Detail[];
}

/** How the object says it is. */
export function healthOf({ summary, status }: ObjectRow): Health {
  return summary?.health ?? status.health;
}

function ownerOf(object: unknown): Owner | null {
  const owner = controllerOf(object);
  if (owner === null || owner.uid === '') return null;
  return keptValue('owner', owner.uid, () => ({ ...owner, kind: kept(owner.kind) }));
}

/** What most pods say is no news, and ten thousand pods would say it. */
const expectedOfPods = new Set([
  'Initialized',
  'Ready',
  'ContainersReady',
  'PodScheduled',
  'PodReadyToStartContainers',
]);

function conditionsOf(kind: string, object: unknown): readonly ConditionRow[] {
  const all = listAt(object, 'status', 'conditions');
  const told =
    kind === 'Pod'
      ? all.filter((one) => one['status'] !== 'True' || !expectedOfPods.has(String(one['type'])))
      : all;
  if (told.length === 0) return none;
  return told.map((condition) => ({
    type: kept(textAt(condition, 'type') ?? ''),
    status: kept(textAt(condition, 'status') ?? 'Unknown'),
    reason: kept(textAt(condition, 'reason') ?? ''),
    message: kept(textAt(condition, 'message') ?? ''),
    since: timeAt(condition, 'lastUpdateTime') ?? timeAt(condition, 'lastTransitionTime'),
  }));
}

const none: readonly never[] = [];

/** Where each kind keeps its pod template's spec. */
function imagesOf(kind: string, object: unknown): readonly string[] {
  const template = ['spec', 'template', 'spec'];
  const path =
    kind === 'Pod' ? ['spec'] : kind === 'CronJob' ? ['spec', 'jobTemplate', ...template] : template;
  const images = listAt(object, ...path, 'containers').flatMap(
    (container) => textAt(container, 'image') ?? [],
  );
  return keptValue('images', images, () => images);
}

function podFacts(object: unknown, status: PodStatus): PodFacts {
  const spec = mapAt(object, 'spec');
  const node = textAt(spec, 'nodeName');
  return {
    status,
    node: node === null ? null : kept(node),
    use: uses.of(object),
    toleratesFor: keptValue('tolerations', [spec['tolerations']], () => toleratesFor(spec)),
  };
}

const uses = new PodUses();

function toleratesFor({ tolerations }: Json): number | null {
  return podSighting({ spec: { tolerations } }).toleratesFor ?? null;
}

const workloads = new Set([
  'Deployment',
  'StatefulSet',
  'DaemonSet',
  'ReplicaSet',
  'ReplicationController',
  'Job',
  'CronJob',
  'Pod',
]);

function statusOf(object: unknown): WorkloadStatus {
  const status = workloadStatus(object);
  return keptValue('status', status, () => status);
}

function podStatusOf(object: unknown): PodStatus {
  const status = podStatus(object);
  return keptValue('podStatus', status, () => status);
}

/** The same of a pod, whose words are known already: some dozen of them are all that ten thousand pods have. */
function statusOfPod(object: unknown, status: PodStatus): WorkloadStatus {
  const ready = isReady(object);
  const deleting = textAt(object, 'metadata', 'deletionTimestamp') !== null;
  const made = [status, ready, textAt(object, 'status', 'phase'), deleting];
  return keptValue('statusOfPod', made, () => workloadStatus(object));
}

function summaryOf(object: unknown): RowSummary {
  const { health, words, facts, reason } = summarize(object, Date.now());
  return { health, words, facts, reason };
}

export interface Projected {
  readonly key: string;
  readonly apiVersion: string;
  readonly kind: string;
  /** Replaces what the core says of an object. */
  readonly summary?: (object: unknown) => RowSummary;
}

/**
 * The projection for one kind; items of a list do not say their kind themselves. Call it once for each kind and keep
 * the result: stores are shared by the projection's identity.
 */
export function projectAs({ key, apiVersion, kind, summary }: Projected): (object: unknown) => ObjectRow {
  const isWorkload = /^(v1|apps\/|batch\/)/.test(apiVersion) && workloads.has(kind);
  return (item) => {
    const given = item as Json;
    const said = given['apiVersion'] === apiVersion && given['kind'] === kind;
    const object: Json = said ? given : { ...given, apiVersion, kind };
    const podWords = kind === 'Pod' ? podStatusOf(object) : null;
    const schedule = kind === 'CronJob' ? textAt(object, 'spec', 'schedule') : null;
    const labels = mapAt(object, 'metadata', 'labels');
    return {
      // What is computed (metrics) has no UID: stores know it by its name.
      uid: textAt(object, 'metadata', 'uid') ?? nameKey(object),
      of: key,
      apiVersion,
      kind,
      namespace: kept(textAt(object, 'metadata', 'namespace') ?? ''),
      name: textAt(object, 'metadata', 'name') ?? '',
      title: kind === 'Event' ? textAt(object, 'reason') : null,
      labels: keptValue('labels', labels, () => labels),
      createdAt:
        kind === 'Event' ? eventFacts(object).lastSeen : timeAt(object, 'metadata', 'creationTimestamp'),
      owner: ownerOf(object),
      deleting: textAt(object, 'metadata', 'deletionTimestamp') !== null,
      status:
        podWords !== null && isWorkload
          ? statusOfPod(object, podWords)
          : isWorkload
            ? statusOf(object)
            : plain,
      summary: isWorkload ? null : (summary ?? summaryOf)(object),
      conditions: conditionsOf(kind, object),
      images: isWorkload ? imagesOf(kind, object) : none,
      revision:
        textAt(object, 'metadata', 'annotations', 'deployment.kubernetes.io/revision') ??
        (key === 'HelmRelease' ? textAt(labels, 'version') : null),
      pod: podWords === null ? null : podFacts(object, podWords),
      node: kind === 'Node' ? nodeFacts(object) : null,
      defines: kind === 'CustomResourceDefinition' ? customKindFacts(object) : null,
      used: kind === 'NodeMetrics' ? allocatableOf({ status: { allocatable: object['usage'] } }) : null,
      lease: kind === 'Lease' ? leaseFacts(object) : null,
      probe: kind === 'Event' ? probeFailure(object) : null,
      schedule: schedule === null ? null : { text: schedule, suspended: flagAt(object, 'spec', 'suspend') },
      suspended:
        (kind === 'Deployment' && flagAt(object, 'spec', 'paused')) ||
        (kind === 'Job' && flagAt(object, 'spec', 'suspend')),
      selects: kind === 'Service' && Object.keys(mapAt(object, 'spec', 'selector')).length > 0,
      details: detailsOf(kind, object),
    };
  };
}

const plain = workloadStatus({});

function nameKey(object: unknown): string {
  return `${textAt(object, 'metadata', 'namespace') ?? ''}/${textAt(object, 'metadata', 'name') ?? ''}`;
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

/**
 * A pod's state in the words of `kubectl get pods`, and how its container ended or what it waits for where that is
 * known: `Pending, 0/5 nodes: 5 Insufficient cpu`.
 */
export function stateText({ text, reason, health }: PodStatus): string {
  if (text === 'Pending' && health === 'warning' && reason !== null) {
    // What the scheduler says of preemption after its first sentence helps nobody.
    const [sentence = reason] = reason.split(/\.(?:\s|$)/);
    return `${text}, ${sentence.replace(' nodes are available', ' nodes')}`;
  }
  return reason !== null && /\bexit \d+$/.test(reason) ? `${text}, ${reason}` : text;
}
