import { defaultSettings } from './config/settings.ts';
import type { Finding, TextRange } from './finding.ts';
import type { Analysis, AnalyzeOptions, ManifestDocument } from './analysis/analysis.ts';
import { AnalysisCache } from './analysis/cache.ts';
import { conflictFindings } from './analysis/conflicts.ts';
import type { DocumentAnalysis } from './analysis/document-analysis.ts';
import { noSuppressions, readSuppressions } from './analysis/suppressions.ts';
import { suppressionInvalid } from './rules/suppression-invalid.ts';
import { inOrder, toFinding, weighed } from './analysis/findings.ts';
import { asideIn, resolveConflicts, withoutConflicts } from './manifest/conflicts.ts';
import { KubernetesObject } from './manifest/kubernetes-object.ts';
import type { LineIndex } from './manifest/lines.ts';
import type { FileRole } from './manifest/roles.ts';
import { splitDocuments } from './manifest/split.ts';
import { withLineFeeds } from './manifest/text.ts';
import { fileTooLarge, tooLarge } from './rules/file-too-large.ts';
import { ruleSet } from './rules/rule-set.ts';
import type { RuleSet } from './rules/rule-set.ts';
import type { Field } from './schema/field.ts';
import { schemaAt } from './schema/history/index.ts';
import { hintsOfBroken, hintsOfPatch, hintsOfTemplate } from './workspace/hints.ts';
import type { FileFacts, Workspace } from './workspace/workspace.ts';

/** A 10 MB file would hold the editor up for seconds; the largest bundles in use are about half of this. */
const MAXIMUM_LENGTH = 8_000_000;

/** A document's analysis, and where the document begins. */
interface Part {
  readonly analysis: DocumentAnalysis;
  readonly document: number;
  readonly start: number;
}

/**
 * Reads a manifest file and checks every Kubernetes document in it. Never throws, whatever the text. Documents
 * that hold no Kubernetes object, and templates that are not YAML yet, get no findings at all.
 */
export function analyze(text: string, options: AnalyzeOptions = {}): Analysis {
  const cache = options.cache ?? new AnalysisCache();
  const { lines, marked } = cache.scan(text);
  const { role = 'manifest' } = options;
  if (!isManifest(text, role)) return unread(text, lines, [], role);
  const limit = options.maximumLength ?? MAXIMUM_LENGTH;
  if (text.length > limit) return unread(text, lines, oversize(text, limit, lines), role);
  const readable = withLineFeeds(text);
  const resolved = marked ? resolveConflicts(readable) : withoutConflicts(readable);
  const { settings = defaultSettings } = options;
  const set = ruleSet(settings);
  const { schema = schemaAt(), completion = null } = options;
  const terms = { settings, schema, completion, patch: role === 'patch' };
  return cache.reuse(terms, (find) => {
    const documents: ManifestDocument[] = [];
    const findings: Finding[] = [];
    const parts = splitDocuments(resolved.text).map((range, index): Part => {
      const analysis = find(resolved.text.slice(range.start, range.end), asideIn(resolved, range));
      documents.push(new FileDocument(index, range, analysis));
      findings.push(...weighed(analysis.problems, set, range.start, index));
      return { analysis, document: index, start: range.start };
    });
    findings.push(...conflictFindings(text, resolved.conflicts, documents));
    const suppressions = marked ? readSuppressions(text, lines, documents) : noSuppressions;
    findings.push(...(set.isActive(suppressionInvalid) ? suppressions.findings : []));
    return {
      text,
      documents,
      findings: inOrder(suppressions.remaining(findings)),
      lines,
      get facts() {
        return fileFacts(parts, lines, text, role);
      },
      related: (uri, workspace) =>
        inOrder(suppressions.remaining(relatedFindings(parts, set, uri, workspace))),
    };
  });
}

/** A document at its place in a file. Most are asked for nothing: after an edit all but one are what they were. */
class FileDocument implements ManifestDocument {
  readonly index: number;
  readonly range: TextRange;
  readonly #analysis: DocumentAnalysis;
  #objects: readonly KubernetesObject[] | null = null;

  constructor(index: number, range: TextRange, analysis: DocumentAnalysis) {
    this.index = index;
    this.range = range;
    this.#analysis = analysis;
  }

  get isKubernetes(): boolean {
    return this.#analysis.node.isKubernetes;
  }

  get objects(): readonly KubernetesObject[] {
    const { node } = this.#analysis;
    return (this.#objects ??= node.objects.map(
      (object) => new KubernetesObject(object, node, this.range.start, this.index),
    ));
  }

  get roots(): readonly Field[] {
    return this.#analysis.roots;
  }
}

/** Whether objects stand in a file as they are sent; a chart's template may be plain text all the same. */
function isManifest(text: string, role: FileRole): boolean {
  return role === 'manifest' || role === 'patch' || (role === 'template' && !text.includes('{{'));
}

/** Of a text that is not looked into. */
function unread(text: string, lines: LineIndex, findings: readonly Finding[], role: FileRole): Analysis {
  return {
    text,
    documents: [],
    findings,
    lines,
    get facts() {
      return unreadFacts(text, lines, findings.length === 0, role);
    },
    related: () => [],
  };
}

function unreadFacts(text: string, lines: LineIndex, complete: boolean, role: FileRole): FileFacts {
  const facts = { documents: [], complete, lines };
  if (!complete) return { ...facts, hints: hintsOfBroken(text) };
  return role === 'template' ? { ...facts, hints: hintsOfTemplate(text) } : facts;
}

function fileFacts(parts: readonly Part[], lines: LineIndex, text: string, role: FileRole): FileFacts {
  const complete = parts.every(({ analysis }) => analysis.node.reading.problems.length === 0);
  const documents = parts.map(({ analysis, document, start }) => ({
    document,
    start,
    objects: analysis.facts,
  }));
  // An overlay's patch names objects that stand elsewhere: it has none of its own.
  if (role === 'patch') {
    const hints = hintsOfPatch(parts.flatMap(({ analysis }) => analysis.facts));
    return { documents: [], patches: documents, complete: true, lines, hints };
  }
  if (role === 'template') return unreadFacts(text, lines, true, role);
  return { documents, complete, lines, ...(complete ? {} : { hints: hintsOfBroken(text) }) };
}

function relatedFindings(parts: readonly Part[], set: RuleSet, uri: string, workspace: Workspace): Finding[] {
  if (set.relations.length === 0) return [];
  const located = workspace.locatedIn(uri);
  return parts.flatMap(({ analysis, document, start }) => {
    const found = analysis.related(workspace, located[document] ?? []);
    return found.length === 0 ? [] : weighed(found, set, start, document);
  });
}

function oversize(text: string, limit: number, lines: LineIndex): readonly Finding[] {
  if (!/^(?:apiVersion|kind)[ \t]*:|^[ \t]*"(?:apiVersion|kind)"[ \t]*:/m.test(text)) return [];
  const range = { start: 0, end: lines.offsetAt({ line: 0, character: Number.MAX_SAFE_INTEGER }) };
  return [toFinding(fileTooLarge, { message: tooLarge(text.length, limit), range }, 0, 0)];
}
