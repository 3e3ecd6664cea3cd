import { objectOf } from '../json.ts';
import type { Json } from '../json.ts';
import { addQuantities, compareQuantities, parseQuantity, zeroQuantity } from '../quantity.ts';
import type { Quantity } from '../quantity.ts';
import { containers } from './pod-templates.ts';

/** Amount of each resource by its name. */
export type ResourceAmounts = ReadonlyMap<string, Quantity>;

/** Quantities of a ResourceList; what cannot be read is left out. */
export function resourceAmounts(list: unknown): Map<string, Quantity> {
  const amounts = new Map<string, Quantity>();
  for (const [name, value] of Object.entries(objectOf(list))) {
    if (typeof value !== 'string' && typeof value !== 'number') continue;
    const reading = parseQuantity(String(value));
    if (reading.ok) amounts.set(name, reading.quantity);
  }
  return amounts;
}

/** What one container or pod requests: a limit without a request is a request, per resource. */
export function requestsOf(resources: unknown): Map<string, Quantity> {
  const { requests, limits } = objectOf(resources);
  return new Map([...resourceAmounts(limits), ...resourceAmounts(requests)]);
}

/**
 * What the scheduler and a quota count for a pod: the most that runs at one time while it starts and after,
 * replaced by what the pod asks for as a whole, plus its overhead. Init containers run one by one, each beside
 * the sidecars declared before it. Where the same is asked of limits, an overhead is added only to resources
 * that have one.
 */
export function effectiveRequests(podSpec: unknown): ResourceAmounts {
  return effective(podSpec, requestsOf, () => true);
}

export function effectiveLimits(podSpec: unknown): ResourceAmounts {
  const limits = (resources: unknown): Map<string, Quantity> =>
    resourceAmounts(objectOf(resources)['limits']);
  return effective(podSpec, limits, (base) => base.nano !== 0n);
}

function effective(
  podSpec: unknown,
  read: (resources: unknown) => Map<string, Quantity>,
  takesOverhead: (base: Quantity) => boolean,
): ResourceAmounts {
  const spec: Json = objectOf(podSpec);
  const sidecars = new Map<string, Quantity>();
  const starting = new Map<string, Quantity>();
  const running = new Map<string, Quantity>();
  for (const { list, sidecar, value } of containers(spec)) {
    const amounts = read(value['resources']);
    if (list === 'containers') add(running, amounts);
    else if (sidecar) add(sidecars, amounts);
    else if (list === 'initContainers') raise(starting, sum(sidecars, amounts));
  }
  const total = sum(running, sidecars);
  raise(total, starting);
  for (const [name, amount] of read(spec['resources'])) {
    if (isPodLevel(name)) total.set(name, amount);
  }
  for (const [name, amount] of resourceAmounts(spec['overhead'])) {
    const base = total.get(name) ?? zeroQuantity;
    if (takesOverhead(base)) total.set(name, addQuantities(base, amount));
  }
  return total;
}

/** Resources that can be asked for by the pod as a whole. */
function isPodLevel(name: string): boolean {
  return name === 'cpu' || name === 'memory' || name.startsWith('hugepages-');
}

/** In binary units when any part is: a single slip (`128m` of memory) does not change how the sum is told. */
function add(target: Map<string, Quantity>, amounts: ResourceAmounts): void {
  for (const [name, amount] of amounts) {
    const sum = addQuantities(target.get(name) ?? zeroQuantity, amount);
    target.set(name, amount.format === 'binary' ? { ...sum, format: 'binary' } : sum);
  }
}

function sum(a: ResourceAmounts, b: ResourceAmounts): Map<string, Quantity> {
  const result = new Map(a);
  add(result, b);
  return result;
}

function raise(target: Map<string, Quantity>, amounts: ResourceAmounts): void {
  for (const [name, amount] of amounts) {
    const present = target.get(name);
    if (present === undefined || compareQuantities(present, amount) < 0) target.set(name, amount);
  }
}
