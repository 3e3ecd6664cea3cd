import type { Fix, Message, RelatedPlace, Severity, TextRange } from '../finding.ts';
import type { DocumentNode } from '../manifest/document.ts';
import type { Node } from '../manifest/nodes.ts';
import { misplacedFields } from './misplaced.ts';
import type { MisplacedField } from './misplaced.ts';
import { collectQuantities } from './quantities.ts';
import type { QuantityField } from './quantities.ts';

/** What a rule found in one document; offsets count from the start of the document. */
export interface Problem {
  readonly message: Message;
  readonly range: TextRange;
  /** Field path from the document's root; absent when the place has none. */
  readonly path?: string;
  /** Absent: the rule's own. */
  readonly severity?: Severity;
  readonly related?: readonly RelatedPlace[];
  readonly fixes?: readonly Fix[];
}

/** One check: what it is called, why it matters, and how it is done. */
export interface Rule {
  /** Stable across versions; part of the address of its page. */
  readonly code: string;
  /** A few words, in sentence case. */
  readonly title: string;
  readonly severity: Severity;
  /** The page about it in Markdown, without its heading: what, why, a bad and a good example. */
  readonly docs: string;
  /** Absent where the finding is made before documents are read. */
  readonly check?: (context: RuleContext) => Iterable<Problem>;
}

/** What only a strategic merge patch has: directives beside the fields. */
const patchDirective = /^[ \t]*(?:- )?["']?\$(?:patch|retainKeys|setElementOrder|deleteFromPrimitiveList)\b/m;

/** One document as all rules see it; what several of them need is computed once. */
export class RuleContext {
  readonly document: DocumentNode;
  /** The document changes an object kept elsewhere: what is absent from it is no mistake. */
  readonly patch: boolean;
  #quantities: readonly QuantityField[] | null = null;
  #misplaced: readonly MisplacedField[] | null = null;

  constructor(document: DocumentNode) {
    this.document = document;
    this.patch = patchDirective.test(document.text);
  }

  get quantities(): readonly QuantityField[] {
    return (this.#quantities ??= collectQuantities(this.document));
  }

  get misplaced(): readonly MisplacedField[] {
    return (this.#misplaced ??= misplacedFields(this.document));
  }

  /** Whether all of a node was read: nothing may be called missing from it otherwise. */
  isWhole({ range }: Node): boolean {
    const { text, reading } = this.document;
    if (reading.hidden.length === 0) return true;
    // What was put aside right behind a node may have been its last part.
    const after = /\S/.exec(text.slice(range.end));
    const end = after === null ? text.length : range.end + after.index;
    return reading.hidden.every((part) => part.end <= range.start || part.start > end);
  }
}
