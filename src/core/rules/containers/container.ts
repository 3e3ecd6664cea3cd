/** What rules about containers ask of one. */
import type { Field } from '../../schema/field.ts';
import { goText } from '../values.ts';

/** The spec of the pod a container belongs to. */
export function podOf(container: Field): Field | null {
  return container.parent?.parent ?? null;
}

/** The container that a part of one belongs to; null for the parts of a pod. */
export function containerOf(part: Field): Field | null {
  return part.up('core/v1.Container') ?? part.up('core/v1.EphemeralContainer');
}

/** An init container that ends before the others begin: no sidecar. */
export function runsFirst(container: Field): boolean {
  if (container.parent?.key !== 'initContainers') return false;
  const policy = goText(container.get('restartPolicy'));
  return policy !== null && policy !== 'Always';
}
