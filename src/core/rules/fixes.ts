/** Changes that many rules offer. */
import { message } from '../finding.ts';
import type { Fix } from '../finding.ts';
import type { Field } from '../schema/field.ts';
import { appendLines, removeEntry } from './edits.ts';
import type { Visit } from './rule.ts';

/** Takes a field away; none where it cannot be done by whole lines. */
export function removal(field: Field, visit: Visit, preferred = false): readonly Fix[] {
  const { entry, parent } = field;
  const mapping = parent?.node;
  if (entry === null || mapping?.type !== 'mapping') return [];
  const edit = removeEntry(visit.context.document.text, mapping, entry);
  return edit === null ? [] : [{ title: message('Remove {0}', field.key), edits: [edit], preferred }];
}

/** Puts a line at the end of a mapping; none where it is written in braces. */
export function addition({ node }: Field, line: string, visit: Visit, preferred = false): readonly Fix[] {
  if (node?.type !== 'mapping') return [];
  const edit = appendLines(visit.context.document.text, node, [line]);
  return edit === null ? [] : [{ title: message('Add {0}', line), edits: [edit], preferred }];
}
