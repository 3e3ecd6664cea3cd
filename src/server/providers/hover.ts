import { type Hover, MarkupKind } from 'vscode-languageserver-types';
import type { Analysis } from '../../core/index.ts';
import { hoverAt, type HoverOptions } from '../../core/language/hover/hover.ts';
import type { Position } from '../../core/protocol.ts';
import { fieldDocs } from '../field-docs.ts';
import { translated } from '../options.ts';
import { schemaOf } from '../schemas/choice.ts';
import type { ProviderContext } from './context.ts';

/** What is known of the place under the pointer. */
export function hover(analysis: Analysis, context: ProviderContext, position: Position): Hover | null {
  return told(analysis, context, position, (key) => fieldDocs.textOf(key));
}

/** The same without the documentation of fields: amounts, requests, what the pod comes to. */
export function facts(analysis: Analysis, context: ProviderContext, position: Position): Hover | null {
  return told(analysis, context, position, null);
}

function told(
  analysis: Analysis,
  { check, options }: ProviderContext,
  position: Position,
  docs: HoverOptions['docs'],
): Hover | null {
  const found = hoverAt(analysis, analysis.lines.offsetAt(position), {
    schema: schemaOf(check),
    now: Date.now(),
    say: (message) => translated(message, options),
    docs,
  });
  if (found === null) return null;
  return {
    contents: { kind: MarkupKind.Markdown, value: found.markdown },
    range: analysis.lines.rangeAt(found.range),
  };
}
