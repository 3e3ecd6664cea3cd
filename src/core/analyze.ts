import { defaultSettings } from './config/settings.ts';
import type { RuleSettings } from './config/settings.ts';
import { message } from './finding.ts';
import type { Finding, Fix, Message, Severity, TextEdit, TextRange } from './finding.ts';
import { resolveConflicts } from './manifest/conflicts.ts';
import type { Conflict } from './manifest/conflicts.ts';
import { DocumentNode } from './manifest/document.ts';
import { LineIndex } from './manifest/lines.ts';
import { KubernetesObject } from './manifest/kubernetes-object.ts';
import type { FileRole } from './manifest/roles.ts';
import { splitDocuments } from './manifest/split.ts';
import { fileTooLarge, tooLarge } from './rules/file-too-large.ts';
import { RuleContext } from './rules/rule.ts';
import type { Problem, Rule } from './rules/rule.ts';
import { ruleSet } from './rules/rule-set.ts';
import type { RuleSet } from './rules/rule-set.ts';
import { walk } from './rules/walk.ts';
import type { Found } from './rules/walk.ts';
import { yamlSyntax } from './rules/yaml-syntax.ts';
import { schemaAt } from './schema/history/index.ts';
import type { Schema } from './schema/schema.ts';

export interface AnalyzeOptions {
  /** Kept by the caller from one analysis of a file to the next: only documents that changed are read again. */
  readonly cache?: AnalysisCache;
  /** What is checked, and how much it weighs. Pass the same object again for the same settings. */
  readonly settings?: RuleSettings;
  /** Absent: the one that comes with the product. */
  readonly schema?: Schema;
  /** What the files around it make of the file; absent: a manifest, unless its text shows another. */
  readonly role?: FileRole;
  /** Longer texts (in UTF-16 units) are not read; `file-too-large` says so. */
  readonly maximumLength?: number;
}

export interface ManifestDocument {
  /** From 0. */
  readonly index: number;
  readonly range: TextRange;
  /** Holds a Kubernetes object (or a List of them), and is no template. */
  readonly isKubernetes: boolean;
  /** Items of a List are objects of their own. */
  readonly objects: readonly KubernetesObject[];
}

/** What there is to say about the text of one file. */
export interface Analysis {
  readonly documents: readonly ManifestDocument[];
  /** In the order of the text. */
  readonly findings: readonly Finding[];
  readonly lines: LineIndex;
}

/** A 10 MB file would hold the editor up for seconds; the largest bundles in use are about half of this. */
const MAXIMUM_LENGTH = 8_000_000;

/** Problems of one rule in one document that are told: nobody reads more, and an editor would choke on them. */
const MOST_PROBLEMS = 1000;

/** One document's part of an analysis, with offsets from the start of the document: it survives edits elsewhere. */
interface DocumentAnalysis {
  readonly node: DocumentNode;
  readonly problems: readonly Found[];
}

/** What an analysis of a document depends on besides its text. */
interface Terms {
  readonly set: RuleSet;
  readonly schema: Schema;
  readonly patch: boolean;
}

/** Remembers the documents of one file by their text. Use one cache a file. */
export class AnalysisCache {
  #analyses = new Map<string, DocumentAnalysis>();
  #set: RuleSet | null = null;
  #schema: Schema | null = null;
  #patch = false;

