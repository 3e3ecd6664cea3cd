import { type Hover, MarkupKind } from 'vscode-languageserver-types';
import type { Analysis } from '../../core/index.ts';
import { hoverAt } from '../../core/language/hover/hover.ts';
import type { Position } from '../../core/protocol.ts';
import { fieldDocs } from '../field-docs.ts';
import { translated } from '../options.ts';
import { schemaOf } from '../schemas/choice.ts';
import type { ProviderContext } from './context.ts';

/** What is known of the place under the pointer. */
export function hover(
  analysis: Analysis,
  { check, options }: ProviderContext,
  position: Position,
): Hover | null {
  const found = hoverAt(analysis, analysis.lines.offsetAt(position), {
    schema: schemaOf(check),
    now: Date.now(),
    say: (message) => translated(message, options),
    docs: (key) => fieldDocs.textOf(key),
  });
  if (found === null) return null;
  return {
    contents: { kind: MarkupKind.Markdown, value: found.markdown },
    range: analysis.lines.rangeAt(found.range),
  };
}
