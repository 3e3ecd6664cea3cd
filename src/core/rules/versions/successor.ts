import { before, lifecycleOf } from '../../schema/history/index.ts';
import type { Schema } from '../../schema/schema.ts';

/** The API version in which this schema has a kind that left, or will leave, another; null where it has none. */
export function successorOf(apiVersion: string, kind: string, schema: Schema): string | null {
  const seen = new Set([apiVersion]);
  let next = replacementOf(apiVersion, kind);
  while (next !== null && !seen.has(next)) {
    if (schema.typeOf(next, kind) !== null && !isLeaving(next, kind, schema)) return next;
    seen.add(next);
    next = replacementOf(next, kind);
  }
  const group = groupOf(apiVersion);
  const named = schema.kindNamed(kind);
  if (named?.kind !== kind) return null;
  return (
    named.versions.find(
      (one) => one !== apiVersion && groupOf(one) === group && !isLeaving(one, kind, schema),
    ) ?? null
  );
}

function replacementOf(apiVersion: string, kind: string): string | null {
  const lifecycle = lifecycleOf(apiVersion, kind);
  return lifecycle?.replacementKind === null ? lifecycle.replacement : null;
}

function groupOf(apiVersion: string): string {
  return apiVersion.includes('/') ? apiVersion.slice(0, apiVersion.indexOf('/')) : '';
}

/** Deprecated itself: no place to move to. */
function isLeaving(apiVersion: string, kind: string, { version }: Schema): boolean {
  const deprecated = lifecycleOf(apiVersion, kind)?.deprecated ?? null;
  return version !== null && deprecated !== null && !before(version, deprecated);
}