  /** Runs an analysis on what was kept, and keeps afterwards only what that analysis used. */
  reuse<T>({ set, schema, patch }: Terms, run: (find: (text: string) => DocumentAnalysis) => T): T {
    if (set !== this.#set || schema !== this.#schema || patch !== this.#patch) this.#analyses.clear();
    this.#set = set;
    this.#schema = schema;
    this.#patch = patch;
    const used = new Map<string, DocumentAnalysis>();
    const result = run((text) => {
      const analysis =
        used.get(text) ?? this.#analyses.get(text) ?? analyzeDocument(text, { set, schema, patch });
      used.set(text, analysis);
      return analysis;
    });
    this.#analyses = used;
    return result;
  }
}

/**
 * Reads a manifest file and checks every Kubernetes document in it. Never throws, whatever the text. Documents
 * that hold no Kubernetes object, and templates that are not YAML yet, get no findings at all.
 */
export function analyze(text: string, options: AnalyzeOptions = {}): Analysis {
  const lines = new LineIndex(text);
  const { role = 'manifest' } = options;
  if (!isManifest(text, role)) return { documents: [], findings: [], lines };
  const limit = options.maximumLength ?? MAXIMUM_LENGTH;
  if (text.length > limit) return { documents: [], findings: oversize(text, limit, lines), lines };
  const resolved = resolveConflicts(text);
  const cache = options.cache ?? new AnalysisCache();
  const set = ruleSet(options.settings ?? defaultSettings);
  return cache.reuse(set, options.schema ?? schemaAt(), (find) => {
    const documents: ManifestDocument[] = [];
    const findings: Finding[] = [];
    splitDocuments(resolved.text).forEach((range, index) => {
      const { node, problems } = find(resolved.text.slice(range.start, range.end));
      const objects = node.objects.map((object) => new KubernetesObject(object, node, range.start, index));
      documents.push({ index, range, isKubernetes: node.isKubernetes, objects });
      for (const { rule, problem } of problems) {
        const severity = set.severityOf(rule, problem.severity);
        if (severity !== 'off') findings.push(toFinding(rule, { ...problem, severity }, range.start, index));
      }
    });
    findings.push(...conflictFindings(text, resolved.conflicts, documents));
    findings.sort((a, b) => a.range.start - b.range.start || a.range.end - b.range.end);
    return { documents, findings, lines };
  });
}

/** Whether objects stand in a file as they are sent; a chart's template may be plain text all the same. */
function isManifest(text: string, role: FileRole): boolean {
  return role === 'manifest' || role === 'patch' || (role === 'template' && !text.includes('{{'));
}

function analyzeDocument(text: string, { set, schema, patch }: Terms): DocumentAnalysis {
  const node = new DocumentNode(text);
  if (!node.isKubernetes) return { node, problems: [] };
  const context = new RuleContext(node, schema, patch);
  const problems = new ProblemList(node);
  for (const { rule, problem } of walk(context, set)) problems.add(rule, problem);
  for (const rule of set.checks) {
    for (const problem of rule.check?.(context) ?? []) if (!problems.add(rule, problem)) break;
  }
  return { node, problems: problems.kept };
}

/** What is worth telling of all that was found in a document. */
class ProblemList {
  readonly kept: Found[] = [];
  readonly #readTo: number;
  /** What stands behind an anchor is met once for each of its aliases, and told once. */
  readonly #told = new Set<string>();
  readonly #counts = new Map<Rule, number>();

  constructor({ reading }: DocumentNode) {
    this.#readTo = reading.readTo;
  }

  /** Whether the rule may go on. */
  add(rule: Rule, problem: Problem): boolean {
    const count = (this.#counts.get(rule) ?? 0) + 1;
    this.#counts.set(rule, count);
    if (count > MOST_PROBLEMS) return false;
    if (rule !== yamlSyntax && problem.range.start >= this.#readTo) return true;
    const place = `${rule.code} ${problem.range.start} ${problem.range.end} ${problem.message.template}`;
    if (!this.#told.has(place)) this.kept.push({ rule, problem });
    this.#told.add(place);
    return true;
  }
}

function toFinding(rule: Rule, problem: Problem, base: number, document: number): Finding {
  return {
    code: rule.code,
    severity: problem.severity ?? severityOf(rule),
    message: problem.message,
    range: shift(problem.range, base),
    document,
    path: problem.path ?? '',
    related: (problem.related ?? []).map((place) => ({ ...place, range: shift(place.range, base) })),
    fixes: (problem.fixes ?? []).map((fix) => ({
      ...fix,
      edits: fix.edits.map((edit) => shiftEdit(edit, base)),
    })),
  };
}

function severityOf({ severity }: Rule): Severity {
  return severity === 'off' ? 'hint' : severity;
}

function shift({ start, end }: TextRange, base: number): TextRange {
  return { start: start + base, end: end + base };
}

function shiftEdit({ range, newText }: TextEdit, base: number): TextEdit {
  return { range: shift(range, base), newText };
}

function conflictFindings(
  text: string,
  conflicts: readonly Conflict[],
  documents: readonly ManifestDocument[],
): Finding[] {
  let next = 0;
  return conflicts.flatMap((conflict) => {
    while ((documents[next]?.range.end ?? text.length) <= conflict.marker.start) next++;
    const document = documents[next];
    if (!document?.isKubernetes) return [];
    const problem: Problem = {
      message: message('A merge conflict is left here; keep one side and remove the markers'),
      range: conflict.marker,
      fixes: conflictFixes(text, conflict),
    };
    return [toFinding(yamlSyntax, problem, 0, document.index)];
  });
}

function conflictFixes(text: string, { ours, theirs, whole }: Conflict): readonly Fix[] {
  if (ours === null || theirs === null) return [];
  const keep = (title: Message, side: TextRange): Fix => ({
    title,
    edits: [{ range: whole, newText: text.slice(side.start, side.end) }],
    preferred: false,
  });
  return [
    keep(message('Keep the first side of the conflict'), ours),
    keep(message('Keep the second side of the conflict'), theirs),
  ];
}

function oversize(text: string, limit: number, lines: LineIndex): readonly Finding[] {
  if (!/^(?:apiVersion|kind)[ \t]*:|^[ \t]*"(?:apiVersion|kind)"[ \t]*:/m.test(text)) return [];
  const range = { start: 0, end: lines.offsetAt({ line: 0, character: Number.MAX_SAFE_INTEGER }) };
  return [toFinding(fileTooLarge, { message: tooLarge(text.length, limit), range }, 0, 0)];
}
