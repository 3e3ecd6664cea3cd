/** What is proposed at the `¦` of a text, and what the text becomes with a proposal. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { analyze, schemaAt, Workspace } from '../../../src/core/index.ts';
import type { TextEdit } from '../../../src/core/index.ts';
import { completionAt } from '../../../src/core/language/complete.ts';
import { proposalsFrom } from '../../../src/core/language/names.ts';
import type { DocsKey, Proposal } from '../../../src/core/language/proposal.ts';
import { applyFix } from '../marked.ts';

const generated = new URL('../../../src/core/schema/generated/docs.json', import.meta.url);
const documentation = JSON.parse(readFileSync(generated, 'utf8')) as Readonly<
  Record<string, Readonly<Record<string, string>>>
>;

function documentationOf({ type, field }: DocsKey): string {
  return documentation[type]?.[field] ?? '';
}

export interface Proposed {
  readonly text: string;
  readonly proposals: readonly Proposal[];
  /** In the order an editor shows them in. */
  readonly labels: readonly string[];
  /** The text with a proposal accepted and nothing filled in. */
  accept(label: string): string;
}

/** `others`: more files of the workspace. */
export function proposed(marked: string, others: readonly string[] = []): Proposed {
  const offset = marked.indexOf('¦');
  assert.ok(offset >= 0, 'the text has a cursor');
  const text = marked.replace('¦', '');
  return proposedAt(text, offset, others);
}

function proposedAt(text: string, offset: number, others: readonly string[] = []): Proposed {
  const analysis = analyze(text);
  const workspace = new Workspace();
  workspace.set('file:///here.yaml', analysis.facts);
  others.forEach((other, index) => workspace.set(`file:///${index}.yaml`, analyze(other).facts));
  const completion = completionAt(analysis, offset, schemaAt(), documentationOf);
  const named = completion?.wanted ? proposalsFrom(workspace, completion.wanted) : [];
  const proposals = [...named, ...(completion?.proposals ?? [])];
  const labels = proposals
    .toSorted(
      (a, b) =>
        a.rank.localeCompare(b.rank) ||
        (a.order ?? 9999) - (b.order ?? 9999) ||
        a.label.localeCompare(b.label),
    )
    .map(({ label }) => label);
  const accept = (label: string): string => {
    const proposal = proposals.find((one) => one.label === label);
    assert.ok(proposal !== undefined && completion !== null, `${label} is proposed`);
    const edit: TextEdit = { range: completion.range, newText: filled(proposal) };
    return applyFix(text, {
      title: { template: '', args: [] },
      edits: [edit, ...(proposal.also ?? [])],
      preferred: false,
    });
  };
  return { text, proposals, labels, accept };
}

/** What a snippet leaves when a person fills nothing in: of several choices the first. */
export function filled({ insert, snippet }: Pick<Proposal, 'insert' | 'snippet'>): string {
  if (!snippet) return insert;
  const texts = new Map<string, string>();
  for (const [, index = '', text = ''] of insert.matchAll(/\$\{(\d+)[:|]([^}|,]*)/g)) {
    if (!texts.has(index)) texts.set(index, text);
  }
  return insert
    .replace(/\$\{(\d+):([^}]*)\}/g, '$2')
    .replace(/\$\{\d+\|((?:[^,|\\]|\\.)*)[^}]*\}/g, '$1')
    .replace(/(?<!\\)\$(\d+)/g, (_, index: string) => texts.get(index) ?? '')
    .replace(/\\([\\$},|])/g, '$1');
}
