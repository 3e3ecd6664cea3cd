/** Lists of objects, which may be long: paged, filtered, grouped. */
import { compareNames } from './forest/names.ts';
import { shownOf } from './forest/search.ts';
import type { Siblings } from './forest/siblings.ts';
import type { KindDescription } from './kinds/description.ts';
import type { LivePlace } from './live/place.ts';
import { type BucketNode, type GroupNode, idOf, type TreeNode } from './nodes.ts';
import type { Notice } from './notices.ts';
import * as notices from './notices.ts';
import type { NodeRegistry } from './registry.ts';
import type { ObjectRow } from './rows/rows.ts';
import { placeOf, type Scene } from './scene.ts';

/** As many rows as a long list shows at first, and more at a time. */
export const pageSize = 200;

export class Lists {
  readonly #scene: Scene;
  readonly #registry: NodeRegistry;

  constructor(scene: Scene, registry: NodeRegistry) {
    this.#scene = scene;
    this.#registry = registry;
  }

  group(node: GroupNode): readonly TreeNode[] {
    const place = placeOf(this.#scene, node);
    const kind = this.#scene.live(node.context)?.kinds.kind(node.of) ?? null;
    if (place === null || kind === null) return [];
    const by = groupingOf(this.#scene, node);
    const rows =
      by === null
        ? this.objects(node, place, this.#rootsOf(place, node.of), null)
        : this.#buckets(node, place, by);
    const state = place.state(node.of);
    const where = node.at ?? node.context;
    const notice =
      kind.empty !== null && state.phase !== 'forbidden'
        ? rows.length === 0 && state.phase === 'live'
          ? notices.nothing(kind.empty, where)
          : null
        : (notices.stateNotice(state, kind.plural, this.#scene.now()) ??
          (rows.length > 0 ? null : noneOf(kind, where)));
    const isHidden = rows.length === 0 && this.#scene.filter() !== null && place.forest.size(node.of) > 0;
    const said = isHidden ? notices.filteredOut() : notice;
    return said === null ? rows : [this.notice(node, said), ...rows];
  }

  bucket(node: BucketNode): readonly TreeNode[] {
    const place = placeOf(this.#scene, node);
    if (place === null) return [];
    const pods = place.podsBy(node.by).get(node.of);
    return this.objects(node, place, pods?.sorted() ?? [], null);
  }

  /** Rows of objects; `above` is the object that owns them. */
  objects(
    node: TreeNode,
    place: LivePlace,
    rows: readonly ObjectRow[],
    above: ObjectRow | null,
  ): readonly TreeNode[] {
    const shown = shownOf(place.forest, this.#scene.filter(), rows, above);
    return this.page(node, shown, (row) => this.#object(node, row));
  }

  /** The part of a long list that is shown, and a row that goes on. */
  page<T>(node: TreeNode, all: readonly T[], rowOf: (item: T) => TreeNode): readonly TreeNode[] {
    const limit = this.#scene.shown(node.id);
    if (all.length <= limit) return all.map(rowOf);
    const { context, at } = node;
    const more = this.#registry.adopt({
      type: 'more',
      id: `${node.id}/!more`,
      parent: node,
      context,
      at,
      shown: limit,
      all: all.length,
    });
    return [...all.slice(0, limit).map(rowOf), more];
  }

  notice(parent: TreeNode, notice: Notice): TreeNode {
    const id = `${parent.id}/!${notice.icon.id}`;
    const { context, at } = parent;
    return this.#registry.adopt({ type: 'notice', id, parent, context, at, notice });
  }

  hasOlderReleases(row: ObjectRow, place: LivePlace): boolean {
    const [newest, ...older] = releasesOf(place, row);
    return newest === row && older.length > 0;
  }

  #rootsOf(place: LivePlace, key: string): readonly ObjectRow[] {
    const roots = place.forest.roots(key);
    if (key !== 'HelmRelease') return roots;
    // Newest first, so the first of each name is the one that counts.
    const newest = new Map<unknown, ObjectRow>();
    for (const row of roots) if (!newest.has(row.labels['name'])) newest.set(row.labels['name'], row);
    return [...newest.values()].sort((one, other) => compareNames(nameOf(one), nameOf(other)));
  }

  #buckets(node: GroupNode, place: LivePlace, by: BucketNode['by']): readonly TreeNode[] {
    const buckets = place.podsBy(by);
    const filter = this.#scene.filter();
    const holds = (pods: Siblings | null): boolean =>
      filter === null || shownOf(place.forest, filter, [...(pods?.values() ?? [])], null).length > 0;
    const keys = buckets.keys().filter((key) => holds(buckets.get(key)));
    return this.page(node, keys, (key) => {
      const id = `${node.id}/${idOf(by, key)}`;
      const { context, at, namespace } = node;
      return this.#registry.adopt({
        type: 'bucket',
        id,
        parent: node,
        context,
        at,
        of: key,
        by,
        ...(namespace === undefined ? {} : { namespace }),
      });
    });
  }

  #object(parent: TreeNode, row: ObjectRow): TreeNode {
    const { of, apiVersion, kind, name, uid, namespace } = row;
    const id = `${parent.id}/${uid}`;
    const known = this.#registry.get(id);
    if (known !== null) return known;
    const { context, at } = parent;
    return this.#registry.adopt({
      type: 'object',
      id,
      parent,
      context,
      at,
      ...(namespace === '' ? {} : { namespace }),
      of,
      apiVersion,
      kind,
      name,
      uid,
    });
  }
}

function noneOf({ key, plural }: KindDescription, where: string): Notice {
  return key === 'HelmRelease' ? notices.noReleases(where) : notices.noObjects(plural, where);
}

/** All revisions of a release, the newest first. */
export function releasesOf(place: LivePlace, { labels }: ObjectRow): readonly ObjectRow[] {
  return place.forest.roots('HelmRelease').filter((row) => row.labels['name'] === labels['name']);
}

function nameOf({ labels, name }: ObjectRow): string {
  return typeof labels['name'] === 'string' ? labels['name'] : name;
}

/** What a group's objects are grouped by; null: they stand there as they are. */
export function groupingOf(scene: Scene, { of, at }: GroupNode): BucketNode['by'] | null {
  if (of !== 'Pod') return null;
  const grouping = scene.grouping();
  return at !== null && grouping === 'namespace' ? null : grouping;
}
