import { formatMessage } from '../finding.ts';
import type { TextRange } from '../finding.ts';
import { DocumentNode } from '../manifest/document.ts';
import { RuleContext } from '../rules/rule.ts';
import type { Problem, Rule, Terms } from '../rules/rule.ts';
import { ruleSet } from '../rules/rule-set.ts';
import type { RuleSet } from '../rules/rule-set.ts';
import { relate, walk } from '../rules/walk.ts';
import type { Found } from '../rules/walk.ts';
import { yamlSyntax } from '../rules/yaml-syntax.ts';
import type { Field } from '../schema/field.ts';
import type { ObjectFacts } from '../workspace/facts.ts';
import { Watch } from '../workspace/workspace.ts';
import type { Located, Workspace } from '../workspace/workspace.ts';

/** Problems of one rule in one document that are told: nobody reads more, and an editor would choke on them. */
const MOST_PROBLEMS = 1000;

/** One document's part of an analysis, with offsets from the start of the document: it survives edits elsewhere. */
export class DocumentAnalysis {
  readonly node: DocumentNode;
  readonly problems: readonly Found[];
  readonly #context: RuleContext | null;
  readonly #set: RuleSet;
  #related: {
    readonly watch: Watch;
    readonly around: readonly Located[];
    readonly found: readonly Found[];
  } | null = null;

  /** `aside`: parts of the text that were put aside before it was read. */
  constructor(text: string, terms: Terms, aside: readonly TextRange[]) {
    this.node = new DocumentNode(text, aside);
    this.#set = ruleSet(terms.settings);
    this.#context = this.node.isKubernetes ? new RuleContext(this.node, terms) : null;
    this.problems = this.#context === null ? [] : problemsOf(this.#context, this.#set);
  }

  /** The root of each of its objects. */
  get roots(): readonly Field[] {
    return this.#context?.objects ?? [];
  }

  /** What the workspace needs to know of its objects: the same array each time. */
  get facts(): readonly ObjectFacts[] {
    return this.#context?.facts ?? noFacts;
  }

  /** What rules find that look beyond the document; `around` holds its objects as the workspace knows them. */
  related(workspace: Workspace, around: readonly Located[]): readonly Found[] {
    if (this.#context === null || around.length === 0) return nothing;
    const kept = this.#related;
    if (kept?.watch.workspace === workspace && kept.around === around && kept.watch.isCurrent) {
      return kept.found;
    }
    const watch = new Watch(workspace);
    const found = relate(this.#context, this.#set, watch, around);
    this.#related = { watch, around, found };
    return found;
  }
}

const noFacts: readonly ObjectFacts[] = [];
const nothing: readonly Found[] = [];

function problemsOf(context: RuleContext, set: RuleSet): readonly Found[] {
  const problems = new ProblemList(context.document);
  for (const { rule, problem } of walk(context, set)) problems.add(rule, problem);
  for (const rule of set.checks) {
    for (const problem of rule.check?.(context) ?? []) if (!problems.add(rule, problem)) break;
  }
  return problems.kept;
}

/** What is worth telling of all that was found in a document. */
class ProblemList {
  readonly kept: Found[] = [];
  readonly #text: string;
  readonly #readTo: number;
  /** What stands behind an anchor is met once for each of its aliases, and told once. */
  readonly #told = new Set<string>();
  readonly #counts = new Map<Rule, number>();

  constructor({ text, reading }: DocumentNode) {
    this.#text = text;
    this.#readTo = reading.readTo;
  }

  /** Whether the rule may go on. */
  add(rule: Rule, problem: Problem): boolean {
    const count = (this.#counts.get(rule) ?? 0) + 1;
    this.#counts.set(rule, count);
    if (count > MOST_PROBLEMS) return false;
    if (rule !== yamlSyntax && problem.range.start >= this.#readTo) return true;
    const { range, message } = problem;
    const place = `${rule.code} ${range.start} ${range.end} ${formatMessage(message)}`;
    if (!this.#told.has(place)) this.kept.push({ rule, problem: this.#onOneLine(problem) });
    this.#told.add(place);
    return true;
  }

  /** What is wrong with a text of many lines is shown on its first: a wall of squiggles shows nothing. */
  #onOneLine(problem: Problem): Problem {
    const { start, end } = problem.range;
    const more = this.#text.slice(start, end).search(/\r?\n/);
    return more < 0 ? problem : { ...problem, range: { start, end: start + more } };
  }
}
