import type { Node } from '../manifest/nodes.ts';
import { readInteger } from '../manifest/scalars.ts';

/** Text of a scalar as it reaches the API server's quantity parser: a YAML number arrives as a JSON number. */
export function quantityText(node: Node): string | null {
  if (node.type !== 'scalar' || typeof node.value === 'boolean') return null;
  if (typeof node.value === 'string') return node.value;
  return readInteger(node.source)?.toString() ?? String(node.value);
}
