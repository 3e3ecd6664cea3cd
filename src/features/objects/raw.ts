import type { KubeObject } from '../../cluster/index.ts';

/** A whole object, where all of it is shown. */
export interface RawRow {
  readonly uid: string;
  readonly object: KubeObject;
}

/** One projection for all documents, so that two of the same object share a watch. */
export function rawRow(object: unknown): RawRow {
  const whole = object as KubeObject;
  return { uid: metadataOf(whole).uid, object: whole };
}

/** Metadata that every stored object has. */
export function metadataOf(object: KubeObject): {
  readonly name: string;
  readonly namespace?: string;
  readonly uid: string;
} {
  return object.metadata as { name: string; uid: string };
}
