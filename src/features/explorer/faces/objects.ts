import {
  type Fact,
  formatDuration,
  formatMessage,
  message,
  type Message,
  type ProbeFailure,
  verbatim,
} from '../../../core/index.ts';
import { type Face, greyed, healthIcons, healthWords, type Icon, type Tooltip } from './face.ts';
import type { AccessRules } from '../../../cluster/index.ts';
import { abilitiesOf, missingRights } from '../abilities.ts';
import type { Forest, Trouble } from '../forest/forest.ts';
import type { KindDescription } from '../kinds/description.ts';
import {
  type ConditionRow,
  type ObjectRow,
  podLabel,
  rolledOutSince,
  type RowSummary,
  shortImage,
  stateText,
} from '../rows/rows.ts';

export interface ObjectSetting {
  readonly forest: Forest;
  readonly kind: KindDescription | null;
  /** null: not known (yet), and nothing counts as forbidden. */
  readonly access: AccessRules | null;
  /** Objects of several namespaces stand together: each says its own. */
  readonly mixed: boolean;
  /** Of a Service, how many of its endpoints are ready; null while they are not known. */
  readonly endpoints: { readonly ready: number; readonly all: number } | null;
  /** Why it, or a pod of it, is not ready; null: it is, or no probe says so. */
  readonly probe: ProbeFailure | null;
  /** Milliseconds since 1970. */
  readonly now: number;
  /** What is shown is the last that was seen, not what is. */
  readonly stale: boolean;
}

/** What happened, and is nothing to worry about. */
const told: Icon = { id: 'info', color: 'notificationsInfoIcon.foreground' };

/** The row of any object, from its kind's words. */
export function objectFace(row: ObjectRow, setting: ObjectSetting): Face {
  const health = setting.forest.health(row);
  const icon = row.kind === 'Event' && health === 'idle' ? told : healthIcons[health];
  const isNested = setting.forest.ownerOf(row) !== null;
  const asRevision = row.kind === 'ReplicaSet' && isNested && row.revision !== null;
  const label = labelOf(row, asRevision, isNested || setting.mixed);
  return {
    label: verbatim(label),
    description: descriptionOf(row, asRevision, setting),
    icon: setting.stale ? greyed(icon) : icon,
    spoken: [verbatim(row.kind), ...(label === row.name ? [] : [verbatim(row.name)]), healthWords[health]],
    tooltip: () => tooltipOf(row, setting),
    contextValue: contextValueOf(row, setting),
  };
}

function textOf(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}

function labelOf(row: ObjectRow, asRevision: boolean, short: boolean): string {
  if (asRevision) return `v${row.revision}`;
  if (row.of === 'HelmRelease') return textOf(row.labels['name']) ?? row.name;
  if (row.kind === 'Event') return row.title ?? row.name;
  return row.kind === 'Pod' && short ? podLabel(row.name, row.owner) : row.name;
}

function contextValueOf(row: ObjectRow, { kind, access }: ObjectSetting): string {
  const words = [row.kind === 'Pod' ? 'pod' : kind?.replicas === true ? 'workload' : 'plain', 'named'];
  words.push('object', `kind-${row.kind}`);
  if (kind?.replicas === true) words.push('replicas');
  return [...words, ...abilitiesOf(row, kind, access)].join(' ');
}

function descriptionOf(row: ObjectRow, asRevision: boolean, setting: ObjectSetting): readonly Message[] {
  const known: (Message | null)[] = setting.mixed && row.namespace !== '' ? [verbatim(row.namespace)] : [];
  if (row.deleting) known.push(message('terminating'));
  if (row.selects && setting.forest.health(row) === 'warning') known.push(message('no ready pod behind it'));
  if (row.summary !== null) {
    known.push(endpointWords(setting));
    known.push(...summaryWords(row, row.summary), age(row.createdAt, setting.now));
    return known.filter((part) => part !== null);
  }
  switch (row.kind) {
    case 'Pod':
      known.push(...podWords(row, setting));
      break;
    case 'CronJob':
      known.push(...scheduleWords(row));
      break;
    case 'Job':
      known.push(
        row.status.summary,
        troubleWords(setting.forest.trouble(row.uid)),
        age(row.createdAt, setting.now),
      );
      break;
    default:
      known.push(...(asRevision ? revisionWords(row, setting) : workloadWords(row, setting)));
  }
  return known.filter((part) => part !== null);
}

/** `2/3 endpoints`; null of what has none, which is said in other words where it matters. */
function endpointWords({ endpoints }: ObjectSetting): Message | null {
  if (endpoints === null || endpoints.all === 0) return null;
  const { ready, all } = endpoints;
  return all === 1 ? message('{0}/1 endpoint', ready) : message('{0}/{1} endpoints', ready, all);
}

/** What the core says of the object, and why it is not well where those words do not say so. */
function summaryWords({ kind }: ObjectRow, { words, health, reason }: RowSummary): readonly Message[] {
  const troubled = (health === 'failed' || health === 'warning') && reason !== null && kind !== 'Event';
  const said = troubled && words.some((word) => formatMessage(word).includes(formatMessage(reason)));
  return troubled && !said ? [...words, reason] : words;
}

