import { message } from '../finding.ts';
import type { Message } from '../finding.ts';
import { objectOf, objectsIn, textOf } from '../json.ts';
import { formatQuantity } from '../quantity.ts';
import { conditionOf, conditionsOf, explanation } from './conditions.ts';
import type { Condition } from './conditions.ts';
import { partsOf, scalarText } from './fields.ts';
import { factsOf, saying, sinceOf, wordsOf } from './summary.ts';
import type { ResourceSummary } from './summary.ts';
import { allocatableOf } from './use.ts';

export interface NodeTaint {
  readonly key: string;
  /** `''` when it has none. */
  readonly value: string;
  readonly effect: string;
}

const rolePrefix = 'node-role.kubernetes.io/';

/** A node as `kubectl get nodes` tells it, with what puts it under pressure. */
export function summarizeNode(node: unknown): ResourceSummary {
  const { spec, status } = partsOf(node);
  const conditions = conditionsOf(node);
  const ready = conditionOf(conditions, 'Ready');
  const isReady = ready?.status === 'True';
  const cordoned = spec['unschedulable'] === true;
  const troubles = nodeTroubles(conditions);
  const info = objectOf(status['nodeInfo']);
  const version = textOf(info['kubeletVersion']);
  return {
    health: !isReady ? 'failed' : troubles.length > 0 ? 'warning' : cordoned ? 'idle' : 'healthy',
    words: wordsOf(
      stateOf(ready),
      cordoned ? 'SchedulingDisabled' : null,
      troubles.map(({ type }) => type).join(', '),
      version,
    ),
    facts: factsOf(
      [message('State'), nodeState(node)],
      [message('Roles'), nodeRoles(node).join(', ')],
      [message('Kubelet'), version],
      [message('Addresses'), addresses(status['addresses'])],
      [message('Allocatable'), allocatableText(node)],
      [message('Taints'), nodeTaints(node).map(taintText).join(', ')],
      [message('Operating system'), textOf(info['osImage'])],
      [message('Kernel'), textOf(info['kernelVersion'])],
      [message('Container runtime'), textOf(info['containerRuntimeVersion'])],
      [message('Architecture'), [info['operatingSystem'], info['architecture']].map(textOf).join('/')],
    ),
    reason: reasonOf(ready, isReady, troubles),
    ...sinceOf(ready?.since ?? null),
  };
}

/** The STATUS column of kubectl: `Ready`, `NotReady,SchedulingDisabled`, `Unknown` when nothing was reported yet. */
export function nodeState(node: unknown): string {
  const ready = conditionOf(conditionsOf(node), 'Ready');
  const state = stateOf(ready);
  return partsOf(node).spec['unschedulable'] === true ? `${state},SchedulingDisabled` : state;
}

/** `control-plane`, `worker` …, from the labels `node-role.kubernetes.io/<role>`. */
export function nodeRoles(node: unknown): readonly string[] {
  const labels = objectOf(partsOf(node).metadata['labels']);
  const named = Object.keys(labels)
    .filter((key) => key.startsWith(rolePrefix) && key.length > rolePrefix.length)
    .map((key) => key.slice(rolePrefix.length));
  const old = textOf(labels['kubernetes.io/role']);
  return [...new Set(old === '' ? named : [...named, old])].sort();
}

export function nodeTaints(node: unknown): readonly NodeTaint[] {
  return objectsIn(partsOf(node).spec['taints']).map((one) => ({
    key: textOf(one['key']),
    value: scalarText(one['value']),
    effect: textOf(one['effect']),
  }));
}

/** `key=value:NoSchedule`, as kubectl writes a taint. */
export function taintText({ key, value, effect }: NodeTaint): string {
  return `${key}${value === '' ? '' : `=${value}`}:${effect}`;
}

/**
 * Conditions that are true in trouble only: the kubelet's pressures, an unavailable network, and what a problem
 * detector adds (KernelDeadlock, ReadonlyFilesystem …), which keeps to the same rule.
 */
function nodeTroubles(conditions: readonly Condition[]): readonly Condition[] {
  return conditions.filter(({ type, status }) => type !== 'Ready' && status === 'True');
}

function stateOf(ready: Condition | null): string {
  if (ready === null) return 'Unknown';
  return ready.status === 'True' ? 'Ready' : 'NotReady';
}

function reasonOf(ready: Condition | null, isReady: boolean, troubles: readonly Condition[]): Message | null {
  if (ready === null) return message('The kubelet has not reported yet');
  return saying(explanation(isReady ? (troubles[0] ?? null) : ready));
}

function addresses(list: unknown): string {
  return objectsIn(list)
    .map((one) => textOf(one['address']))
    .filter((one, index, all) => one !== '' && all.indexOf(one) === index)
    .join(', ');
}

function allocatableText(node: unknown): string {
  const amounts = allocatableOf(node);
  return ['cpu', 'memory', 'pods']
    .flatMap((name) => {
      const amount = amounts.get(name);
      return amount === undefined ? [] : [`${name} ${formatQuantity(amount)}`];
    })
    .join(', ');
}
