/** What the containers of a pod need together, as the server adds it up (component-helpers, `resource/helpers.go`). */
import type { Field } from '../../schema/field.ts';
import { runsFirst } from './container.ts';
import { milli } from '../../quantity.ts';
import { amountsOf, goQuantity } from './resources.ts';

/** Thousandths by resource; null where one of them cannot be known. */
export type Amounts = Map<string, bigint | null>;

/** `defaulted`: in a Pod, a container without a request has its limit for one. */
export function amountsOfContainers(spec: Field, list: 'requests' | 'limits', defaulted: boolean): Amounts {
  const sum: Amounts = new Map();
  for (const container of spec.get('containers').items()) add(sum, own(container, list, defaulted));
  const sidecars: Amounts = new Map();
  const first: Amounts = new Map();
  for (const container of spec.get('initContainers').items()) {
    const amounts = own(container, list, defaulted);
    if (runsFirst(container)) {
      add(amounts, sidecars);
      raise(first, amounts);
    } else {
      add(sum, amounts);
      add(sidecars, amounts);
      raise(first, sidecars);
    }
  }
  raise(sum, first);
  return sum;
}

function own(container: Field, list: 'requests' | 'limits', defaulted: boolean): Amounts {
  const resources = container.get('resources');
  const amounts: Amounts = new Map();
  const read = (field: Field): void => {
    for (const amount of amountsOf(field)) {
      const quantity = goQuantity(amount);
      if (!amounts.has(amount.key)) amounts.set(amount.key, quantity === null ? null : milli(quantity));
    }
  };
  read(resources.get(list));
  if (defaulted && list === 'requests') read(resources.get('limits'));
  return amounts;
}

function add(sum: Amounts, more: Amounts): void {
  for (const [name, amount] of more) {
    const before = sum.get(name) ?? (sum.has(name) ? null : 0n);
    sum.set(name, before === null || amount === null ? null : before + amount);
  }
}

function raise(most: Amounts, other: Amounts): void {
  for (const [name, amount] of other) {
    const before = most.get(name) ?? (most.has(name) ? null : 0n);
    most.set(name, before === null || amount === null ? null : before > amount ? before : amount);
  }
}
