/** Volumes that containers of a pod can mount. */
import type { Field } from '../../schema/field.ts';
import { isOfStatefulSet } from './pod.ts';

/** By name: the volumes of a pod and, of a StatefulSet's, the claims made for it, which win. */
export function volumesOf(spec: Field): ReadonlyMap<string, Field> {
  const volumes = new Map<string, Field>();
  for (const volume of spec.get('volumes').items()) {
    const name = volume.get('name').text();
    if (name !== null && name !== '' && !volumes.has(name)) volumes.set(name, volume);
  }
  for (const claim of claimTemplates(spec)) {
    const name = claim.get('metadata').get('name').text();
    if (name !== null) volumes.set(name, claim);
  }
  return volumes;
}

function claimTemplates(spec: Field): readonly Field[] {
  if (!isOfStatefulSet(spec)) return [];
  return spec.up('apps/v1.StatefulSetSpec')?.get('volumeClaimTemplates').items() ?? [];
}
