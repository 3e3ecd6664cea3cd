/** Where a chart writes fields of the objects it renders: in a template, a named template, or its values. */
import type { TextRange } from '../finding.ts';
import type { Node } from '../manifest/nodes.ts';
import { readDocument } from '../manifest/read.ts';
import { resolvePath } from '../manifest/roles.ts';
import type { Files } from './overlay.ts';
import type { Place, RenderedObject } from './place.ts';
import { reach, sameScalar } from './steps.ts';
import type { Step } from './steps.ts';
import { pattern } from './template-pattern.ts';
import { readTemplate } from './template-tree.ts';
import type { TemplateFile, TemplateNode } from './template-tree.ts';
import type { Dot, Output, ValuesPath } from './template-actions.ts';

/** A chart as it was rendered. */
export interface ChartSources {
  /** Folder of the chart. */
  readonly folder: string;
  /** Templates, values and helpers, those of its own charts included. */
  readonly files: Files;
  /** Values files that were given, the strongest last. */
  readonly values: readonly string[];
}

/** Named templates that include each other are followed so far. */
const MOST_INCLUDES = 8;

/** What a search in a template carries along. */
interface Search {
  readonly path: string;
  readonly object: RenderedObject;
  readonly value: Node | null;
  readonly includes: number;
}

/** A place that is told better by more of what is written around it. */
type Candidate = Place & { readonly weight: number };

/** Finds places in the sources of one chart. */
export class ChartReader {
  readonly #sources: ChartSources;
  readonly #templates = new Map<string, TemplateFile>();
  readonly #values = new Map<string, Node | null>();

  constructor(sources: ChartSources) {
    this.#sources = sources;
  }

  /** The file of a `# Source:` comment, which begins with the chart's name; null where it is not at hand. */
  fileOf(source: string): string | null {
    const path = resolvePath(this.#sources.folder, source.slice(source.indexOf('/') + 1));
    return this.#sources.files.has(path) ? path : null;
  }

  /** The best place for a field of an object that was rendered from a template. */
  place(path: string, object: RenderedObject, steps: readonly Step[]): Place | null {
    const end = reach(object.node, steps);
    const value = end.depth === steps.length ? end.node : null;
    const search = { path, object, value, includes: 0 };
    return best(
      this.#template(path, 'root').documents.map((root) => {
        const kind = root.children.find((child) => child.key === 'kind');
        const name = root.children
          .find((child) => child.key === 'metadata')
          ?.children.find((child) => child.key === 'name');
        const weight = fit(kind, object.kind) + fit(name, object.name);
        return this.#descend(root, steps, 0, { ...search }, weight);
      }),
    );
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

  #descend(
    node: TemplateNode,
    steps: readonly Step[],
    depth: number,
    search: Search,
    weight: number,
  ): Candidate | null {
    const [step, ...rest] = steps;
    const own = this.#own(node, step === undefined, depth, search, weight);
    if (step === undefined) return best([own, ...this.#inserted(node, steps, depth, search, weight)]);
    const inner = childrenAlong(node, step).map(({ child, weight: more }) =>
      this.#descend(child, rest, depth + 1, search, weight + more),
    );
    return best([own, ...inner, ...this.#inserted(node, steps, depth, search, weight)]);
  }

  #own(node: TemplateNode, ends: boolean, depth: number, search: Search, weight: number): Candidate | null {
    // The root of a document or of a named template has no line of its own.
    if (node.range.end === 0) return null;
    const { value, path } = search;
    const shown = value?.type === 'scalar' ? value.source : null;
    const exact = ends && node.value !== '' && shown !== null && pattern(node.value).test(shown);
    return { path, range: node.range, depth, exact, weight };
  }

  /** What actions among the children of a node print. */
  #inserted(
    node: TemplateNode,
    steps: readonly Step[],
    depth: number,
    search: Search,
    weight: number,
  ): readonly (Candidate | null)[] {
    return node.inserts.flatMap((output) => [
      output.values === null ? null : this.#inValues(output.values, steps, depth, search, weight),
      this.#included(output, steps, depth, search, weight),
    ]);
  }

  #included(
    { include }: Output,
    steps: readonly Step[],
    depth: number,
    search: Search,
    weight: number,
  ): Candidate | null {
    if (include === null || search.includes >= MOST_INCLUDES) return null;
    for (const path of this.#sources.files.keys()) {
      if (!/\/templates\//.test(path)) continue;
      const body = this.#template(path, include.dot).defines.get(include.name);
      if (body === undefined) continue;
      const inside = { ...search, path, includes: search.includes + 1 };
      return this.#descend(body, steps, depth, inside, weight);
    }
    return null;
  }

  /** What is written in values counts for more than the template that prints it: that is what one would change. */
  #inValues(
    values: ValuesPath,
    steps: readonly Step[],
    depth: number,
    search: Search,
    weight: number,
  ): Candidate | null {
    const places = this.#valuesFor(search.path).map(({ path, within }) => {
      const root = this.#valuesIn(path);
      const found = root === null ? null : follow(root, [...within, ...values], steps, search.value);
      return found === null ? null : { ...found, path, depth: depth + found.depth, weight: weight + 1 };
    });
    // The strongest file that has it at all.
    return (
      places.findLast((place) => place?.exact === true) ?? places.findLast((place) => place !== null) ?? null
    );
  }

  /** Values files a template sees, the strongest last, and where in them its own values stand. */
  #valuesFor(template: string): readonly { readonly path: string; readonly within: ValuesPath }[] {
    const { folder, values } = this.#sources;
    const names = template.slice(folder.length).split('/templates/')[0]?.split('/charts/').slice(1) ?? [];
    const charts = [...names.keys(), names.length].reverse().map((count) => ({
      path: resolvePath([folder, ...names.slice(0, count)].join('/charts/'), 'values.yaml'),
      within: names.slice(count),
    }));
    return [...charts, ...values.map((path) => ({ path, within: names }))];
  }

  #valuesIn(path: string): Node | null {
    let root = this.#values.get(path);
    if (root === undefined) {
      root = readDocument(this.#sources.files.get(path) ?? '').root;
      this.#values.set(path, root);
    }
    return root;
  }

  #template(path: string, dot: Dot): TemplateFile {
    const key = `${path}\n${JSON.stringify(dot)}`;
    let template = this.#templates.get(key);
    if (template === undefined) {
      template = readTemplate(this.#sources.files.get(path) ?? '', dot);
      this.#templates.set(key, template);
    }
    return template;
  }
}

