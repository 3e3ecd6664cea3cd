/** Finds what the objects of one rendered output come from. */
import type { TextRange } from '../finding.ts';
import { DocumentNode } from '../manifest/document.ts';
import type { ObjectNode } from '../manifest/objects.ts';
import { resolvePath } from '../manifest/roles.ts';
import { lineEnd, lineStart } from '../manifest/text.ts';
import { ChartReader } from './chart.ts';
import type { ChartSources } from './chart-values.ts';
import type { Files } from './overlay.ts';
import { OverlayReader } from './overlay-reader.ts';
import type { OverlaySources } from './overlay-reader.ts';
import type { Place } from './place.ts';
import { stepsTo } from './steps.ts';

/** What was rendered, and what it was rendered from. */
export type Rendering = { readonly output: string } & (
  | { readonly by: 'kustomize'; readonly overlay: OverlaySources }
  | { readonly by: 'helm'; readonly chart: ChartSources }
);

/** A place of the rendered output. */
export interface RenderedPlace {
  readonly document: number;
  readonly path: string;
  readonly range: TextRange;
}

/** What a place of the rendered output comes from. */
export interface SourcePlace {
  readonly path: string;
  readonly range: TextRange;
  /** `line`: the range is where the field, or what is around it, was written. `file`: only the file is known. */
  readonly certainty: 'line' | 'file';
  /** `Deployment/web`; `''` where what was rendered is no object. */
  readonly object: string;
}

export class PlaceFinder {
  readonly files: Files;
  readonly #output: string;
  readonly #ranges: readonly TextRange[];
  readonly #nodes = new Map<number, DocumentNode>();
  readonly #overlay: OverlayReader | null;
  readonly #chart: ChartReader | null;
  /** Where what comes from nowhere known is told. */
  readonly #root: string;

  /** `ranges` are those of the output's documents. */
  constructor(rendering: Rendering, ranges: readonly TextRange[]) {
    this.#output = rendering.output;
    this.#ranges = ranges;
    if (rendering.by === 'kustomize') {
      const { overlay } = rendering;
      this.files = overlay.files;
      this.#overlay = new OverlayReader(overlay);
      this.#chart = null;
      this.#root = overlay.root;
    } else {
      const { chart } = rendering;
      this.files = chart.files;
      this.#overlay = null;
      this.#chart = new ChartReader(chart);
      this.#root = resolvePath(chart.folder, 'Chart.yaml');
    }
  }

  of(rendered: RenderedPlace): SourcePlace {
    const object = this.#objectAt(rendered);
    const template = this.#templateOf(rendered.document);
    const place =
      object === null
        ? this.#placeOfLine(rendered, template)
        : this.#placeInObject(object, rendered, template);
    const path = place?.path ?? template ?? this.#root;
    return {
      path,
      range: place?.range ?? { start: 0, end: lineEnd(this.files.get(path) ?? '', 0) },
      certainty: place === null ? 'file' : 'line',
      object: object === null ? '' : `${object.kind}/${object.name}`,
    };
  }

  #placeInObject(
    object: ObjectNode,
    { document, path, range }: RenderedPlace,
    template: string | null,
  ): Place | null {
    const inside = path.slice(object.path.length).replace(/^\./, '');
    const { start } = this.#rangeOf(document);
    const steps = stepsTo(object.node, inside, { start: range.start - start, end: range.end - start });
    if (this.#overlay !== null) return this.#overlay.place(object, steps);
    return template === null ? null : (this.#chart?.place(template, object, steps) ?? null);
  }

  /** Of what could not be read: a template may have the same line. */
  #placeOfLine({ document, range }: RenderedPlace, template: string | null): Place | null {
    if (template === null || this.#chart === null) return null;
    const { start, end } = this.#rangeOf(document);
    const from = Math.max(start, lineStart(this.#output, range.start));
    return this.#chart.placeOfLine(
      template,
      this.#output.slice(from, Math.min(end, lineEnd(this.#output, from))),
    );
  }

  /** The template a document was rendered from. Helm names it once for all its documents where one is no YAML. */
  #templateOf(document: number): string | null {
    if (this.#chart === null) return null;
    for (let index = document; index >= 0; index--) {
      const { start, end } = this.#rangeOf(index);
      const source = /^# Source: (.+?)\r?$/m.exec(this.#output.slice(start, end))?.[1];
      if (source !== undefined) return this.#chart.fileOf(source);
    }
    return null;
  }

  #objectAt({ document, path }: RenderedPlace): ObjectNode | null {
    let node = this.#nodes.get(document);
    if (node === undefined) {
      const { start, end } = this.#rangeOf(document);
      node = new DocumentNode(this.#output.slice(start, end));
      this.#nodes.set(document, node);
    }
    if (node.reading.problems.length > 0 && path === '') return null;
    return node.objects.find((object) => startsWith(path, object.path)) ?? null;
  }

  #rangeOf(document: number): TextRange {
    return this.#ranges[document] ?? { start: 0, end: 0 };
  }
}

/** Whether a field path leads to an object of a List or into it. */
function startsWith(path: string, object: string): boolean {
  return object === '' || path === object || path.startsWith(`${object}.`);
}
