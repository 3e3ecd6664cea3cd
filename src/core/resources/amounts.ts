import { objectsIn, textOf } from '../json.ts';
import { addQuantities, formatQuantity, subtractQuantities, zeroQuantity } from '../quantity.ts';
import type { Quantity } from '../quantity.ts';
import { effectiveLimits, effectiveRequests } from '../workload/effective.ts';
import type { ResourceAmounts } from '../workload/effective.ts';
import { jsonText, partsOf } from './fields.ts';

/** What one pod takes of a node: what the scheduler counts. */
export interface PodUse {
  readonly requests: ResourceAmounts;
  readonly limits: ResourceAmounts;
}

const nothing: PodUse = { requests: new Map(), limits: new Map() };
/** More different sets of resources than a cluster has: beyond it the memory starts anew. */
const most = 2_000;

/**
 * Reads what pods take. Pods of one workload take the same, so each set is computed and kept once however many
 * pods share it: ten thousand pods are some dozen of them.
 */
export class PodUses {
  readonly #known = new Map<string, PodUse>();

  /** null: the pod has ended and takes nothing any more. One that is being deleted still does. */
  of(pod: unknown): PodUse | null {
    const { spec, status } = partsOf(pod);
    if (status['phase'] === 'Succeeded' || status['phase'] === 'Failed') return null;
    const key = jsonText([
      objectsIn(spec['containers']).map((one) => one['resources']),
      objectsIn(spec['initContainers']).map((one) => [textOf(one['restartPolicy']), one['resources']]),
      spec['resources'],
      spec['overhead'],
    ]);
    const known = key === '' ? undefined : this.#known.get(key);
    if (known !== undefined) return known;
    const requests = effectiveRequests(spec);
    const limits = effectiveLimits(spec);
    const use = requests.size === 0 && limits.size === 0 ? nothing : { requests, limits };
    if (this.#known.size >= most) this.#known.clear();
    if (key !== '') this.#known.set(key, use);
    return use;
  }
}

/** A sum of amounts that parts can be added to and taken from again, exactly. */
export class AmountTotal {
  readonly #amounts = new Map<string, Quantity>();

  get amounts(): ResourceAmounts {
    return this.#amounts;
  }

  of(name: string): Quantity {
    return this.#amounts.get(name) ?? zeroQuantity;
  }

  add(amounts: ResourceAmounts): void {
    for (const [name, amount] of amounts) {
      const sum = addQuantities(this.of(name), amount);
      this.#amounts.set(name, amount.format === 'binary' ? { ...sum, format: 'binary' } : sum);
    }
  }

  subtract(amounts: ResourceAmounts): void {
    for (const [name, amount] of amounts) {
      const rest = subtractQuantities(this.of(name), amount);
      if (rest.nano === 0n) this.#amounts.delete(name);
      else this.#amounts.set(name, rest);
    }
  }
}

/** What the pods of a node, a namespace or a cluster take together. */
export class UseTotal {
  readonly requests = new AmountTotal();
  readonly limits = new AmountTotal();
  #pods = 0;

  get pods(): number {
    return this.#pods;
  }

  /** null, of a pod that has ended, changes nothing. */
  add(use: PodUse | null): void {
    if (use === null) return;
    this.#pods++;
    this.requests.add(use.requests);
    this.limits.add(use.limits);
  }

  subtract(use: PodUse | null): void {
    if (use === null) return;
    this.#pods--;
    this.requests.subtract(use.requests);
    this.limits.subtract(use.limits);
  }
}

/** cpu and memory first, then by name: `cpu 250m, memory 1Gi`. */
export function amountsText(amounts: ResourceAmounts): string {
  const rank = (name: string): number => (name === 'cpu' ? 0 : name === 'memory' ? 1 : 2);
  return [...amounts]
    .sort(([a], [b]) => rank(a) - rank(b) || (a < b ? -1 : 1))
    .map(([name, amount]) => `${name} ${formatQuantity(amount)}`)
    .join(', ');
}

/** Sum over pods as the API server sends them. */
export function useOf(pods: Iterable<unknown>): UseTotal {
  const uses = new PodUses();
  const total = new UseTotal();
  for (const pod of pods) total.add(uses.of(pod));
  return total;
}
