import { isExplained } from '../../platform/failure.ts';
import { verbatim } from '../../core/index.ts';
import { shownOf } from './forest/search.ts';
import { clusterShelves, clusterTop, namespaceShelves, type Shelf, watchedAtOnce } from './kinds/layout.ts';
import type { LiveContext } from './live/context.ts';
import type { LivePlace } from './live/place.ts';
import { Lists, releasesOf } from './lists.ts';
import {
  type ContextNode,
  idOf,
  type NamespaceNode,
  type ObjectNode,
  type OlderNode,
  type ShelfNode,
  type TreeNode,
} from './nodes.ts';
import * as notices from './notices.ts';
import type { NodeRegistry } from './registry.ts';
import { type Detail, type ObjectRow } from './rows/rows.ts';
import { placeOf, type Scene } from './scene.ts';

/** Lines of the overview. */
const overview = ['version', 'nodes', 'cpu', 'memory', 'pods'];

/** Which rows stand below which, from what is known now. */
export class Branches {
  readonly #scene: Scene;
  readonly #registry: NodeRegistry;
  readonly #lists: Lists;

  constructor(scene: Scene, registry: NodeRegistry) {
    this.#scene = scene;
    this.#registry = registry;
    this.#lists = new Lists(scene, registry);
  }

  /** Rows below a row, as things are now; the same objects as before for those that were there before. */
  below(node: TreeNode): readonly TreeNode[] {
    switch (node.type) {
      case 'context':
        return this.#insideContext(node);
      case 'overview':
        return overview.map((of) => this.#registry.adopt(this.#frame(node, 'fact', of)));
      case 'namespace':
        return this.#insideNamespace(node);
      case 'shelf':
        return this.#insideShelf(node);
      case 'group':
        return this.#lists.group(node);
      case 'bucket':
        return this.#lists.bucket(node);
      case 'object':
        return this.#insideObject(node);
      case 'older':
        return this.#insideOlder(node);
      case 'fact':
      case 'detail':
      case 'more':
      case 'filter':
      case 'notice':
        return [];
    }
  }

  #insideContext(node: ContextNode): readonly TreeNode[] {
    const live = this.#scene.live(node.context);
    if (live === null || live.state.phase === 'disconnected') return [];
    if (live.state.phase === 'connecting')
      return [this.#lists.notice(node, notices.connecting(node.context))];
    if (live.state.phase === 'failed') {
      const { error } = live.state;
      const reason = isExplained(error) ? error.explanation : verbatim(String(error));
      return [this.#lists.notice(node, notices.noSession(reason))];
    }
    const { listing } = live;
    // Nobody knows yet whether there is a cluster to speak of.
    const silent = ['connecting', 'signedOut', 'failed'].includes(listing.phase);
    const frames = silent && live.namespaces.length === 0 ? [] : this.#clusterFrames(node, live);
    const [above = [], below = []] = frames;
    return [...this.#listingNotices(node, live), ...above, ...this.#namespaces(node, live), ...below];
  }

  #clusterFrames(node: ContextNode, live: LiveContext): readonly (readonly TreeNode[])[] {
    const adopt = (shelf: Shelf): readonly TreeNode[] => this.#shelf(node, shelf, live.cluster, live);
    return [
      [this.#registry.adopt(this.#frame(node, 'overview', 'Overview')), ...adopt(clusterTop)],
      clusterShelves.flatMap(adopt),
    ];
  }

  #listingNotices(node: ContextNode, live: LiveContext): readonly TreeNode[] {
    const { listing, namespaces } = live;
    const notice =
      listing.phase === 'forbidden'
        ? notices.namespacesForbidden(listing.error)
        : listing.phase === 'connecting'
          ? notices.connecting(node.context)
          : listing.phase === 'live' && namespaces.length === 0
            ? notices.noNamespaces(node.context)
            : notices.stateNotice(listing, 'namespaces', this.#scene.now());
    return notice === null ? [] : [this.#lists.notice(node, notice)];
  }

  #namespaces(node: ContextNode, live: LiveContext): readonly TreeNode[] {
    const filter = this.#scene.filter();
    const rows = live.namespaces.filter((row) => filter?.allowsNamespace(row) ?? true);
    const names = rows.map(({ name }) => name);
    const known =
      live.listing.phase === 'forbidden' && names.length === 0
        ? this.#configuredNamespaces(node.context)
        : names;
    return this.#lists.page(node, known, (name) => {
      const id = `${node.id}/${idOf(name)}`;
      const { context } = node;
      return this.#registry.adopt({
        type: 'namespace',
        id,
        parent: node,
        context,
        namespace: name,
        at: name,
        apiVersion: 'v1',
        kind: 'Namespace',
        name,
      });
    });
  }

  /** What can be known where namespaces may not be listed: the context's own, and the chosen target's. */
  #configuredNamespaces(context: string): readonly string[] {
    const own = this.#scene.contexts().find(({ name }) => name === context)?.namespace;
    const target = this.#scene.target();
    const names = [own, target?.context === context ? target.namespace : undefined];
    return [...new Set(names.filter((name) => name !== undefined))];
  }

  #insideNamespace(node: NamespaceNode): readonly TreeNode[] {
    const live = this.#scene.live(node.context);
    const place = placeOf(this.#scene, node);
    if (live === null || place === null) return [];
    const frames = namespaceShelves.flatMap((shelf) => this.#shelf(node, shelf, place, live));
    // The first speaks for the namespace: what is said of its connection is true of the others'.
    const kind = watchedAtOnce.namespace.map((key) => live.kinds.kind(key)).find((one) => one !== null);
    // Some servers have no workloads at all.
    if (kind === undefined) return frames;
    const leading = place.state(kind.key);
    const notice =
      leading.phase === 'forbidden' ? null : notices.stateNotice(leading, kind.plural, this.#scene.now());
    // What the row of the context says already is not said again beside rows that show.
    const said = leading.phase === live.listing.phase && place.forest.size(kind.key) > 0;
    const first = notice === null || said ? [] : [this.#lists.notice(node, notice)];
    // Beside the first loading of all there is, empty shelves would look like an answer.
    return leading.phase === 'connecting' ? first : [...first, ...frames];
  }

  /** A shelf's row, or those of its groups where it has none of its own. */
  #shelf(
    node: ContextNode | NamespaceNode,
    shelf: Shelf,
    place: LivePlace,
    live: LiveContext,
  ): readonly TreeNode[] {
    if (shelf.label === null) return this.#groups(node, shelf, place, live);
    // A definition may come any time, and is noticed where somebody looks.
    const mayCome = shelf.also === 'custom' && place.namespace === null;
    const isEmpty = !mayCome && this.#keysOf(shelf, place, live).length === 0;
    return isEmpty ? [] : [this.#registry.adopt(this.#frame(node, 'shelf', shelf.id))];
  }

  #insideShelf(node: ShelfNode): readonly TreeNode[] {
    const live = this.#scene.live(node.context);
    const place = placeOf(this.#scene, node);
    const shelf = (node.at === null ? clusterShelves : namespaceShelves).find(({ id }) => id === node.of);
    if (live === null || place === null || shelf === undefined) return [];
    const groups = this.#groups(node, shelf, place, live);
    if (groups.length > 0) return groups;
    const none = notices.noObjects('customresourcedefinitions', node.at ?? node.context);
    return [this.#lists.notice(node, none)];
  }

  #groups(node: TreeNode, shelf: Shelf, place: LivePlace, live: LiveContext): readonly TreeNode[] {
    return this.#keysOf(shelf, place, live).map((key) =>
      this.#registry.adopt(this.#frame(node, 'group', key)),
    );
  }

  /** Kinds of a shelf that are worth a row: what the server serves; of workloads, what there is or may not be seen. */
  #keysOf(shelf: Shelf, place: LivePlace, live: LiveContext): readonly string[] {
    const own = shelf.slots.filter(({ key, watched }) => {
      const kind = live.kinds.kind(key);
      if (kind === null) return false;
      if (watched !== 'place' || place.namespace === null) return true;
      if (place.forest.size(key) > 0) return true;
      const { phase } = place.state(key);
      return phase === 'forbidden' || (kind.empty !== null && phase === 'live');
    });
    const also = {
      gateway: () => live.kinds.gatewayIn(place.namespace),
      custom: () => live.kinds.customIn(place.namespace),
      none: () => [],
    }[shelf.also ?? 'none']();
    return [...own, ...also].map(({ key }) => key);
  }

  #insideObject(node: ObjectNode): readonly TreeNode[] {
    const place = placeOf(this.#scene, node);
    const row = place?.forest.row(node.uid) ?? null;
    if (place === null || row === null) return [];
    if (row.of === 'HelmRelease') return this.#lists.hasOlderReleases(row, place) ? [this.#older(node)] : [];
    if (row.node !== null) {
      return this.#lists.objects(node, place, place.podsBy('node').get(row.name)?.sorted() ?? [], null);
    }
    if (row.kind === 'Service') return this.#endpoints(node, row, place);
    const { current, older } = place.forest.children(row);
    const rows = this.#lists.objects(node, place, current, row);
    const details = this.#lists.page(node, row.details, (detail) => this.#detail(node, row, detail));
    const shelf =
      shownOf(place.forest, this.#scene.filter(), older, row).length > 0 ? [this.#older(node)] : [];
    return [...rows, ...shelf, ...details];
  }

  /** A Service is what its EndpointSlices say, however many of them it takes. */
  #endpoints(node: ObjectNode, service: ObjectRow, place: LivePlace): readonly TreeNode[] {
    const all = place.forest
      .owned(service.uid)
      .flatMap((slice) => slice.details.map((detail) => ({ slice, detail })));
    if (all.length === 0) {
      const state = place.state('EndpointSlice');
      const notice =
        notices.stateNotice(state, 'endpointslices', this.#scene.now()) ?? notices.noEndpoints(service.name);
      return [this.#lists.notice(node, notice)];
    }
    return this.#lists.page(node, all, ({ slice, detail }) => this.#detail(node, slice, detail));
  }

  #insideOlder(node: OlderNode): readonly TreeNode[] {
    const place = placeOf(this.#scene, node);
    const row = place?.forest.row(node.of) ?? null;
    if (place === null || row === null) return [];
    const rows =
      row.of === 'HelmRelease' ? releasesOf(place, row).slice(1) : place.forest.children(row).older;
    return this.#lists.objects(node, place, rows, row.of === 'HelmRelease' ? null : row);
  }

  #older(node: ObjectNode): TreeNode {
    const { context, at, uid } = node;
    return this.#registry.adopt({
      type: 'older',
      id: `${node.id}/older`,
      parent: node,
      context,
      at,
      of: uid,
      ...inNamespace(node),
    });
  }

  #detail(node: ObjectNode, row: ObjectRow, detail: Detail): TreeNode {
    const id = `${node.id}/${idOf(detail.type, detail.name)}`;
    const { context, at } = node;
    const base = { type: 'detail', id, parent: node, context, at, of: row.uid, detail: detail.name } as const;
    const { namespace } = row;
    if (detail.type === 'endpoint') {
      const pod = detail.pod === null ? {} : { apiVersion: 'v1', kind: 'Pod', ...detail.pod };
      return this.#registry.adopt({ ...base, namespace, ...pod });
    }
    const { apiVersion, kind, name, uid } = row;
    const part = detail.type === 'container' ? { container: detail.name } : { key: detail.name };
    return this.#registry.adopt({ ...base, namespace, apiVersion, kind, name, uid, ...part });
  }

  #frame<Type extends 'overview' | 'fact' | 'shelf' | 'group'>(parent: TreeNode, type: Type, of: string) {
    const { context, at } = parent;
    const id = `${parent.id}/${idOf(of)}`;
    return { type, id, parent, context, at, of, ...inNamespace(parent) };
  }
}

function inNamespace({ namespace }: TreeNode): { readonly namespace?: string } {
  return namespace === undefined ? {} : { namespace };
}
