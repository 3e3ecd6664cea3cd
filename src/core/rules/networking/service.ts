import type { Field } from '../../schema/field.ts';
import { goText, isEmptyList } from '../values.ts';

export const serviceTypes: readonly string[] = ['ClusterIP', 'NodePort', 'LoadBalancer', 'ExternalName'];

/** Type of a Service, ClusterIP where none is written; null where it cannot be known. */
export function serviceType(spec: Field): string | null {
  const type = goText(spec.get('type'));
  return type === '' ? 'ClusterIP' : type;
}

/** Whether a Service has no address of its own (`clusterIP: None`); null where it cannot be known. */
export function isHeadless(spec: Field): boolean | null {
  const list = spec.get('clusterIPs');
  const [first, ...others] = isEmptyList(list) ? [spec.get('clusterIP')] : list.items();
  const address = first === undefined ? null : goText(first);
  return address === null ? null : address === 'None' && others.length === 0;
}
