import type { Analysis } from '../analysis/analysis.ts';
import { message, type TextRange } from '../finding.ts';
import type { Schema } from '../schema/schema.ts';
import type { Type } from '../schema/type.ts';
import { fieldProposals, itemProposal, keyProposals } from './fields.ts';
import { kindProposals } from './kinds.ts';
import { localProposals } from './local.ts';
import { presetOf, summaryOf } from './hover/docs.ts';
import type { DocsKey, Proposal, Rank } from './proposal.ts';
import type { Site } from './site.ts';
import { siteAt } from './site.ts';
import { objectSnippets, partSnippets } from './snippets/snippets.ts';
import { amountsOf, knownValues, listedValues } from './values.ts';
import type { Wanted } from './wanted.ts';
import { wantedAt } from './wanted.ts';

/** What can be written at a place. */
export interface Completion {
  /** What a proposal replaces. */
  readonly range: TextRange;
  readonly proposals: readonly Proposal[];
  /** What the workspace may have to add; null: nothing. */
  readonly wanted: Wanted | null;
  /** The quote that a text begins with: what is written has to be in the same. */
  readonly quote: '"' | "'" | '';
}

/** Documentation of a field; `''` where there is none. */
export type Docs = (key: DocsKey) => string;

/** Null where nothing is to be proposed. */
export function completionAt(
  analysis: Analysis,
  offset: number,
  schema: Schema,
  docs: Docs = () => '',
): Completion | null {
  const site = siteAt(analysis, offset, schema);
  if (site === null) return null;
  const proposals = proposalsAt(site, docs);
  const wanted = wantedAt(site);
  if (proposals.length === 0 && wanted === null) return null;
  const first = analysis.text[site.replaced.start];
  const quote = (first === '"' || first === "'") && site.word.end > site.word.start ? first : '';
  return { range: site.replaced, proposals, wanted, quote };
}

function proposalsAt(site: Site, docs: Docs): readonly Proposal[] {
  const { part, type, steps, document, siblings } = site;
  if (steps.length === 0 && part === 'content' && siblings.size === 0) {
    return isBlank(site) ? [...objectSnippets(site), ...contentOf(site, type, docs)] : [];
  }
  if (document === null || (steps.length === 0 && !isManifest(site))) return [];
  if (part === 'value')
    return [...kindProposals(site), ...localProposals(site), ...valueProposals(site, type, docs)];
  const items = part === 'content' ? listItems(site) : [];
  return [...items, ...contentOf(site, type, docs)];
}

/** Nothing else is written in the document. */
function isBlank({ text, word }: Site): boolean {
  const rest = text.slice(0, word.start) + text.slice(word.end);
  return rest.split('\n').every((line) => /^(?:\s*(?:#.*)?|---\s*|\.\.\.\s*)$/.test(line));
}

/** Other files are mappings too: a document is one of ours when it says so. */
function isManifest({ siblings }: Site): boolean {
  return siblings.has('apiVersion') || siblings.has('kind');
}

function contentOf(site: Site, type: Type | null, docs: Docs): readonly Proposal[] {
  if (type?.kind === 'object')
    return [...fieldProposals(site, type), ...partSnippets(site, type), ...localProposals(site)];
  if (type?.kind === 'map') return [...localProposals(site), ...keyProposals(site, type.values)];
  // A list stands here, or a single value: what is written is an item of it, or that.
  return type === null || type.kind === 'list' || site.part === 'key' ? [] : valueProposals(site, type, docs);
}

function listItems(site: Site): readonly Proposal[] {
  const { type, list, column, colon } = site;
  if (colon || site.style === 'flow') return [];
  if (type?.kind === 'list') return [itemProposal(type.items, column)];
  const last = list?.at(-1);
  const named = typeof last === 'string' && type?.kind === 'object' ? type.fields.get(last) : undefined;
  return named?.kind === 'list' ? [itemProposal(named.items, column)] : [];
}

function valueProposals(site: Site, type: Type | null, docs: Docs): readonly Proposal[] {
  if (type === null) return [];
  const value = (text: string, rank: Rank, kind: Proposal['kind'] = 'value'): Proposal => ({
    label: text,
    kind,
    insert: text,
    snippet: false,
    rank,
  });
  if (type.kind === 'quantity') {
    const typed = site.text.slice(site.word.start, site.word.end);
    const amounts = amountsOf(String(site.steps.at(-1)), typed);
    return amounts.map((text, order) => ({ ...value(text, '2', 'unit'), order }));
  }
  const listed = listedValues(type);
  const explain = listed.length === 0 ? null : explanations(site, type, docs);
  return [
    ...listed.map((text) => ({ ...value(text, '2'), ...explain?.(text) })),
    ...knownValues(site).map((text) => value(text, '5')),
  ];
}

/** What is said of the values of the field at a place: which one counts where none is written, and what each means. */
function explanations(
  { owner, steps }: Site,
  type: Type,
  docs: Docs,
): (value: string) => Pick<Proposal, 'detail' | 'meaning'> {
  const field = steps.at(-1);
  const known = owner?.kind === 'object' && typeof field === 'string';
  const summary = summaryOf(known ? docs({ type: owner.name, field }) : '');
  const preset = presetOf(type, summary.preset);
  return (value) => {
    const meaning = summary.values.find((one) => one.value === value)?.meaning ?? '';
    return {
      ...(value === preset ? { detail: message('default') } : {}),
      ...(meaning === '' ? {} : { meaning }),
    };
  };
}
