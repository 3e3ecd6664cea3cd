import type { Message } from '../finding.ts';
import { hasParts, typeProblem, unknownProblem } from '../schema/check.ts';
import type { SchemaProblem } from '../schema/check.ts';
import type { Field } from '../schema/field.ts';
import type { Problem, Relation, ReportOptions, Rule, RuleContext, Visit } from './rule.ts';
import type { RuleSet } from './rule-set.ts';
import { meantField } from './schema/meant-field.ts';
import type { Located, Lookup } from '../workspace/lookup.ts';
import type { Reference } from '../workspace/facts.ts';
import { referencesAt, referringTypes } from '../workspace/references.ts';

/** A problem and the rule that found it. */
export interface Found {
  readonly rule: Rule;
  readonly problem: Problem;
}

/** Deeper than any manifest; what refers to itself ends here. */
const DEEPEST = 60;

/** Goes through every place of a document once, from the outside in, and lets the rules look that wait for its type. */
export function walk(context: RuleContext, set: RuleSet): readonly Found[] {
  const walker = new Walker(context, set);
  for (const object of context.objects) walker.object(object);
  return walker.found;
}

/** Lets the rules look that care for other objects; `around` gives each object as the workspace knows it. */
export function relate(
  context: RuleContext,
  set: RuleSet,
  workspace: Lookup,
  around: readonly Located[],
): readonly Found[] {
  const reporter = new Reporter(context);
  // What a patch does not say stands in what it patches.
  if (context.patch) return [];
  context.objects.forEach((object, index) => {
    const here = around[index];
    if (here === undefined) return;
    const relation: Relation = {
      context,
      workspace,
      here,
      report: (...said) => reporter.report(...said),
      missing: (...said) => reporter.missing(...said),
    };
    for (const rule of set.relations) reporter.as(rule, () => rule.relate?.(object, relation));
  });
  return reporter.found;
}

/** Keeps what rules say. */
class Reporter implements Visit {
  readonly context: RuleContext;
  readonly found: Found[] = [];
  /** Whose turn it is. */
  protected rule: Rule | null = null;

  constructor(context: RuleContext) {
    this.context = context;
  }

  as(rule: Rule, run: () => void): void {
    this.rule = rule;
    run();
    this.rule = null;
  }

  report(field: Field, message: Message, options: ReportOptions = {}): void {
    if (this.rule === null || !this.context.isRead(field)) return;
    const problem = { message, range: field.range, path: field.path, ...options };
    this.found.push({ rule: this.rule, problem });
  }

  missing(parent: Field, key: string, message: Message, options: ReportOptions = {}): void {
    if (this.context.patch || !this.#isKnown(parent) || isMisspelt(parent, key)) return;
    this.report(parent.get(key), message, options);
  }

  /** Whether what is not in a place is certainly absent: it was read to its end, and no template fills it in. */
  #isKnown(place: Field): boolean {
    const { node } = place;
    if (node === null) return place.parent === null || this.#isKnown(place.parent);
    // Of what is of another type that is told, and nothing is known of its fields.
    const other = node.type === 'sequence' && place.type?.kind === 'object';
    return !other && (node.type !== 'scalar' || node.value === null) && this.context.isWhole(node);
  }
}

/** Whether a field, or one that it would be in, is there under a name that is a slip of its own: that is told already. */
function isMisspelt(parent: Field, key: string): boolean {
  for (let [place, name]: [Field | null, string] = [parent, key]; place !== null; place = place.parent) {
    if (isMisspeltIn(place, name)) return true;
    if (place.node !== null) return false;
    name = place.key;
  }
  return false;
}

function isMisspeltIn(parent: Field, key: string): boolean {
  const { node, type } = parent;
  if (node?.type !== 'mapping' || type?.kind !== 'object') return false;
  return node.entries.some((entry) => !type.fields.has(entry.key) && meantField(parent, entry.key) === key);
}

const referring: ReadonlySet<string> = new Set(referringTypes);

class Walker extends Reporter {
  readonly #set: RuleSet;
  #references: Reference[] = [];

  constructor(context: RuleContext, set: RuleSet) {
    super(context);
    this.#set = set;
  }

  object(root: Field): void {
    this.#references = [];
    this.#call('root', root);
    this.#visit(root, 0);
    this.context.references.set(root, this.#references);
  }

  #visit(field: Field, depth: number): void {
    const { node, type } = field;
    if (node === null || type === null || depth > DEEPEST) return;
    const problem = typeProblem(field);
    if (problem !== null) {
      this.#keep(problem);
      return;
    }
    // An item of a list that says nothing is an object without any field.
    if (!field.written && (type.kind !== 'object' || field.entry !== null)) return;
    if (type.kind !== 'list' && type.kind !== 'map') {
      this.#call(type.kind === 'object' ? type.name : type.kind, field);
    }
    if (!hasParts(node, type)) return;
    for (const part of node.type === 'sequence' ? field.items() : field.entries()) {
      const unknown = unknownProblem(part, this.context.patch);
      if (unknown !== null) this.#keep(unknown);
      else this.#visit(part, depth + 1);
    }
  }

  /** A field or value that seems wrong beside a mistake of syntax may only have lost what made it right. */
  #keep(problem: SchemaProblem): void {
    const place = problem.kind === 'unknown' ? problem.parent : problem.field;
    if (this.context.isRead(place)) this.context.schemaProblems.push(problem);
  }

  #call(place: string, field: Field): void {
    if (referring.has(place)) this.#references.push(...referencesAt(field));
    for (const { rule, visit } of this.#set.visitorsOf(place)) {
      this.rule = rule;
      visit(field, this);
    }
  }
}
