import { message } from '../../finding.ts';
import type { Message } from '../../finding.ts';
import { compareQuantities, formatQuantity } from '../../quantity.ts';
import type { Quantity } from '../../quantity.ts';
import type { Amounts, LimitFacts } from '../../workspace/facts.ts';
import type { Located } from '../../workspace/lookup.ts';
import { amountIn } from './amounts.ts';
import type { PodAmounts } from './amounts.ts';

/**
 * What an entry of a LimitRange for whole pods has against a pod, resource by resource: as in the server's admission
 * (plugin LimitRanger), where nothing is filled in for a pod, and what is bounded has to be there.
 */
export function* againstPod(
  limit: LimitFacts,
  { requests, limits }: PodAmounts,
  range: Located,
): Iterable<Message> {
  const { name } = range.facts;
  for (const [resource, most] of bounds(limit.max)) {
    const has = limits.get(resource) ?? null;
    const asks = requests.get(resource) ?? null;
    if (has === null)
      yield message(
        'LimitRange {0} bounds {1} of whole pods: those without a limit are refused; set one',
        name,
        resource,
      );
    else if (compareQuantities(has, most) > 0 || (asks !== null && compareQuantities(asks, most) > 0))
      yield message(
        'LimitRange {0} allows a pod at most {1} of {2}, and this one has {3}; lower it',
        name,
        formatQuantity(most),
        resource,
        formatQuantity(has),
      );
  }
  for (const [resource, least] of bounds(limit.min)) {
    const has = requests.get(resource) ?? null;
    if (has === null || compareQuantities(has, least) < 0)
      yield message(
        'LimitRange {0} demands at least {1} of {2} of a pod, and this one requests {3}; raise it',
        name,
        formatQuantity(least),
        resource,
        has === null ? '0' : formatQuantity(has),
      );
  }
}

function* bounds(amounts: Amounts): Iterable<readonly [resource: string, amount: Quantity]> {
  for (const resource of Object.keys(amounts)) {
    const amount = amountIn(amounts, resource);
    if (amount !== null) yield [resource, amount];
  }
}
