/** What rules about pods ask of a pod's spec. */
import type { Field } from '../../schema/field.ts';
import { containerLists } from '../../workload/kinds.ts';

/** The spec belongs to a Pod, not to a template of one: the server looks at more, and has set more defaults. */
export function isOfPod(spec: Field): boolean {
  return spec.parent?.is('core/v1.Pod') ?? false;
}

/** The template of a StatefulSet, of which the server replaces some parts before it looks. */
export function isOfStatefulSet(spec: Field): boolean {
  return spec.up('apps/v1.StatefulSetSpec') !== null;
}

/** Metadata of the Pod or of the template. */
export function metadataOf(spec: Field): Field | null {
  return spec.parent?.get('metadata') ?? null;
}

/** Every container that is written: regular ones, those of the start and those for looking into the pod. */
export function* containersOf(spec: Field): Iterable<Field> {
  for (const list of containerLists) if (spec.has(list)) yield* spec.get(list).items();
}
