/** Fields of objects whose shape nobody has checked, read so that nothing can throw. */
import { objectOf, textOf } from '../json.ts';
import type { Json } from '../json.ts';

/** The parts every object has; what is missing or of another shape is empty. */
export interface Parts {
  readonly root: Json;
  readonly metadata: Json;
  readonly spec: Json;
  readonly status: Json;
}

export function partsOf(object: unknown): Parts {
  const root = objectOf(object);
  return {
    root,
    metadata: objectOf(root['metadata']),
    spec: objectOf(root['spec']),
    status: objectOf(root['status']),
  };
}

/** Milliseconds since 1970 of a time as the API writes it (RFC 3339, with microseconds in Leases); null: no time. */
export function timeOf(value: unknown): number | null {
  if (typeof value !== 'string') return null;
  const time = Date.parse(value);
  return Number.isNaN(time) ? null : time;
}

/** The texts of a list; other items are left out. */
export function textsIn(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((item): item is string => typeof item === 'string') : [];
}

/** Group of an apiVersion: `''` for the core group, `apps` of `apps/v1`. */
export function groupOf(apiVersion: string): string {
  const slash = apiVersion.indexOf('/');
  return slash === -1 ? '' : apiVersion.slice(0, slash);
}

/** Group and kind of an object: `apps/Deployment`, `/Pod` in the core group. */
export function kindKeyOf(object: unknown): string {
  const { apiVersion, kind } = objectOf(object);
  return `${groupOf(textOf(apiVersion))}/${textOf(kind)}`;
}

export function isDeleting({ metadata }: Parts): boolean {
  return metadata['deletionTimestamp'] != null;
}

/** Text, a number or a boolean as people would write it; `''` for anything else. */
export function scalarText(value: unknown): string {
  if (typeof value === 'string') return value;
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : '';
}

/** Objects nested deeper than anybody writes them overflow the stack of what walks them. */
const deepest = 100;

/** JSON of a value; `''` of what has none, or is nested absurdly deep. */
export function jsonText(value: unknown): string {
  return isShallow(value, deepest) ? (JSON.stringify(value) ?? '') : '';
}

function isShallow(value: unknown, levels: number): boolean {
  if (typeof value !== 'object' || value === null) return true;
  return levels > 0 && Object.values(value).every((inner) => isShallow(inner, levels - 1));
}

/** A few of many: `a, b, c +4`. */
export function fewOf(items: readonly string[], most = 3): string {
  const shown = items.slice(0, most).join(', ');
  return items.length > most ? `${shown} +${items.length - most}` : shown;
}
