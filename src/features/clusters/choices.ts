/** What the target pick offers, and what the status bar says: pure, so that it can be tested without an editor. */
import type { ContextList } from '../../cluster/index.ts';
import type { DeployTarget } from '../../core/protocol.ts';

/** A namespace's name as the API server accepts it: an RFC 1123 label. */
export function isNamespaceName(text: string): boolean {
  return /^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/.test(text);
}

/** Where manifests go as long as nobody chose: the kubeconfig's current context; null when it names none. */
function defaultTarget(list: ContextList): DeployTarget | null {
  const context = list.contexts.find(({ name }) => name === list.current);
  return context === undefined ? null : { context: context.name, namespace: context.namespace };
}

/**
 * The target in force: what was chosen, else the kubeconfig's current context. null where the context of what was
 * chosen, or of what stood there until now (`stood`), is gone: nobody meant what is next in line. `list` null: nothing
 * was read yet.
 */
export function targetInForce(
  chosen: DeployTarget | null,
  list: ContextList | null,
  stood: string | null,
): DeployTarget | null {
  if (list === null) return chosen;
  const meant = chosen?.context ?? stood;
  if (meant !== null && !list.contexts.some(({ name }) => name === meant)) return null;
  return chosen ?? defaultTarget(list);
}

/** A target as it was remembered; null when what is stored is something else. */
export function readTarget(stored: unknown): DeployTarget | null {
  if (typeof stored !== 'object' || stored === null) return null;
  const { context, namespace } = stored as Record<string, unknown>;
  return typeof context === 'string' && typeof namespace === 'string' ? { context, namespace } : null;
}

export interface NamespaceChoice {
  readonly name: string;
  /** The cluster was asked and has no such namespace. */
  readonly missing: boolean;
}

/**
 * Namespaces to offer, without repeats. `known` is what can be offered before the cluster has answered: it stays on
 * top, in its order, so that no other row slips under the finger of who is about to choose. `listed` null: no answer.
 */
export function namespaceChoices(
  known: readonly (string | null | undefined)[],
  listed: readonly string[] | null,
): readonly NamespaceChoice[] {
  const first = [...new Set(known.filter((name) => typeof name === 'string'))];
  const others = (listed ?? []).filter((name) => !first.includes(name));
  others.sort((one, other) => one.localeCompare(other, 'en', { numeric: true }));
  return [...first, ...others].map((name) => ({
    name,
    missing: listed !== null && !listed.includes(name),
  }));
}

/** Cuts a long name in its middle: both ends tell contexts apart (`arn:aws:eks:…cluster/dev`). */
export function shorten(name: string, length: number): string {
  if (name.length <= length) return name;
  const head = Math.floor((length - 1) / 2);
  return `${name.slice(0, head)}…${name.slice(name.length - (length - 1 - head))}`;
}
