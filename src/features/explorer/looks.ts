/** How each row of the tree looks, from what is known now. */
import type { AccessRules } from '../../cluster/index.ts';
import { message, verbatim } from '../../core/index.ts';
import { abilitiesOf, withoutChanges } from './abilities.ts';
import { detailFace } from './faces/details.ts';
import { type Face, noTooltip } from './faces/face.ts';
import { nodeFactLines, nodeWords, storyLines } from './faces/nodes.ts';
import { objectFace } from './faces/objects.ts';
import {
  arePodsKnown,
  clusterFigures,
  factFace,
  nodeUsage,
  overviewFace,
  usedWords,
} from './faces/overview.ts';
import { contextFace, filterFace, groupFace, moreFace, namespaceFace, olderFace } from './faces/places.ts';
import { shownOf } from './forest/search.ts';
import { shelvesOf } from './kinds/layout.ts';
import { groupingOf, pageSize, releasesOf } from './lists.ts';
import type { LivePlace } from './live/place.ts';
import type {
  BucketNode,
  ContextNode,
  DetailNode,
  GroupNode,
  NamespaceNode,
  ObjectNode,
  OlderNode,
  ShelfNode,
  TreeNode,
} from './nodes.ts';
import { noticeFace } from './notices.ts';
import type { ObjectRow } from './rows/rows.ts';
import { placeOf, type Scene } from './scene.ts';

export type Expandable = 'none' | 'collapsed' | 'expanded';

/** The look of a row whose object is gone; its parent is drawn again in the same breath. */
function gone(label: string): Face {
  return {
    label: verbatim(label),
    description: [],
    icon: null,
    spoken: [],
    tooltip: noTooltip,
    contextValue: '',
  };
}

export function faceOf(scene: Scene, node: TreeNode): Face {
  switch (node.type) {
    case 'context':
      return faceOfContext(scene, node);
    case 'overview':
      return overviewFace(scene.live(node.context));
    case 'fact':
      return factFace(scene.live(node.context), node.of);
    case 'namespace':
      return faceOfNamespace(scene, node);
    case 'shelf':
      return faceOfShelf(scene, node);
    case 'group':
      return faceOfGroup(scene, node);
    case 'bucket':
      return faceOfBucket(scene, node);
    case 'older':
      return faceOfOlder(scene, node);
    case 'more':
      return moreFace(node.shown, node.all, pageSize);
    case 'filter':
      return filterFace(scene.filter()?.text ?? '');
    case 'notice':
      return noticeFace(node.notice);
    case 'object':
      return faceOfObject(scene, node);
    case 'detail':
      return faceOfDetail(scene, node);
  }
}

/** Whether a row has rows below it, and shows them from the start. */
export function expandableOf(scene: Scene, node: TreeNode): Expandable {
  switch (node.type) {
    case 'notice':
    case 'fact':
    case 'detail':
    case 'more':
    case 'filter':
      return 'none';
    case 'group':
      return scene.live(node.context)?.kinds.kind(node.of)?.empty == null ? 'collapsed' : 'expanded';
    case 'object':
      return isParent(scene, node) ? 'collapsed' : 'none';
    default:
      return 'collapsed';
  }
}

function isParent(scene: Scene, node: ObjectNode): boolean {
  const place = placeOf(scene, node);
  const row = place?.forest.row(node.uid) ?? null;
  if (place === null || row === null) return false;
  if (row.node !== null || row.kind === 'Service') return true;
  if (row.of === 'HelmRelease') return node.parent?.type === 'group' && releasesOf(place, row).length > 1;
  return row.details.length > 0 || place.forest.count(row.uid) > 0;
}

/** All of a row that shows without hovering: equal signatures need no drawing. */
export function signatureOf(scene: Scene, node: TreeNode): string {
  const { label, description, icon, contextValue } = faceOf(scene, node);
  return JSON.stringify([label, description, icon, contextValue, expandableOf(scene, node)]);
}

function faceOfContext(scene: Scene, node: ContextNode): Face {
  const context = scene.contexts().find(({ name }) => name === node.context);
  const live = scene.live(node.context);
  if (context === undefined) return gone(node.context);
  const connected = live?.state.phase === 'connected' && live.cluster.watches('Node');
  return contextFace(context, {
    state: live?.state ?? { phase: 'disconnected' },
    listing: live?.listing ?? { phase: 'connecting' },
    protection: scene.protection(node.context),
    color: scene.color(node.context),
    now: scene.now(),
    figures: connected ? clusterFigures(live) : [],
    unhealthy: connected ? live.cluster.forest.unhealthy('Node') : 0,
  });
}

function faceOfNamespace(scene: Scene, node: NamespaceNode): Face {
  const target = scene.target();
  const live = scene.live(node.context);
  const listed = live?.namespaces.find(({ name }) => name === node.namespace);
  return namespaceFace(node.namespace, {
    unhealthy: live?.unhealthyIn(node.namespace) ?? null,
    terminating: listed?.deleting ?? false,
    abilities:
      listed === undefined || live === null
        ? []
        : abilitiesOf(listed, live.kinds.kind('Namespace'), rightsIn(scene, node.context, live.access(null))),
    target: target?.context === node.context && target.namespace === node.namespace,
  });
}

