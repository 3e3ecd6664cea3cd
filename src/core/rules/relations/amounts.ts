/** What pods need, as a quota counts it. */
import { compareQuantities, parseQuantity } from '../../quantity.ts';
import type { Quantity } from '../../quantity.ts';
import { effectiveLimits, effectiveRequests } from '../../workload/effective.ts';
import type { ResourceAmounts } from '../../workload/effective.ts';
import type { Amounts } from '../../workspace/facts.ts';
import type { Located, Lookup } from '../../workspace/lookup.ts';
import { defaultsFor } from './limits.ts';

export interface PodAmounts {
  readonly requests: ResourceAmounts;
  readonly limits: ResourceAmounts;
}

/** What one pod of a workload needs once LimitRanges have filled in what it leaves out; null where it makes none. */
export function podAmounts(workload: Located, workspace: Lookup): PodAmounts | null {
  const { pod } = workload.facts;
  if (pod === null) return null;
  const defaults = defaultsFor(workload, workspace);
  const container = (one: (typeof pod.containers)[number]): object => ({
    ...(one.init && one.running ? { restartPolicy: 'Always' } : {}),
    resources: {
      requests: { ...defaults.requests, ...one.requests },
      limits: { ...defaults.limits, ...one.limits },
    },
  });
  const spec = {
    initContainers: pod.containers.filter(({ init }) => init).map(container),
    containers: pod.containers.filter(({ init }) => !init).map(container),
    resources: { requests: pod.requests, limits: pod.limits },
    overhead: pod.overhead,
  };
  return { requests: effectiveRequests(spec), limits: effectiveLimits(spec) };
}

export interface Excess {
  /** As the quota calls it. */
  readonly resource: string;
  readonly needed: Quantity;
  readonly allowed: Quantity;
}

/** What a number of pods need beyond what a quota allows. */
export function excessOf(quota: Located, amounts: PodAmounts, pods: number): readonly Excess[] {
  const { particulars } = quota.facts;
  if (particulars?.of !== 'quota' || particulars.scoped) return [];
  return Object.entries(particulars.hard).flatMap(([resource, text]) => {
    const allowed = quantityOf(text);
    const each = countedBy(resource, amounts);
    if (allowed === null || each === null) return [];
    const needed = { nano: each.nano * BigInt(Math.trunc(pods)), format: each.format };
    return compareQuantities(needed, allowed) > 0 ? [{ resource, needed, allowed }] : [];
  });
}

/** What one pod adds to an entry of a quota; null where it adds nothing. */
export function countedBy(resource: string, { requests, limits }: PodAmounts): Quantity | null {
  if (resource === 'pods' || resource === 'count/pods') return { nano: 1_000_000_000n, format: 'decimal' };
  if (resource.startsWith('limits.')) return limits.get(resource.slice('limits.'.length)) ?? null;
  return requests.get(resource.replace(/^requests\./, '')) ?? null;
}

export function quantityOf(text: string | undefined): Quantity | null {
  if (text === undefined) return null;
  const reading = parseQuantity(text);
  return reading.ok ? reading.quantity : null;
}

/** One amount of several; null where it is not written, or is none. */
export function amountIn(amounts: Amounts, resource: string): Quantity | null {
  return Object.hasOwn(amounts, resource) ? quantityOf(amounts[resource]) : null;
}
