import { message } from '../../finding.ts';
import type { Fix } from '../../finding.ts';
import { isPlaceholder } from '../../manifest/templates.ts';
import type { Field } from '../../schema/field.ts';
import type { RuleContext } from '../rule.ts';
import { misfits } from './misfits.ts';
import { movesOf } from './moves.ts';
import type { Moves } from './moves.ts';

/**
 * Moves an object to another API version, its fields included; none where the result would not fit that version or
 * would mean something else.
 */
export function moveFixes(object: Field, kind: string, to: string, context: RuleContext): readonly Fix[] {
  const { document, schema, patch } = context;
  const { node } = object.get('apiVersion');
  const type = schema.typeOf(to, kind);
  if (type === null || node?.type !== 'scalar' || isPlaceholder(node.source)) return [];
  if (object.node === null || !context.isWhole(object.node)) return [];
  // What a patch does not say may stand in what it patches.
  const moves: Moves | null = patch ? { edits: [], settled: [] } : movesOf(object, kind, document.text);
  if (moves === null) return [];
  const { edits, settled, defaultChanges = false } = moves;
  const open = misfits(object, type, patch).filter(
    (path) =>
      !settled.some((one) => path === one || path.startsWith(`${one}.`) || path.startsWith(`${one}[`)),
  );
  if (open.length > 0) return [];
  const quote = /^["']/.exec(document.text.slice(node.range.start, node.range.end))?.[0] ?? '';
  const version = { range: node.range, newText: `${quote}${to}${quote}` };
  const title =
    edits.length === 0 ? message('Change to {0}', to) : message('Change to {0} and move the fields', to);
  return [{ title, edits: [version, ...edits], preferred: !defaultChanges }];
}