function faceOfShelf(scene: Scene, node: ShelfNode): Face {
  const place = placeOf(scene, node);
  const shelf = shelvesOf(node.at).find(({ id }) => id === node.of);
  const unhealthy = (shelf?.slots ?? [])
    .filter(({ key }) => place?.watches(key) === true)
    .reduce((sum, { key }) => sum + (place?.forest.unhealthy(key) ?? 0), 0);
  const label = shelf?.label ?? verbatim(node.of);
  return groupFace({ label, count: null, shown: null, unhealthy, forbidden: false, note: null });
}

function faceOfGroup(scene: Scene, node: GroupNode): Face {
  const place = placeOf(scene, node);
  const kind = scene.live(node.context)?.kinds.kind(node.of) ?? null;
  if (place === null || kind === null) return gone(node.of);
  const { phase } = place.state(node.of);
  // What is no longer watched is no longer claimed.
  const known = place.watches(node.of) && phase !== 'forbidden';
  const size = groupingOf(scene, node) === null ? place.forest.size(node.of) : place.podCount;
  const isCustom = node.of.includes('.');
  const rows = (): Iterable<ObjectRow> =>
    groupingOf(scene, node) === null ? place.forest.roots(node.of) : place.forest.all(node.of);
  return groupFace({
    label: kind.group,
    count: known && (phase !== 'connecting' || size > 0) && node.of !== 'HelmRelease' ? size : null,
    shown: known ? shownBy(scene, place, rows) : null,
    unhealthy: place.watches(node.of) ? place.forest.unhealthy(node.of) : 0,
    forbidden: phase === 'forbidden',
    note: isCustom ? verbatim(kind.apiVersion) : null,
  });
}

function faceOfBucket(scene: Scene, node: BucketNode): Face {
  const place = placeOf(scene, node);
  const buckets = place?.podsBy(node.by);
  const pods = buckets?.get(node.of) ?? null;
  const unhealthy = buckets?.unhealthy(node.of) ?? 0;
  const nobody = node.by === 'node' ? message('Waiting for a node') : message('Owned by nothing');
  const [kind = '', name = '', namespace = ''] = node.of.split(' ');
  const label = node.of === '' ? nobody : verbatim(node.by === 'owner' ? `${kind} ${name}` : node.of);
  const note = node.by === 'owner' && node.at === null && namespace !== '' ? verbatim(namespace) : null;
  const shown = place === null ? null : shownBy(scene, place, () => pods?.values() ?? []);
  return groupFace({ label, count: pods?.size ?? 0, shown, unhealthy, forbidden: false, note });
}

/** null: everything is shown. */
function shownBy(scene: Scene, { forest }: LivePlace, rows: () => Iterable<ObjectRow>): number | null {
  const filter = scene.filter();
  return filter === null ? null : shownOf(forest, filter, [...rows()], null).length;
}

function faceOfOlder(scene: Scene, node: OlderNode): Face {
  const place = placeOf(scene, node);
  const row = place?.forest.row(node.of) ?? null;
  if (place === null || row === null) return olderFace(0);
  const isRelease = row.of === 'HelmRelease';
  return olderFace(isRelease ? releasesOf(place, row).length - 1 : place.forest.children(row).older.length);
}

function faceOfObject(scene: Scene, node: ObjectNode): Face {
  const live = scene.live(node.context);
  const place = placeOf(scene, node);
  const row = place?.forest.row(node.uid) ?? null;
  if (live === null || place === null || row === null) return gone(node.name);
  const stale = place.state(row.of).phase !== 'live';
  const byNamespace = node.parent?.type === 'bucket' && node.parent.by === 'namespace';
  const face = objectFace(row, {
    forest: place.forest,
    kind: live.kinds.kind(row.of),
    access: rightsIn(
      scene,
      node.context,
      live.access(row.namespace === '' ? null : row.namespace) ?? live.access(node.at),
    ),
    mixed: node.at === null && !byNamespace,
    endpoints: row.kind === 'Service' ? place.endpointsOf(row) : null,
    probe: row.pod === null ? place.probes.below(row) : place.probes.of(row),
    now: scene.now(),
    stale,
  });
  if (row.node === null) return face;
  const setting = {
    heartbeat: live.heartbeats.of(row),
    use: arePodsKnown(live) ? live.usage.node(row) : null,
    story: live.failovers.story(row.name),
    used: usedWords(live, row.name),
    now: scene.now(),
  };
  const tooltip = (): ReturnType<Face['tooltip']> => {
    const whole = face.tooltip();
    return whole === null
      ? null
      : {
          ...whole,
          facts: [...whole.facts, ...nodeFactLines(setting), ...nodeUsage(live, row.name)],
          story: [...whole.story, ...storyLines(setting.story)],
        };
  };
  const told = setting.story === null ? '' : ' failover';
  return {
    ...face,
    description: nodeWords(row, setting),
    tooltip,
    contextValue: `${face.contextValue}${told}`,
  };
}

function faceOfDetail(scene: Scene, node: DetailNode): Face {
  const live = scene.live(node.context);
  const place = placeOf(scene, node);
  const row = place?.forest.row(node.of) ?? null;
  const detail = row?.details.find(({ name }) => name === node.detail);
  if (live === null || place === null || row === null || detail === undefined) return gone(node.detail);
  const access = rightsIn(scene, node.context, live.access(row.namespace) ?? live.access(node.at));
  const probe = row.pod === null ? null : place.probes.of(row, detail.name);
  return detailFace(row, detail, live.kinds.kind(row.of), access, probe);
}

function rightsIn(scene: Scene, context: string, access: AccessRules | null): AccessRules | null {
  return scene.protection(context) === 'readOnly' ? withoutChanges(access) : access;
}
