import { objectOf, objectsIn, textOf } from '../json.ts';
import type { Json } from '../json.ts';

/** Addresses and names in `status.loadBalancer` of a Service or an Ingress. */
export function loadBalancerAddresses(status: Json): readonly string[] {
  return objectsIn(objectOf(status['loadBalancer'])['ingress'])
    .map((one) => textOf(one['ip']) || textOf(one['hostname']))
    .filter((address) => address !== '');
}
