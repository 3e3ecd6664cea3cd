/** Where a chart writes fields of the objects it renders: in a template, a named template, or its values. */
import type { TextRange } from '../finding.ts';
import { resolvePath } from '../manifest/roles.ts';
import { ChartValues } from './chart-values.ts';
import type { ChartSources } from './chart-values.ts';
import type { Place, RenderedObject } from './place.ts';
import type { Step } from './steps.ts';
import type { Dot } from './template-actions.ts';
import { pattern } from './template-pattern.ts';
import { TemplateSearch } from './template-search.ts';
import type { Templates } from './template-search.ts';
import { readTemplate } from './template-tree.ts';
import type { TemplateFile, TemplateNode } from './template-tree.ts';

/** Finds places in the sources of one chart. */
export class ChartReader implements Templates {
  readonly values: ChartValues;
  readonly #sources: ChartSources;
  readonly #templates = new Map<string, TemplateFile>();

  constructor(sources: ChartSources) {
    this.#sources = sources;
    this.values = new ChartValues(sources);
  }

  /** The file of a `# Source:` comment, which begins with the chart's name; null where it is not at hand. */
  fileOf(source: string): string | null {
    const path = resolvePath(this.#sources.folder, source.slice(source.indexOf('/') + 1));
    return this.#sources.files.has(path) ? path : null;
  }

  /** The best place for a field of an object that was rendered from a template. */
  place(path: string, object: RenderedObject, steps: readonly Step[]): Place | null {
    return new TemplateSearch(this, object, steps).in(path, this.read(path, 'root').documents);
  }

  /** The line of a template that may have become a rendered line; null where none says anything of its own. */
  placeOfLine(path: string, rendered: string): Place | null {
    const text = this.#sources.files.get(path) ?? '';
    let found: { readonly range: TextRange; readonly literals: number } | null = null;
    let start = 0;
    for (const line of text.split('\n')) {
      const { literals, test } = pattern(line);
      if (literals > (found?.literals ?? 0) && test(rendered.trim())) {
        const first = start + line.length - line.trimStart().length;
        found = { range: { start: first, end: start + line.trimEnd().length }, literals };
      }
      start += line.length + 1;
    }
    return found === null ? null : { path, range: found.range, depth: 0, exact: false };
  }

  named(name: string, dot: Dot): { readonly path: string; readonly body: TemplateNode } | null {
    for (const path of this.#sources.files.keys()) {
      if (!path.includes('/templates/')) continue;
      const body = this.read(path, dot).defines.get(name);
      if (body !== undefined) return { path, body };
    }
    return null;
  }

  read(path: string, dot: Dot): TemplateFile {
    const key = `${path}\n${JSON.stringify(dot)}`;
    let template = this.#templates.get(key);
    if (template === undefined) {
      template = readTemplate(this.#sources.files.get(path) ?? '', dot);
      this.#templates.set(key, template);
    }
    return template;
  }
}
