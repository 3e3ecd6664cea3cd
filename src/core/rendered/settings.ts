/** Where the fields of a kustomization itself (`images:`, `replicas:`, `labels:` …) write fields of rendered objects. */
import type { ImageChange, Kustomization } from '../manifest/kustomization.ts';
import type { TextRange } from '../finding.ts';
import { isTarget } from './patches.ts';
import type { Named } from './patches.ts';
import type { Layer } from './overlay.ts';
import type { Place } from './place.ts';
import { reach } from './steps.ts';
import type { Step } from './steps.ts';

/** Where a layer's own fields write a field. */
export function settingPlaces(object: Named, steps: readonly Step[], layer: Layer): readonly Place[] {
  return rangesIn(layer.kustomization, object, steps).map((range) => ({
    path: layer.path,
    range,
    depth: steps.length,
    exact: true,
  }));
}

function rangesIn(kustomization: Kustomization, object: Named, steps: readonly Step[]): readonly TextRange[] {
  const { node } = reach(object.node, steps);
  const rendered = node.type === 'scalar' ? node.source : null;
  const keys = steps.map(({ key }) => key);
  const last = keys.at(-1) ?? '';
  const within = keys.at(-2) ?? '';
  const replaced = kustomization.replacements
    .flatMap(({ fields }) => fields)
    .filter(({ target, field }) => isTarget(target, object) && leadsTo(field.value, steps))
    .map(({ field }) => field.range);
  if (rendered === null) return replaced;
  const { labels, annotations, replicas, images, namespace } = kustomization;
  const own = [
    ['labels', 'matchLabels', 'selector'].includes(within) ? labels.get(last) : undefined,
    within === 'annotations' ? annotations.get(last) : undefined,
    keys.join('.') === 'spec.replicas' ? replicas.get(object.writtenName) : undefined,
    keys.join('.') === 'metadata.namespace' ? namespace : undefined,
  ].flatMap((setting) => (setting?.value === rendered ? [setting.range] : []));
  const renamed = last === 'image' ? images.filter((change) => makes(change, rendered)) : [];
  return [...own, ...renamed.map(({ range }) => range), ...replaced];
}

/** Whether a change of images results in a reference. */
function makes({ name, newName, newTag, digest }: ImageChange, reference: string): boolean {
  const changed = newName ?? name;
  if (digest !== null) return reference === `${changed}@${digest}` || reference.endsWith(`@${digest}`);
  if (newTag !== null) return reference === `${changed}:${newTag}`;
  return newName !== null && (reference === newName || /^[:@]/.test(reference.slice(newName.length)));
}

/** Whether a field path of a replacement (`spec.containers.[name=web].image`) leads to a place. */
function leadsTo(fieldPath: string, steps: readonly Step[]): boolean {
  const parts = fieldPath.match(/\[[^\]]*\]|(?:\\.|[^.[\]])+/g) ?? [];
  return (
    parts.length === steps.length &&
    steps.every(({ key, item }, index) => {
      const part = (parts[index] ?? '').replaceAll('\\.', '.');
      const named = /^\[(\w+)=(.*)\]$/.exec(part);
      if (named === null) return part === key || part === '*' || part === `[${key}]`;
      return item?.type === 'mapping' && item.scalar(named[1] ?? '')?.source === named[2];
    })
  );
}
