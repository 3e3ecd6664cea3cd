import {
  type CompletionItem,
  CompletionItemKind,
  InsertTextFormat,
  InsertTextMode,
  MarkupKind,
} from 'vscode-languageserver-types';
import type { Analysis, Message } from '../../core/index.ts';
import { completionAt } from '../../core/language/complete.ts';
import type { Proposal, ProposalKind } from '../../core/language/proposal.ts';
import type { Wanted } from '../../core/language/wanted.ts';
import type { EditorRange, Position } from '../../core/protocol.ts';
import { type ServerOptions, translated } from '../options.ts';
import { schemaOf } from '../schemas/choice.ts';
import { fieldDocs } from '../field-docs.ts';
import type { ProviderContext } from './context.ts';

/** What can be written at a place, as far as the file itself tells. */
export interface CompletionAnswer {
  readonly items: CompletionItem[];
  /** What the workspace may have to add. */
  readonly wanted: Wanted | null;
  readonly frame: Frame;
}

/** Where and how a proposal is written. */
export interface Frame {
  readonly range: EditorRange;
  readonly quote: '"' | "'" | '';
}

const kinds: Readonly<Record<ProposalKind, CompletionItemKind>> = {
  field: CompletionItemKind.Field,
  kind: CompletionItemKind.Class,
  reference: CompletionItemKind.Reference,
  snippet: CompletionItemKind.Snippet,
  unit: CompletionItemKind.Unit,
  value: CompletionItemKind.EnumMember,
};

export function completion(
  analysis: Analysis,
  context: ProviderContext,
  position: Position,
): CompletionAnswer | null {
  const { role } = context.check;
  if (role !== 'manifest' && role !== 'patch') return null;
  const found = completionAt(analysis, analysis.lines.offsetAt(position), schemaOf(context.check), (key) =>
    fieldDocs.textOf(key),
  );
  if (found === null) return null;
  const frame = { range: analysis.lines.rangeAt(found.range), quote: found.quote };
  const items = found.proposals.map((proposal) => {
    const item = itemOf(proposal, frame, context.options);
    const also = proposal.also?.map(({ range, newText }) => ({
      range: analysis.lines.rangeAt(range),
      newText,
    }));
    return also === undefined ? item : { ...item, additionalTextEdits: also };
  });
  return { items, wanted: found.wanted, frame };
}

/** A proposal as the protocol has it. Its documentation is asked for when it is looked at. */
export function itemOf(proposal: Proposal, { range, quote }: Frame, options: ServerOptions): CompletionItem {
  const { label, kind, detail, about, meaning, rank, order } = proposal;
  const snippet = proposal.snippet && options.supportsSnippets;
  const insert = proposal.snippet && !snippet ? withoutTabStops(proposal.insert) : proposal.insert;
  const bare = insert.replace(/^(["'])(.*)\1$/, '$2');
  return {
    label,
    kind: kinds[kind],
    sortText: `${rank}${order === undefined ? '' : String(order).padStart(4, '0')}${label}`,
    filterText: `${quote}${proposal.filter ?? label}`,
    textEdit: { range, newText: quote === '' ? insert : `${quote}${bare}${quote}` },
    insertTextMode: InsertTextMode.asIs,
    ...(snippet ? { insertTextFormat: InsertTextFormat.Snippet } : {}),
    ...(detail === undefined ? {} : beside(detail, options)),
    ...(meaning === undefined ? {} : { documentation: { kind: MarkupKind.Markdown, value: meaning } }),
    ...(about === undefined ? {} : { data: about }),
    ...(proposal.open === true && snippet && options.suggestCommand !== null
      ? { command: { title: '', command: options.suggestCommand } }
      : {}),
  };
}

/** On every row where the editor can; others show it of the chosen one. */
function beside(
  detail: Message | string,
  options: ServerOptions,
): Pick<CompletionItem, 'detail' | 'labelDetails'> {
  const text = typeof detail === 'string' ? detail : translated(detail, options);
  return options.supportsLabelDetails ? { labelDetails: { description: text } } : { detail: text };
}

/** A snippet for editors that know none: its texts without the places to fill in. */
function withoutTabStops(text: string): string {
  return text
    .replace(/\$\{\d+\|[^}]*\|\}|(?<!\\)\$\d+/g, '')
    .replace(/\$\{\d+:([^}]*)\}/g, '$1')
    .replace(/\\([\\$}])/g, '$1');
}
