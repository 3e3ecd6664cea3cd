import type { KubeObject } from '../../cluster/index.ts';

/** Metadata that every stored object has. */
export function metadataOf(object: KubeObject): {
  readonly name: string;
  readonly namespace?: string;
  readonly uid: string;
} {
  return object.metadata as { name: string; uid: string };
}