/** Follows keys into values (`*`: any item, if the rendered value is there), then steps as far as they go. */
function follow(
  root: Node,
  keys: ValuesPath,
  steps: readonly Step[],
  value: Node | null,
): Pick<Place, 'range' | 'depth' | 'exact'> | null {
  const star = keys.indexOf('*');
  const head = (star < 0 ? keys : keys.slice(0, star)).map((key): Step => ({
    key,
    item: null,
    onKey: false,
  }));
  const found = reach(root, head);
  if (found.depth < head.length) return null;
  if (star >= 0) {
    const { node } = found;
    const items =
      node.type === 'sequence'
        ? node.items
        : node.type === 'mapping'
          ? node.entries.map((one) => one.value)
          : [];
    const inside = items.map((item) => follow(item, keys.slice(star + 1), steps, value));
    return inside.find((one) => one?.exact === true) ?? null;
  }
  const end = reach(found.node, steps);
  const exact = end.depth === steps.length && value !== null && sameScalar(end.node, value);
  return { range: end.depth === 0 ? found.range : end.range, depth: end.depth, exact };
}

/** The children a step may lead to, with how much speaks for each. */
function childrenAlong(
  node: TemplateNode,
  step: Step,
): readonly { readonly child: TemplateNode; readonly weight: number }[] {
  const items = node.children.filter((child) => child.key === null);
  if (items.length === 0) {
    return node.children.filter((child) => child.key === step.key).map((child) => ({ child, weight: 0 }));
  }
  const { item } = step;
  return items.flatMap((child, index) => {
    const near = index === Number(step.key) ? 0.5 : 0;
    if (item?.type === 'scalar') {
      const weight = fitText(child.value, item.source);
      return weight < 0 ? [] : [{ child, weight: weight + near }];
    }
    if (item?.type !== 'mapping') return [{ child, weight: near }];
    const fits = child.children.map((inner) => {
      const rendered = inner.key === null ? null : item.scalar(inner.key);
      return rendered === null || inner.value === '' ? 0 : fitText(inner.value, rendered.source);
    });
    // A value that cannot have become what was rendered: another item.
    const weight = fits.includes(-1) ? -1 : Math.max(0, ...fits);
    return weight < 0 ? [] : [{ child, weight: weight + near }];
  });
}

/** How much of a rendered text a template's line says literally; negative where it cannot have made it. */
function fit(node: TemplateNode | undefined, rendered: string): number {
  return node === undefined || node.value === '' ? 0 : fitText(node.value, rendered) * 10;
}

function fitText(value: string, rendered: string): number {
  const { test, literals } = pattern(value);
  return test(rendered) ? literals : -1;
}

function best(candidates: readonly (Candidate | null)[]): Candidate | null {
  let found: Candidate | null = null;
  for (const one of candidates) {
    if (one === null) continue;
    if (found === null || compare(one, found) > 0) found = one;
  }
  return found;
}

/** What has the rendered value, then what has more of the way, then what has more around it that fits. */
function compare(a: Candidate, b: Candidate): number {
  return Number(a.exact) - Number(b.exact) || a.depth - b.depth || a.weight - b.weight;
}
