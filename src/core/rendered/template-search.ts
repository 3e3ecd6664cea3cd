/** Follows the way to a rendered field through templates, which may go several ways at once. */
import type { Node } from '../manifest/nodes.ts';
import type { ChartValues } from './chart-values.ts';
import type { Place, RenderedObject } from './place.ts';
import { readDocument } from '../manifest/read.ts';
import { reach, sameScalar } from './steps.ts';
import type { Step } from './steps.ts';
import type { Dot, Output } from './template-actions.ts';
import { pattern } from './template-pattern.ts';
import type { TemplateNode } from './template-tree.ts';

/** What a search asks of the chart around a template. */
export interface Templates {
  readonly values: Pick<ChartValues, 'place'>;
  /** A named template, read with what it gets as `.`; null where there is none of that name. */
  named(name: string, dot: Dot): { readonly path: string; readonly body: TemplateNode } | null;
}

/** Named templates that include each other are followed so far. */
const MOST_INCLUDES = 8;

/** Places looked at for one field: far more than any chart has on the way to it. */
const MOST_VISITS = 10_000;

/** How far a search has come. */
interface Way {
  readonly path: string;
  /** Steps that were followed. */
  readonly depth: number;
  /** How much of what was passed says literally what was rendered. */
  readonly weight: number;
  readonly includes: number;
}

type Candidate = Place & { readonly weight: number };

export class TemplateSearch {
  readonly #templates: Templates;
  readonly #object: RenderedObject;
  readonly #steps: readonly Step[];
  /** What was rendered where the steps lead; null where nothing was. */
  readonly #rendered: Node | null;
  #visits = 0;

  constructor(templates: Templates, object: RenderedObject, steps: readonly Step[]) {
    this.#templates = templates;
    this.#object = object;
    this.#steps = steps;
    const { node, depth } = reach(object.node, steps);
    this.#rendered = depth === steps.length ? node : null;
  }

  /** The best place in the documents of a template, or in what they include or print. */
  in(path: string, documents: readonly TemplateNode[]): Place | null {
    const { kind, name } = this.#object;
    return best(
      documents.map((root) => {
        const weight =
          fit(childOf(root, 'kind'), kind) + fit(childOf(childOf(root, 'metadata'), 'name'), name);
        return this.#follow(root, { path, depth: 0, weight, includes: 0 });
      }),
    );
  }

  #follow(node: TemplateNode, way: Way): Candidate | null {
    if (++this.#visits > MOST_VISITS) return null;
    const step = this.#steps[way.depth];
    const inner =
      step === undefined
        ? []
        : childrenAlong(node, step).map(({ child, weight }) =>
            this.#follow(child, { ...way, depth: way.depth + 1, weight: way.weight + weight }),
          );
    const printed = node.inserts.flatMap((output) => [
      this.#inValues(output, way),
      this.#included(output, way),
    ]);
    return best([this.#here(node, way), this.#inFlow(node, way), ...inner, ...printed]);
  }

  /** A value in brackets is YAML on one line, unless it has actions in it. */
  #inFlow({ value, range }: TemplateNode, { path, depth, weight }: Way): Candidate | null {
    if (!/^[{[]/.test(value) || value.includes('{{')) return null;
    const { root } = readDocument(value);
    if (root === null) return null;
    const found = reach(root, this.#steps.slice(depth));
    if (found.depth === 0) return null;
    const exact = depth + found.depth === this.#steps.length && sameScalar(found.node, this.#rendered);
    const literals = exact && found.node.type === 'scalar' ? found.node.source.length : 0;
    return {
      path,
      range: { start: range.start + found.range.start, end: range.start + found.range.end },
      depth: depth + found.depth,
      exact,
      weight: weight + literals,
    };
  }

  #here(node: TemplateNode, { path, depth, weight }: Way): Candidate | null {
    // The root of a document or of a named template has no line of its own.
    if (node.keyRange === null) return null;
    const ends = depth === this.#steps.length;
    const shown = this.#rendered?.type === 'scalar' ? this.#rendered.source : null;
    const { literals, test } = pattern(node.value);
    const exact = ends && node.value !== '' && shown !== null && test(shown);
    const onKey = ends && this.#steps.at(-1)?.onKey === true;
    const range = onKey ? node.keyRange : node.range;
    return { path, range, depth, exact, weight: weight + (exact ? literals : 0) };
  }

  #included({ include }: Output, way: Way): Candidate | null {
    if (include === null || way.includes >= MOST_INCLUDES) return null;
    const named = this.#templates.named(include.name, include.dot);
    if (named === null) return null;
    return this.#follow(named.body, { ...way, path: named.path, includes: way.includes + 1 });
  }

  /** What is written in values counts for more than the template that prints it: that is what one would change. */
  #inValues({ values }: Output, { path, depth, weight }: Way): Candidate | null {
    if (values === null) return null;
    const found = this.#templates.values.place(path, values, this.#steps.slice(depth), this.#rendered);
    return found === null ? null : { ...found, depth: depth + found.depth, weight: weight + 1 };
  }
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
  return items.flatMap((child, index) => {
    const likeness = likenessOf(child, step.item);
    return likeness < 0 ? [] : [{ child, weight: likeness + (index === Number(step.key) ? 0.5 : 0) }];
  });
}

/** How much of a rendered item a template's item says literally; negative where it is another one. */
function likenessOf(child: TemplateNode, item: Node | null): number {
  if (item?.type === 'scalar') return fitText(child.value, item.source);
  if (item?.type !== 'mapping') return 0;
  const likenesses = child.children.map(({ key, value }) => {
    const rendered = key === null ? null : item.scalar(key);
    return rendered === null || value === '' ? 0 : fitText(value, rendered.source);
  });
  return likenesses.includes(-1) ? -1 : Math.max(0, ...likenesses);
}

function childOf(node: TemplateNode | undefined, key: string): TemplateNode | undefined {
  return node?.children.find((child) => child.key === key);
}

/** Kind and name tell documents apart better than anything inside them. */
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
    if (one !== null && (found === null || compare(one, found) > 0)) found = one;
  }
  return found;
}

/** What has the rendered value, then what has more of the way, then what has more around it that fits. */
function compare(a: Candidate, b: Candidate): number {
  return Number(a.exact) - Number(b.exact) || a.depth - b.depth || a.weight - b.weight;
}
