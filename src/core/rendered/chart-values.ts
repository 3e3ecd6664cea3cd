/** The values a chart's templates see, and where they are written. */
import type { TextRange } from '../finding.ts';
import type { Node } from '../manifest/nodes.ts';
import { readDocument } from '../manifest/read.ts';
import { resolvePath } from '../manifest/roles.ts';
import type { Files } from './overlay.ts';
import { reach, sameScalar } from './steps.ts';
import type { Step } from './steps.ts';
import type { ValuesPath } from './template-actions.ts';

/** A chart as it was rendered. */
export interface ChartSources {
  /** Folder of the chart. */
  readonly folder: string;
  /** Templates, values and helpers, those of its own charts included. */
  readonly files: Files;
  /** Values files that were given, the strongest last. */
  readonly values: readonly string[];
}

/** What of a way into the values is written in a file. */
export interface ValuesPlace {
  readonly path: string;
  readonly range: TextRange;
  /** Steps that are written behind the keys. */
  readonly depth: number;
  /** All of them are, and lead to the rendered value. */
  readonly exact: boolean;
}

export class ChartValues {
  readonly #sources: ChartSources;
  readonly #roots = new Map<string, Node | null>();

  constructor(sources: ChartSources) {
    this.#sources = sources;
  }

  /**
   * Where the values that a template sees under `keys` are written, as far as `steps` lead behind them: in the
   * strongest file that has the rendered value, else the strongest that has the keys; null where none has.
   */
  place(
    template: string,
    keys: ValuesPath,
    steps: readonly Step[],
    rendered: Node | null,
  ): ValuesPlace | null {
    const places = this.#filesFor(template).flatMap(({ path, within }) => {
      const root = this.#rootOf(path);
      const found = root === null ? null : follow(root, [...within, ...keys], steps, rendered);
      return found === null ? [] : [{ ...found, path }];
    });
    return places.findLast(({ exact }) => exact) ?? places.at(-1) ?? null;
  }

  /**
   * Values files a template sees, the strongest last, and where in them its chart's own values stand: a chart around
   * it overrides them under its name.
   */
  #filesFor(template: string): readonly { readonly path: string; readonly within: ValuesPath }[] {
    const { folder, values } = this.#sources;
    const inside = template.slice(folder.length).split('/templates/')[0] ?? '';
    const names = inside.split('/charts/').slice(1);
    const own = [...names.keys(), names.length].reverse().map((count) => ({
      path: resolvePath([folder, ...names.slice(0, count)].join('/charts/'), 'values.yaml'),
      within: names.slice(count),
    }));
    return [...own, ...values.map((path) => ({ path, within: names }))];
  }

  #rootOf(path: string): Node | null {
    let root = this.#roots.get(path);
    if (root === undefined) {
      root = readDocument(this.#sources.files.get(path) ?? '').root;
      this.#roots.set(path, root);
    }
    return root;
  }
}

type Found = Omit<ValuesPlace, 'path'>;

/** Follows keys into values (`*`: the item in which the rendered value is), then steps as far as they go. */
function follow(root: Node, keys: ValuesPath, steps: readonly Step[], rendered: Node | null): Found | null {
  const star = keys.indexOf('*');
  const head = (star < 0 ? keys : keys.slice(0, star)).map((key): Step => ({
    key,
    item: null,
    onKey: false,
  }));
  const found = reach(root, head);
  if (found.depth < head.length) return null;
  if (star >= 0) {
    const inside = itemsOf(found.node).map((item) => follow(item, keys.slice(star + 1), steps, rendered));
    return inside.find((one) => one?.exact === true) ?? null;
  }
  const { node, depth, range } = reach(found.node, steps);
  const exact = depth === steps.length && rendered !== null && sameScalar(node, rendered);
  return { range: depth === 0 ? found.range : range, depth, exact };
}

function itemsOf(node: Node): readonly Node[] {
  if (node.type === 'sequence') return node.items;
  return node.type === 'mapping' ? node.entries.map(({ value }) => value) : [];
}
