import { isFields } from './json.ts';

/**
 * The path of a field with positions instead of keys: `containers[name="web"].image` becomes `containers[0].image`.
 * Server-side apply names list items by their keys, everything else in Kubernetes by position. What cannot be
 * found in the object is cut off: the nearest ancestor that exists is named.
 */
export function indexedPath(path: string, object: unknown): string {
  const parts: string[] = [];
  let value: unknown = object;
  for (const [segment, name = '', key] of path.matchAll(/\.?([^.[\]]+)|\[([^\]]*)\]/g)) {
    if (key === undefined) {
      value = isFields(value) ? value[name] : undefined;
      parts.push(parts.length === 0 ? name : `.${name}`);
      continue;
    }
    if (/^\d+$/.test(key)) {
      value = Array.isArray(value) ? (value as unknown[])[Number(key)] : undefined;
      parts.push(segment);
      continue;
    }
    const index = Array.isArray(value) ? value.findIndex((item) => matches(item, key)) : -1;
    if (index < 0) break;
    value = (value as unknown[])[index];
    parts.push(`[${index}]`);
  }
  return parts.join('');
}

/** `name="web"`, `containerPort=80,protocol="TCP"`, or `="value"` for an item of a set. Keys the item leaves to their default match. */
function matches(item: unknown, key: string): boolean {
  const pairs = [...key.matchAll(/([^=,]*)=("(?:[^"\\]|\\.)*"|[^,]*)/g)];
  return pairs.every(([, name = '', text = '']) => {
    const wanted = text.startsWith('"') ? (JSON.parse(text) as string) : text;
    if (name === '') return String(item) === wanted;
    if (!isFields(item)) return false;
    const value = item[name];
    return value === undefined || value === (typeof value === 'number' ? Number(wanted) : wanted);
  });
}
