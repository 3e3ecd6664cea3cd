/** Checks what kustomize or Helm made of a folder, and says it of the files it was made from. */
import type { Analysis, AnalyzeOptions } from '../analysis/analysis.ts';
import { analyze } from '../analyze.ts';
import { formatMessage, message } from '../finding.ts';
import type { Finding, Message, RelatedPlace, TextRange } from '../finding.ts';
import { LineIndex } from '../manifest/lines.ts';
import type { EditorRange } from '../protocol.ts';
import { Workspace } from '../workspace/workspace.ts';
import { PlaceFinder } from './place-finder.ts';
import type { Rendering, SourcePlace } from './place-finder.ts';

/** A finding about a rendered object, told of the source it most likely comes from. */
export interface RenderedFinding {
  /** As of the rendered output, but for its range: that is the source's. Fixes and related places are left out. */
  readonly finding: Finding;
  readonly certainty: SourcePlace['certainty'];
  /** `Deployment/web`; `''` where what was rendered is no object. */
  readonly object: string;
  /** Other places that explain it, each in a source of its own. */
  readonly related: readonly RelatedSource[];
}

export interface RelatedSource {
  readonly message: Message;
  readonly path: string;
  readonly range: EditorRange;
}

/** What is told of one source file. */
export interface RenderedFile {
  readonly path: string;
  readonly lines: LineIndex;
  /** In the order of the text. */
  readonly findings: readonly RenderedFinding[];
}

export type RenderedOptions = Omit<AnalyzeOptions, 'cache' | 'role'>;

/** A sentence about the rendered output: the file it is told of may look quite different. */
export function inRenderedOutput(text: Message, translate?: (template: string) => string): Message {
  return message('In the rendered output: {0}', formatMessage(text, translate));
}

/** Checks a rendered output, and tells what is found of the files it comes from. */
export function checkRendered(rendering: Rendering, options: RenderedOptions = {}): readonly RenderedFile[] {
  return findingsBySource(analyze(rendering.output, options), rendering);
}

/**
 * All findings in a rendered output by the file they are told of; the same said twice of one place is said once.
 * Its objects are a workspace of their own: what refers to another one finds it under its final name. It is never all
 * there is in a cluster, so nothing is called missing.
 */
export function findingsBySource(analysis: Analysis, rendering: Rendering): readonly RenderedFile[] {
  const workspace = new Workspace();
  workspace.set(renderedUri, analysis.facts);
  const ranges = analysis.documents.map(({ range }) => range);
  const report = new Report(new PlaceFinder(rendering, ranges), analysis);
  for (const finding of analysis.findings) report.add(finding);
  for (const finding of analysis.related(renderedUri, workspace)) report.add(finding);
  return report.files;
}

const renderedUri = 'rendered';

/** Gathers findings by the file they are told of. */
class Report {
  readonly #places: PlaceFinder;
  readonly #rendered: Analysis;
  readonly #lines = new Map<string, LineIndex>();
  readonly #told = new Map<string, Map<string, RenderedFinding>>();

  constructor(places: PlaceFinder, rendered: Analysis) {
    this.#places = places;
    this.#rendered = rendered;
  }

  get files(): readonly RenderedFile[] {
    return [...this.#told]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([path, told]) => ({
        path,
        lines: this.#linesOf(path),
        findings: [...told.values()].sort((a, b) => a.finding.range.start - b.finding.range.start),
      }));
  }

  add(finding: Finding): void {
    const { path, range, certainty, object } = this.#places.of(finding);
    const told = this.#told.get(path) ?? new Map<string, RenderedFinding>();
    this.#told.set(path, told);
    const key = [finding.code, range.start, range.end, formatMessage(finding.message)].join('\n');
    if (told.has(key)) return;
    told.set(key, {
      finding: { ...finding, range, document: 0, related: [], fixes: [] },
      certainty,
      object,
      related: finding.related.map((place) => this.#related(place, finding)),
    });
  }

  #related({ message: text, range: own, elsewhere }: RelatedPlace, finding: Finding): RelatedSource {
    const range = elsewhere === undefined ? own : this.#offsetsOf(elsewhere.range);
    const within = this.#rendered.documents.findLast((one) => one.range.start <= range.start);
    const document = within?.index ?? finding.document;
    const source = this.#places.of({ document, path: '', range });
    return { message: text, path: source.path, range: this.#linesOf(source.path).rangeAt(source.range) };
  }

  /** Of a place in the rendered output. */
  #offsetsOf({ start, end }: EditorRange): TextRange {
    const { lines } = this.#rendered;
    return { start: lines.offsetAt(start), end: lines.offsetAt(end) };
  }

  #linesOf(path: string): LineIndex {
    let lines = this.#lines.get(path);
    if (lines === undefined) {
      lines = new LineIndex(this.#places.files.get(path) ?? '');
      this.#lines.set(path, lines);
    }
    return lines;
  }
}
