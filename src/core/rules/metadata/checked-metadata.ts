import type { Field } from '../../schema/field.ts';
import { objectKind } from './object-kinds.ts';

/**
 * Where the API server puts what it says about labels and annotations of an object or a template; null for metadata
 * that it takes as it is, as that of a CronJob's `jobTemplate`. It calls a pod template's `template.labels`.
 */
export function checkedPath(metadata: Field): string | null {
  const { parent } = metadata;
  if (parent === null) return null;
  if (parent.is('core/v1.PodTemplateSpec')) return parent.path;
  const isTemplate =
    parent.is('core/v1.PersistentVolumeClaimTemplate') || parent.is('resource/v1.ResourceClaimTemplateSpec');
  return isTemplate || objectKind(parent) !== null ? metadata.path : null;
}
