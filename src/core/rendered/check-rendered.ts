/** Checks what kustomize or Helm made of a folder, and says it of the files it was made from. */
import type { AnalyzeOptions, ManifestDocument } from '../analysis/analysis.ts';
import { analyze } from '../analyze.ts';
import { formatMessage, message } from '../finding.ts';
import type { Finding, Message, TextRange } from '../finding.ts';
import { DocumentNode } from '../manifest/document.ts';
import { LineIndex } from '../manifest/lines.ts';
import type { ObjectNode } from '../manifest/objects.ts';
import { resolvePath } from '../manifest/roles.ts';
import { lineEnd, lineStart } from '../manifest/text.ts';
import { Workspace } from '../workspace/workspace.ts';
import { ChartReader } from './chart.ts';
import type { ChartSources } from './chart.ts';
import type { Files } from './overlay.ts';
import { OverlayReader } from './overlay-reader.ts';
import type { OverlaySources } from './overlay-reader.ts';
import type { Place } from './place.ts';
import { stepsAlong } from './steps.ts';

/** What was rendered, and what it was rendered from. */
export type Rendering = { readonly output: string } & (
  | { readonly by: 'kustomize'; readonly overlay: OverlaySources }
  | { readonly by: 'helm'; readonly chart: ChartSources }
);

/** A finding about a rendered object, told of the source it most likely comes from. */
export interface RenderedFinding {
  /** As of the rendered output, but for its range: that is the source's. It has no fixes and no related places. */
  readonly finding: Finding;
  /** `line`: the range is where the field, or what is around it, was written. `file`: only the file is known. */
  readonly certainty: 'line' | 'file';
  /** `Deployment/web`; `''` where what was rendered is no object. */
  readonly object: string;
}

export interface RenderedFile {
  readonly path: string;
  readonly lines: LineIndex;
  readonly findings: readonly RenderedFinding[];
}

/** A sentence about the rendered output: the file it is told of may look quite different. */
export function inRenderedOutput(text: Message, translate?: (template: string) => string): Message {
  return message('In the rendered output: {0}', formatMessage(text, translate));
}

/** All findings in a rendered output by the file they are told of; the same said twice of one place is said once. */
export function checkRendered(rendering: Rendering, options: RenderedOptions = {}): readonly RenderedFile[] {
  const { documents, findings } = analyzed(rendering.output, options);
  const places = new PlaceFinder(
    rendering,
    documents.map(({ range }) => range),
  );
  const files = new Map<string, Map<string, RenderedFinding>>();
  for (const finding of findings) {
    const { path, ...found } = places.of(finding);
    const { range, code } = found.finding;
    const key = [code, range.start, range.end, formatMessage(finding.message)].join('\n');
    const told = files.get(path) ?? new Map<string, RenderedFinding>();
    if (!told.has(key)) told.set(key, found);
    files.set(path, told);
  }
  return [...files]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([path, told]) => ({
      path,
      lines: new LineIndex(places.files.get(path) ?? ''),
      findings: [...told.values()].sort((a, b) => a.finding.range.start - b.finding.range.start),
    }));
}

export type RenderedOptions = Omit<AnalyzeOptions, 'cache' | 'role'>;

const renderedUri = 'rendered';

/** The rendered objects are a workspace of their own: what refers to another one finds it there under its final name. */
function analyzed(
  output: string,
  options: RenderedOptions,
): { readonly documents: readonly ManifestDocument[]; readonly findings: readonly Finding[] } {
  const analysis = analyze(output, options);
  const workspace = new Workspace();
  workspace.set(renderedUri, analysis.facts);
  const { documents, findings } = analysis;
  return { documents, findings: [...findings, ...analysis.related(renderedUri, workspace)] };
}

/** Finds what the objects of one rendered output come from. */
class PlaceFinder {
  readonly files: Files;
  readonly #output: string;
  readonly #ranges: readonly TextRange[];
  readonly #nodes = new Map<number, DocumentNode>();
  readonly #overlay: OverlayReader | null;
  readonly #chart: ChartReader | null;
  /** Where what comes from nowhere known is told. */
  readonly #root: string;

  constructor(rendering: Rendering, ranges: readonly TextRange[]) {
    this.#output = rendering.output;
    this.#ranges = ranges;
    const overlay = rendering.by === 'kustomize' ? rendering.overlay : null;
    const chart = rendering.by === 'helm' ? rendering.chart : null;
    this.files = overlay?.files ?? chart?.files ?? new Map<string, string>();
    this.#overlay = overlay === null ? null : new OverlayReader(overlay);
    this.#chart = chart === null ? null : new ChartReader(chart);
    this.#root = overlay?.root ?? resolvePath(chart?.folder ?? '', 'Chart.yaml');
  }

  of(finding: Finding): RenderedFinding & { readonly path: string } {
    const node = this.#node(finding.document);
    const object = node.objects.find(({ path }) => startsWith(finding.path, path)) ?? null;
    const source = this.#chart === null ? null : this.#sourceOf(finding.document);
    const place = this.#place(finding, object, source);
    const path = place?.path ?? source ?? this.#root;
    return {
      path,
      finding: {
        ...finding,
        range: place?.range ?? { start: 0, end: lineEnd(this.files.get(path) ?? '', 0) },
        document: 0,
        related: [],
        fixes: [],
      },
      certainty: place === null ? 'file' : 'line',
      object: object === null ? '' : `${object.kind}/${object.name}`,
    };
  }

  #place(finding: Finding, object: ObjectNode | null, source: string | null): Place | null {
    const inObject =
      object === null ? finding.path : finding.path.slice(object.path.length).replace(/^\./, '');
    if (object !== null && (inObject !== '' || this.#overlay !== null)) {
      const steps = stepsAlong(object.node, inObject);
      if (this.#overlay !== null) return this.#overlay.place(object, steps);
      return source === null ? null : (this.#chart?.place(source, object, steps) ?? null);
    }
    const { start, end } = this.#ranges[finding.document] ?? { start: 0, end: 0 };
    const from = Math.max(start, lineStart(this.#output, finding.range.start));
    const line = this.#output.slice(from, Math.min(end, lineEnd(this.#output, finding.range.start)));
    return source === null ? null : (this.#chart?.placeOfLine(source, line) ?? null);
  }

  /** Helm names the template before its first document only where the output is no YAML. */
  #sourceOf(document: number): string | null {
    for (let index = document; index >= 0; index--) {
      const { start, end } = this.#ranges[index] ?? { start: 0, end: 0 };
      const source = /^# Source: (.+?)\r?$/m.exec(this.#output.slice(start, end))?.[1];
      if (source !== undefined) return this.#chart?.fileOf(source) ?? null;
    }
    return null;
  }

  #node(document: number): DocumentNode {
    let node = this.#nodes.get(document);
    if (node === undefined) {
      const { start, end } = this.#ranges[document] ?? { start: 0, end: 0 };
      node = new DocumentNode(this.#output.slice(start, end));
      this.#nodes.set(document, node);
    }
    return node;
  }
}

/** Whether a field path leads to an object of a List or into it. */
function startsWith(path: string, object: string): boolean {
  return object === '' || path === object || path.startsWith(`${object}.`);
}
