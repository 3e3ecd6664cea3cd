/** Reading values whose shape nobody has checked: objects of a cluster, and manifests as written. */

export type Json = Readonly<Record<string, unknown>>;

/** The value itself if it is an object and no list, else an empty one. */
export function objectOf(value: unknown): Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Json) : {};
}

/** The objects of a list; other items, and what is no list, are left out. */
export function objectsIn(value: unknown): readonly Json[] {
  if (!Array.isArray(value)) return [];
  return value.filter(
    (item): item is Json => typeof item === 'object' && item !== null && !Array.isArray(item),
  );
}

export function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

/** A finite number, else the fallback. */
export function numberOf(value: unknown, fallback = 0): number {
  return typeof value === 'number' && Number.isFinite(value) ? value : fallback;
}
