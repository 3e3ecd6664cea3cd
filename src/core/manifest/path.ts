/** Fields whose keys are free: the API server writes their keys in brackets (`requests[memory]`). */
const freeKeys = new Set([
  'annotations',
  'binaryData',
  'capacity',
  'data',
  'default',
  'defaultRequest',
  'hard',
  'labels',
  'limits',
  'matchLabels',
  'max',
  'maxLimitRequestRatio',
  'min',
  'nodeSelector',
  'overhead',
  'parameters',
  'requests',
  'stringData',
]);

/** Appends a key to a field path the way the API server writes it. */
export function joinKey(path: string, key: string): string {
  if (path === '') return key;
  const parent = path.slice(path.lastIndexOf('.') + 1);
  return freeKeys.has(parent) ? `${path}[${key}]` : `${path}.${key}`;
}

/** Appends the index of a list item. */
export function joinIndex(path: string, index: number): string {
  return `${path}[${index}]`;
}

/** The field path of steps from the root; keys no manifest can have are cut short. */
export function pathOf(steps: readonly (string | number)[]): string {
  let path = '';
  for (const step of steps) {
    path = typeof step === 'number' ? joinIndex(path, step) : joinKey(path, shorten(step));
  }
  return path;
}

/** Label and annotation keys, the longest there are, have up to 253 + 1 + 63 characters. */
const LONGEST_KEY = 317;

function shorten(key: string): string {
  return key.length > LONGEST_KEY ? `${key.slice(0, LONGEST_KEY)}…` : key;
}

/** Joins an object's own path (`items[1]`) and a path inside it; either may be empty. */
export function joinPath(outer: string, inner: string): string {
  return outer === '' || inner === '' ? outer + inner : `${outer}.${inner}`;
}

/** Step of a field path: a key, an index, or the item whose key has a value (`[name="web"]`). */
export type PathStep = string | number | { readonly key: string; readonly value: string };

const step = /\.?([^.[\]]+)|\[\s*(\d+)\s*\]|\[\s*(\w+)="([^"]*)"\s*\]|\[([^\]]*)\]/y;

/** Reads a field path of the API server, `.spec…` and `[name="web"]` as server-side apply writes them included. */
export function parsePath(path: string): readonly PathStep[] {
  const steps: PathStep[] = [];
  step.lastIndex = 0;
  while (step.lastIndex < path.length) {
    const match = step.exec(path);
    if (match === null) break;
    const [, name, index, itemKey, itemValue, key] = match;
    if (name !== undefined) steps.push(name);
    else if (index !== undefined) steps.push(Number(index));
    else if (itemKey !== undefined) steps.push({ key: itemKey, value: itemValue ?? '' });
    else steps.push((key ?? '').replace(/^(["'])(.*)\1$/, '$2'));
  }
  return steps;
}
