import type { Entry } from './nodes.ts';

/** Mappings up to this size are compared key by key. */
const SMALL = 12;

/** Whether some key is written more than once. */
export function repeats(entries: readonly Entry[]): boolean {
  if (entries.length > SMALL) return new Set(entries.map(({ key }) => key)).size < entries.length;
  for (let i = 1; i < entries.length; i++) {
    const key = entries[i]?.key;
    for (let j = 0; j < i; j++) if (entries[j]?.key === key) return true;
  }
  return false;
}
