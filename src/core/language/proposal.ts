import type { Message, TextEdit } from '../finding.ts';

export type ProposalKind = 'field' | 'value' | 'reference' | 'kind' | 'snippet' | 'unit';

/** Something that can be written at a place. */
export interface Proposal {
  readonly label: string;
  readonly kind: ProposalKind;
  /** Replaces the word at the place. Lines after the first are indented as they will stand. */
  readonly insert: string;
  /** `insert` has the syntax of LSP snippets: `$1`, `${2:web}`, `${3|a,b|}`. */
  readonly snippet: boolean;
  /** What a word typed so far is compared to; absent: the label. */
  readonly filter?: string;
  /** A few words behind the label: a type, the file of an object. */
  readonly detail?: Message | string;
  /** Proposals are shown by this, then by label: `0` first. */
  readonly rank: Rank;
  /** Among proposals of the same rank; absent: by label. */
  readonly order?: number;
  /** The field or type whose documentation explains it. */
  readonly about?: DocsKey;
  /** What it means, in Markdown, where that is known at once. */
  readonly meaning?: string;
  /** Ends where a value is to be filled in of which some can be proposed. */
  readonly open?: boolean;
  /** Written elsewhere in the file together with it. */
  readonly also?: readonly TextEdit[];
}

/** `0`: has to be there; `1`: of this place; `2`: likely; `5`: usual; `8`: seldom; `9`: set by the server. */
export type Rank = '0' | '1' | '2' | '5' | '8' | '9';

/** Where documentation is kept: by name of the type and of its field, `''` for the type itself. */
export interface DocsKey {
  readonly type: string;
  readonly field: string;
}

/** Of a list to choose from inside a snippet. */
export function choice(tabStop: number, values: readonly string[]): string {
  return `\${${tabStop}|${values.map((value) => value.replace(/[\\$},|]/g, '\\$&')).join(',')}|}`;
}
