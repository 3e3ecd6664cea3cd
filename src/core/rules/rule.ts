import type { RuleSettings } from '../config/settings.ts';
import type { Fix, Message, RelatedPlace, Severity, TextRange } from '../finding.ts';
import type { DocumentNode } from '../manifest/document.ts';
import type { Node } from '../manifest/nodes.ts';
import type { Completion } from '../manifest/roles.ts';
import { apart, lastFrom } from '../ranges.ts';
import type { TypeName } from '../schema/generated/type-names.ts';
import type { Field } from '../schema/field.ts';
import type { SchemaProblem } from '../schema/check.ts';
import type { Schema } from '../schema/schema.ts';
import type { ScalarKind } from '../schema/type.ts';
import { objectField } from './object-field.ts';
import { factsOf } from '../workspace/collect.ts';
import type { ObjectFacts, Reference } from '../workspace/facts.ts';
import type { Located, Lookup } from '../workspace/lookup.ts';
import { misplacedFields } from './misplaced.ts';
import type { MisplacedField } from './misplaced.ts';

/** What a rule found in one document; offsets count from the start of the document. */
export interface Problem {
  readonly message: Message;
  readonly range: TextRange;
  /** Field path from the document's root; absent when the place has none. */
  readonly path?: string;
  /** Absent: the rule's own. */
  readonly severity?: Severity;
  readonly related?: readonly RelatedPlace[];
  /** Places of other objects that explain it. */
  readonly others?: readonly OtherPlace[];
  readonly fixes?: readonly Fix[];
}

/** A place of another object, wherever in the workspace that is. */
export interface OtherPlace {
  readonly message: Message;
  readonly object: Located;
  /** In the other object's document. */
  readonly range: TextRange;
}

/** What a visitor may be called for: a type of the schema, a kind of value, or the root of every object. */
export type Place = TypeName | ScalarKind | 'root';

export type Visitors = { readonly [P in Place]?: (field: Field, visit: Visit) => void };

/** One check: what it is called, why it matters, and how it is done. */
export interface Rule {
  /** Stable across versions; part of the address of its page. */
  readonly code: string;
  /** A few words, in sentence case. */
  readonly title: string;
  /** `server`: the API server refuses what it calls an error. `advice`: the server takes it, people regret it. */
  readonly origin: 'server' | 'advice';
  /** In the preset `recommended`. */
  readonly severity: Severity | 'off';
  /** In the preset `strict`, where it differs. */
  readonly strict?: Severity;
  /** The page about it in Markdown, without its heading: what, why, a bad and a good example. */
  readonly docs: string;
  /** Looks at the whole document. */
  readonly check?: (context: RuleContext) => Iterable<Problem>;
  /** Called for each written place of a type, from the outside in. */
  readonly visit?: Visitors;
  /** Called for each object once the workspace around it is known, and again when that has changed. */
  readonly relate?: (object: Field, relation: Relation) => void;
}

export interface ReportOptions {
  /** Absent: the rule's own. */
  readonly severity?: Severity;
  readonly fixes?: readonly Fix[];
  readonly related?: readonly RelatedPlace[];
  readonly others?: readonly OtherPlace[];
  /** Absent: the field's own. */
  readonly range?: TextRange;
  /** Where the API server calls the place by another path than its own. */
  readonly path?: string;
}

/** How a visitor says what it found. */
export interface Visit {
  readonly context: RuleContext;
  report(field: Field, message: Message, options?: ReportOptions): void;
  /**
   * A field that has to be there is not, or is empty. Nothing is said in a patch, where it may be in what is patched,
   * nor where part of the text around it could not be read.
   */
  missing(parent: Field, key: string, message: Message, options?: ReportOptions): void;
}

/** How a rule that looks beyond the document says what it found. */
export interface Relation extends Visit {
  readonly workspace: Lookup;
  /** The object looked at, as the workspace knows it. */
  readonly here: Located;
}

/** What the findings of a document depend on besides its text. */
export interface Terms {
  readonly settings: RuleSettings;
  readonly schema: Schema;
  /** The file changes objects kept elsewhere. */
  readonly patch: boolean;
  /** What kustomizations set on the file's objects. */
  readonly completion: Completion | null;
}

/** What only a strategic merge patch has: directives beside the fields. */
const patchDirective = /^[ \t]*(?:- )?["']?\$(?:patch|retainKeys|setElementOrder|deleteFromPrimitiveList)\b/m;

/** One document as all rules see it; what several of them need is computed once. */
export class RuleContext {
  readonly document: DocumentNode;
  /** The document changes an object kept elsewhere: what is absent from it is no mistake. */
  readonly patch: boolean;
  readonly schema: Schema;
  readonly settings: RuleSettings;
  readonly completion: Completion | null;
  /** What the walk through the document found; complete once it is over. */
  readonly schemaProblems: SchemaProblem[] = [];
  /** What the walk met that names other objects, by the root of the object it stands in. */
  readonly references = new Map<Field, Reference[]>();
  #objects: readonly Field[] | null = null;
  #facts: readonly ObjectFacts[] | null = null;
  #misplaced: readonly MisplacedField[] | null = null;
  /** What was not read of the text: there may be thousands of parts, and thousands of nodes that are asked for. */
  #hidden: readonly TextRange[] | null = null;

  constructor(document: DocumentNode, { schema, patch, completion, settings }: Terms) {
    this.document = document;
    this.schema = schema;
    this.settings = settings;
    this.completion = completion;
    this.patch = patch || patchDirective.test(document.text);
  }

  /** The roots of the document's objects. */
  get objects(): readonly Field[] {
    return (this.#objects ??= this.document.objects.map((object) => objectField(object, this.schema)));
  }

  /** What the workspace needs to know of the objects, in the same order. */
  get facts(): readonly ObjectFacts[] {
    return (this.#facts ??= this.objects.map((object) => factsOf(object, this.references.get(object) ?? [])));
  }

  /** Complete once the walk through the document is over. */
  get misplaced(): readonly MisplacedField[] {
    return (this.#misplaced ??= misplacedFields(this.schemaProblems));
  }

  /** Whether all of a node was read: nothing may be called missing from it otherwise. */
  isWhole({ range }: Pick<Node, 'range'>): boolean {
    const { text, reading } = this.document;
    if (reading.hidden.length === 0) return true;
    const hidden = (this.#hidden ??= apart(reading.hidden));
    // What was put aside right behind a node may have been its last part.
    const after = /\S/.exec(text.slice(range.end));
    const end = after === null ? text.length : range.end + after.index;
    const last = hidden[lastFrom(hidden, end, ({ start }) => start)];
    return last === undefined || last.end <= range.start;
  }

  /** Whether all of a field was read, from its key to its end; of what is not written, of the nearest that is. */
  isRead(field: Field): boolean {
    if (this.document.reading.hidden.length === 0) return true;
    let place = field;
    while (place.node === null && place.parent !== null) place = place.parent;
    const { node, entry } = place;
    if (node === null) return true;
    const { start, end } = entry?.keyRange ?? node.range;
    return this.isWhole({
      range: { start: Math.min(start, node.range.start), end: Math.max(end, node.range.end) },
    });
  }
}
