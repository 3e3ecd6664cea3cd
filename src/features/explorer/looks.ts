/** How each row of the tree looks, from what is known now. */
import { type Face, noTooltip, verbatim } from './faces.ts';
import { kindOf } from './kinds.ts';
import type { ContextNode, GroupNode, NamespaceNode, ObjectNode, OlderNode, TreeNode } from './nodes.ts';
import { noticeFace } from './notices.ts';
import { objectFace } from './object-faces.ts';
import { contextFace, groupFace, namespaceFace, olderFace } from './place-faces.ts';
import { namespaceOf, type Scene } from './scene.ts';

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
    case 'namespace':
      return faceOfNamespace(scene, node);
    case 'group':
      return faceOfGroup(scene, node);
    case 'older':
      return faceOfOlder(scene, node);
    case 'notice':
      return noticeFace(node.notice);
    case 'object':
      return faceOfObject(scene, node);
  }
}

/** Whether a row has rows below it, and shows them from the start. */
export function expandableOf(scene: Scene, node: TreeNode): Expandable {
  if (node.type === 'notice') return 'none';
  if (node.type === 'group') return kindOf(node.of)?.empty === null ? 'collapsed' : 'expanded';
  if (node.type !== 'object') return 'collapsed';
  return (namespaceOf(scene, node)?.forest.count(node.uid) ?? 0) === 0 ? 'none' : 'collapsed';
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
  return contextFace(context, {
    state: live?.state ?? { phase: 'disconnected' },
    listing: live?.listing ?? { phase: 'connecting' },
    protection: scene.protection(node.context),
    now: scene.now(),
  });
}

function faceOfNamespace(scene: Scene, node: NamespaceNode): Face {
  const target = scene.target();
  const live = namespaceOf(scene, node);
  const listed = scene.live(node.context)?.namespaces.find(({ name }) => name === node.namespace);
  return namespaceFace(node.namespace, {
    unhealthy: live?.watched === true ? live.forest.unhealthy() : null,
    terminating: listed?.terminating ?? false,
    target: target?.context === node.context && target.namespace === node.namespace,
  });
}

function faceOfGroup(scene: Scene, node: GroupNode): Face {
  const live = namespaceOf(scene, node);
  const kind = kindOf(node.of);
  if (live === null || kind === null) return gone(node.of);
  const counted = live.state(node.of).phase !== 'forbidden';
  return groupFace(kind, counted ? live.forest.roots(node.of).length : null);
}

function faceOfOlder(scene: Scene, node: OlderNode): Face {
  const forest = namespaceOf(scene, node)?.forest;
  const row = forest?.row(node.of) ?? null;
  return olderFace(forest === undefined || row === null ? 0 : forest.children(row).older.length);
}

function faceOfObject(scene: Scene, node: ObjectNode): Face {
  const live = namespaceOf(scene, node);
  const row = live?.forest.row(node.uid) ?? null;
  if (live === null || row === null) return gone(node.name);
  const stale = live.state(node.kind).phase !== 'live';
  return objectFace(row, { forest: live.forest, now: scene.now(), stale });
}
