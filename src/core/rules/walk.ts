import type { Message } from '../finding.ts';
import { hasParts, typeProblem, unknownFields } from '../schema/check.ts';
import type { Field } from '../schema/field.ts';
import type { Problem, ReportOptions, Rule, RuleContext, Visit } from './rule.ts';
import type { RuleSet } from './rule-set.ts';

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

class Walker implements Visit {
  readonly context: RuleContext;
  readonly found: Found[] = [];
  readonly #set: RuleSet;
  #rule: Rule | null = null;

  constructor(context: RuleContext, set: RuleSet) {
    this.context = context;
    this.#set = set;
  }

  object(root: Field): void {
    this.#call('root', root);
    this.#visit(root, 0);
  }

  report(field: Field, message: Message, options: ReportOptions = {}): void {
    if (this.#rule === null) return;
    const problem = { message, range: field.range, path: field.path, ...options };
    this.found.push({ rule: this.#rule, problem });
  }

  missing(parent: Field, key: string, message: Message, options: ReportOptions = {}): void {
    const { node } = parent;
    if (this.context.patch || (node !== null && !this.context.isWhole(node))) return;
    this.report(parent.get(key), message, options);
  }

  #visit(field: Field, depth: number): void {
    const { node, type } = field;
    if (node === null || type === null || depth > DEEPEST) return;
    const problem = typeProblem(field);
    if (problem !== null) {
      this.context.schemaProblems.push(problem);
      return;
    }
    if (!field.written) return;
    if (type.kind !== 'list' && type.kind !== 'map') {
      this.#call(type.kind === 'object' ? type.name : type.kind, field);
    }
    if (!hasParts(node, type)) return;
    for (const unknown of unknownFields(field)) this.context.schemaProblems.push(unknown);
    for (const part of node.type === 'sequence' ? field.items() : field.entries())
      this.#visit(part, depth + 1);
  }

  #call(place: string, field: Field): void {
    for (const { rule, visit } of this.#set.visitorsOf(place)) {
      this.#rule = rule;
      visit(field, this);
    }
    this.#rule = null;
  }
}
