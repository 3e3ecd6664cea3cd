import { objectOf } from '../json.ts';
import type { Quantity } from '../quantity.ts';
import { requestsOf, resourceAmounts } from './effective.ts';
import { containers } from './pod-templates.ts';

export type QosClass = 'Guaranteed' | 'Burstable' | 'BestEffort';

const counted = ['cpu', 'memory'] as const;

/**
 * How the kubelet treats a pod under pressure. It looks at CPU and memory above zero only, init containers
 * included; resources of the pod as a whole, once set, stand for all its containers.
 */
export function qosClass(podSpec: unknown): QosClass {
  const spec = objectOf(podSpec);
  const pod = spec['resources'];
  const owners =
    setOf(requestsOf(pod)).size > 0
      ? [pod]
      : containers(spec)
          .filter(({ list }) => list !== 'ephemeralContainers')
          .map(({ value }) => value['resources']);
  const requested = owners.map((resources) => setOf(requestsOf(resources)));
  if (requested.every((amounts) => amounts.size === 0)) return 'BestEffort';
  const guaranteed = owners.every((resources, index) => {
    const limits = setOf(resourceAmounts(objectOf(resources)['limits']));
    const requests = requested[index];
    return counted.every((name) => {
      const limit = limits.get(name);
      return limit !== undefined && requests?.get(name)?.nano === limit.nano;
    });
  });
  return guaranteed ? 'Guaranteed' : 'Burstable';
}

function setOf(amounts: ReadonlyMap<string, Quantity>): Map<string, Quantity> {
  return new Map([...amounts].filter(([name, { nano }]) => nano > 0n && counted.some((one) => one === name)));
}
