import { objectOf, objectsIn, textOf } from '../json.ts';
import type { Json } from '../json.ts';
import { containerLists, podTemplatePath } from './kinds.ts';
import type { ContainerList } from './kinds.ts';

export interface PodTemplate {
  /** Field path of the template inside the object; `''` for a Pod, which is its own. */
  readonly path: string;
  readonly metadata: Json;
  readonly spec: Json;
}

export interface Container {
  readonly name: string;
  readonly list: ContainerList;
  /** Field path inside the pod's spec: `initContainers[0]`. */
  readonly path: string;
  /** An init container that keeps running beside the others (`restartPolicy: Always`). */
  readonly sidecar: boolean;
  readonly value: Json;
}

/** The pod template of an object of any kind that has one; items of a List each with theirs, else none. */
export function podTemplates(object: unknown): readonly PodTemplate[] {
  return collect(object, '');
}

function collect(object: unknown, prefix: string): readonly PodTemplate[] {
  const root = objectOf(object);
  const kind = textOf(root['kind']);
  if (kind.endsWith('List') && Array.isArray(root['items'])) {
    return root['items'].flatMap((item, index) => collect(item, `${prefix}items[${index}].`));
  }
  const keys = podTemplatePath(textOf(root['apiVersion']), kind);
  if (keys === null) return [];
  let template: unknown = root;
  for (const key of keys) template = objectOf(template)[key];
  if (template === undefined || template === null) return [];
  const { metadata, spec } = objectOf(template);
  const path = (prefix + keys.join('.')).replace(/\.$/, '');
  return [{ path, metadata: objectOf(metadata), spec: objectOf(spec) }];
}

/** Every container of a pod's spec: init containers, containers, ephemeral containers, in that order. */
export function containers(podSpec: unknown): readonly Container[] {
  const spec = objectOf(podSpec);
  const found: Container[] = [];
  for (const list of containerLists) {
    // Most pods have one of the three lists, and there may be ten thousand pods.
    if (spec[list] === undefined) continue;
    for (const [index, value] of objectsIn(spec[list]).entries()) {
      const sidecar = list === 'initContainers' && value['restartPolicy'] === 'Always';
      found.push({ name: textOf(value['name']), list, path: `${list}[${index}]`, sidecar, value });
    }
  }
  return found;
}

/** `app=web,tier in (a,b)`: a label selector the way the API takes it in a query; `''` selects everything. */
export function selectorText(selector: unknown): string {
  const { matchLabels, matchExpressions } = objectOf(selector);
  const labels = Object.entries(objectOf(matchLabels)).map(([key, value]) => `${key}=${String(value)}`);
  return [...labels, ...objectsIn(matchExpressions).flatMap(requirement)].join(',');
}

function requirement(expression: Json): readonly string[] {
  const key = textOf(expression['key']);
  const values = Array.isArray(expression['values']) ? expression['values'].map(String).join(',') : '';
  switch (expression['operator']) {
    case 'In':
      return [`${key} in (${values})`];
    case 'NotIn':
      return [`${key} notin (${values})`];
    case 'Exists':
      return [key];
    case 'DoesNotExist':
      return [`!${key}`];
    default:
      return [];
  }
}
