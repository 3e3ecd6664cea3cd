import { message } from '../finding.ts';
import type { Message } from '../finding.ts';
import { whole } from '../quantity.ts';
import type { Quantity } from '../quantity.ts';
import { resourceAmounts } from '../workload/effective.ts';
import type { ResourceAmounts } from '../workload/effective.ts';
import { amountText, shareText } from './amount-text.ts';
import { AmountTotal, useOf, UseTotal } from './amounts.ts';
import { objectOf } from '../json.ts';
import { partsOf } from './fields.ts';

/** One resource of a node or cluster: what there is, and what pods have asked for. */
export interface ResourceUse {
  /** `cpu`, `memory`, `nvidia.com/gpu` … */
  readonly name: string;
  readonly allocatable: Quantity;
  readonly requested: Quantity;
  readonly limits: Quantity;
  /** Requested of allocatable in whole percent, rounded down as kubectl does; null where nothing is allocatable. */
  readonly requestedPercent: number | null;
  /** May be far above 100: limits can be overcommitted. */
  readonly limitsPercent: number | null;
}

export interface Use {
  /** cpu and memory first; of the others those that pods ask for, and the extended ones. */
  readonly resources: readonly ResourceUse[];
  /** Pods that have not ended. */
  readonly pods: number;
  /** How many the kubelet takes; null when it does not say. */
  readonly podsAllowed: number | null;
}

/** What a node offers to pods: `status.allocatable`; its capacity until the kubelet has said so. */
export function allocatableOf(node: unknown): ResourceAmounts {
  const { status } = partsOf(node);
  const allocatable = objectOf(status['allocatable']);
  return resourceAmounts(Object.keys(allocatable).length > 0 ? allocatable : status['capacity']);
}

/** How full a node is. `pods` are those on it: their sum, kept up to date, or the objects themselves. */
export function nodeUse(node: unknown, pods: UseTotal | readonly unknown[]): Use {
  return use(allocatableOf(node), pods instanceof UseTotal ? pods : useOf(pods));
}

/** How full a cluster is: all nodes against all pods that a node has. Either may be a sum kept up to date. */
export function clusterUse(
  nodes: AmountTotal | readonly unknown[],
  pods: UseTotal | readonly unknown[],
): Use {
  let allocatable = nodes instanceof AmountTotal ? nodes : null;
  if (allocatable === null) {
    allocatable = new AmountTotal();
    for (const node of nodes as readonly unknown[]) allocatable.add(allocatableOf(node));
  }
  return use(allocatable.amounts, pods instanceof UseTotal ? pods : useOf(pods.filter(isScheduled)));
}

function isScheduled(pod: unknown): boolean {
  return typeof partsOf(pod).spec['nodeName'] === 'string';
}

function use(allocatable: ResourceAmounts, total: UseTotal): Use {
  const offered = (name: string): boolean => name.includes('/') && (allocatable.get(name)?.nano ?? 0n) > 0n;
  const others = new Set([...allocatable.keys()].filter(offered));
  for (const name of [...total.requests.amounts.keys(), ...total.limits.amounts.keys()]) others.add(name);
  for (const name of ['cpu', 'memory', 'pods']) others.delete(name);
  const allowed = allocatable.get('pods');
  return {
    resources: ['cpu', 'memory', ...[...others].sort()].map((name) =>
      resourceUse(name, allocatable.get(name) ?? null, total),
    ),
    pods: total.pods,
    podsAllowed: allowed === undefined ? null : Number(whole(allowed)),
  };
}

function resourceUse(name: string, allocatable: Quantity | null, total: UseTotal): ResourceUse {
  const requested = total.requests.of(name);
  const limits = total.limits.of(name);
  const offered = allocatable ?? { nano: 0n, format: requested.format };
  return {
    name,
    allocatable: offered,
    requested,
    limits,
    requestedPercent: percentOf(requested, offered),
    limitsPercent: percentOf(limits, offered),
  };
}

/** Whole percent, rounded down; null of nothing. */
export function percentOf(part: Quantity, of: Quantity): number | null {
  return of.nano <= 0n ? null : Number((part.nano * 100n) / of.nano);
}

/** `cpu 62 %`, `mem 40 %`, `34 pods`: how full, for a row. */
export function useWords({ resources, pods }: Use): readonly Message[] {
  const share = (name: string): number | null =>
    resources.find((one) => one.name === name)?.requestedPercent ?? null;
  const cpu = share('cpu');
  const memory = share('memory');
  return [
    ...(cpu === null ? [] : [message('cpu {0} %', cpu)]),
    ...(memory === null ? [] : [message('mem {0} %', memory)]),
    pods === 1 ? message('1 pod') : message('{0} pods', pods),
  ];
}

/** `1.5 of 4 requested (37 %), limits 3 (75 %)`: one resource in full. */
export function useSentence({ name, allocatable, requested, limits, ...percent }: ResourceUse): Message {
  const [part, all] = shareText(name, requested, allocatable);
  return message(
    '{0} of {1} requested ({2} %), limits {3} ({4} %)',
    part,
    all,
    percent.requestedPercent ?? '–',
    amountText(name, limits),
    percent.limitsPercent ?? '–',
  );
}