/** `3/3 · v12 · 4 min`; in trouble `1/3 · CrashLoopBackOff ×5`. */
function workloadWords(row: ObjectRow, { forest, probe, now }: ObjectSetting): (Message | null)[] {
  const { ready, desired } = row.status.counts;
  const trouble = forest.trouble(row.uid);
  if (desired === 0 && trouble === null) {
    return [verbatim(String(ready)), ready === 0 ? message('scaled to zero') : message('scaling to zero')];
  }
  const counts = verbatim(`${ready}/${desired}`);
  if (trouble !== null) return [counts, troubleWords(trouble)];
  if (row.status.health === 'failed' || row.status.health === 'warning') {
    return [counts, row.status.reason ?? row.status.summary];
  }
  const revision = row.revision === null ? null : verbatim(`v${row.revision}`);
  return row.status.complete
    ? [counts, revision, age(rolledOutSince(row) ?? row.createdAt, now)]
    : [counts, revision, probe?.words ?? message('rolling out')];
}

/** `3 pods · app:1.4` beside the label `v12`. */
function revisionWords(row: ObjectRow, { forest, probe }: ObjectSetting): (Message | null)[] {
  const pods = forest.count(row.uid);
  const [first, ...others] = row.images.map(shortImage);
  return [
    pods === 1 ? message('1 pod') : message('{0} pods', pods),
    troubleWords(forest.trouble(row.uid)) ?? probe?.words ?? null,
    first === undefined ? null : verbatim(others.length === 0 ? first : `${first} +${others.length}`),
  ];
}

function podWords(row: ObjectRow, { probe, now }: ObjectSetting): (Message | null)[] {
  const { pod } = row;
  if (pod === null) return [];
  const { ready, restarts, health } = pod.status;
  const text = stateText(pod.status);
  const unready = text === 'Running' && health !== 'healthy';
  const state = unready ? message('{0}, {1} ready', text, ready) : verbatim(text);
  return [
    restarts === 0 ? state : message('{0} ×{1}', unready ? `${text} ${ready}` : text, restarts),
    probe?.words ?? null,
    pod.node === null ? null : verbatim(pod.node),
    age(row.createdAt, now),
  ];
}

function scheduleWords(row: ObjectRow): (Message | null)[] {
  if (row.schedule === null) return [];
  return [verbatim(row.schedule.text), row.schedule.suspended ? message('suspended') : null];
}

function troubleWords(trouble: Trouble | null): Message | null {
  if (trouble === null) return null;
  return trouble.restarts === 0
    ? verbatim(trouble.text)
    : message('{0} ×{1}', trouble.text, trouble.restarts);
}

function age(since: number | null, now: number): Message | null {
  return since === null ? null : verbatim(formatDuration(now - since));
}

function tooltipOf(row: ObjectRow, { forest, kind, access, probe, now }: ObjectSetting): Tooltip {
  const trouble = forest.trouble(row.uid);
  const facts: (Fact | null)[] = [
    row.namespace === '' ? null : { name: message('Namespace'), value: verbatim(row.namespace) },
    row.kind === 'CronJob' || row.summary !== null
      ? null
      : { name: message('State'), value: row.status.summary },
    ...(row.summary?.facts ?? []),
    row.summary?.reason == null ? null : { name: message('Reason'), value: row.summary.reason },
    row.status.reason === null ? null : { name: message('Reason'), value: row.status.reason },
    trouble === null
      ? null
      : { name: message('Trouble'), value: message('{0} in pod {1}', trouble.text, trouble.pod) },
    ...podFacts(row),
    // A pod's own events say it, which are asked for when somebody looks.
    probe === null || row.pod !== null ? null : { name: message('Probe'), value: verbatim(probe.said) },
    row.images.length === 0 ? null : { name: message('Images'), value: verbatim(row.images.join(', ')) },
    row.owner === null
      ? null
      : { name: message('Owned by'), value: verbatim(`${row.owner.kind} ${row.owner.name}`) },
    row.createdAt === null
      ? null
      : { name: message('Created'), value: message('{0} ago', formatDuration(now - row.createdAt)) },
  ];
  return {
    title: verbatim(`${row.kind} ${row.name}`),
    facts: facts.filter((fact) => fact !== null),
    story: [
      ...row.conditions.map((condition) => conditionLine(condition, now)),
      ...missingRights(row, kind, access),
    ],
  };
}

function podFacts({ pod, status }: ObjectRow): readonly Fact[] {
  if (pod === null) return [];
  const { ready, restarts, reason } = pod.status;
  return [
    { name: message('Node'), value: pod.node === null ? message('none yet') : verbatim(pod.node) },
    { name: message('Containers ready'), value: verbatim(ready) },
    { name: message('Restarts'), value: verbatim(String(restarts)) },
    ...(reason === null || status.reason !== null
      ? []
      : [{ name: message('Reason'), value: verbatim(reason) }]),
  ];
}

function conditionLine({ type, status, reason, message: text, since }: ConditionRow, now: number): Message {
  const words = [`${type}: ${status}`, reason, text].filter((part) => part !== '').join(', ');
  return since === null ? verbatim(words) : message('{0} ({1} ago)', words, formatDuration(now - since));
}
