import type { TextRange } from '../finding.ts';
import type { MappingNode } from '../manifest/nodes.ts';

/** An object of a rendered output. */
export interface RenderedObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly name: string;
  readonly namespace: string | null;
  readonly node: MappingNode;
}

/** Where in the sources a field of a rendered object may have been written. */
export interface Place {
  readonly path: string;
  readonly range: TextRange;
  /** Number of steps of the way to the field that are written there. */
  readonly depth: number;
  /** The whole way is written, and leads to the rendered value. */
  readonly exact: boolean;
}

/**
 * The place that wrote a field, of those that may have, in the order in which they took effect. One that has the
 * rendered value did; else the one that has most of the way, and of these the first: what is missing is missing from
 * the object itself rather than from its patches.
 */
export function writerOf(places: readonly Place[]): Place | null {
  const exact = places.findLast((place) => place.exact);
  if (exact !== undefined) return exact;
  const deepest = Math.max(...places.map(({ depth }) => depth));
  return places.find(({ depth }) => depth === deepest) ?? null;
}
