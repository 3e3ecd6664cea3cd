/** Which object a command is about: a row of the tree, the document in front, or one that is chosen. */
import type { ClusterRowArgument } from '../contributions.ts';
import { ExplainedError } from './failure.ts';

/** An object and the cluster it is in. */
export interface ObjectTarget {
  readonly context: string;
  /** null for a cluster-scoped kind. */
  readonly namespace: string | null;
  readonly apiVersion: string;
  readonly kind: string;
  readonly name: string;
  /** When set, an object of the same name but another UID is not this one. */
  readonly uid?: string;
  /** Of a Secret or ConfigMap, one key of it. */
  readonly key?: string;
}

/** A command cannot begin; the sentence says why. */
export class ObjectsError extends ExplainedError {
  override readonly name = 'ObjectsError';
}

/** The object of a row; null where the row is none (a context, a group). */
export function targetOf(row: ClusterRowArgument): ObjectTarget | null {
  const { context, apiVersion, kind, name, namespace = null, uid, key } = row;
  if (apiVersion === undefined || kind === undefined || name === undefined) return null;
  return {
    context,
    apiVersion,
    kind,
    name,
    namespace,
    ...(uid !== undefined && { uid }),
    ...(key !== undefined && { key }),
  };
}

/** Objects of all selected rows, each once: several keys of a Secret are one Secret. */
export function targetsOf(row: ClusterRowArgument, rows: readonly ClusterRowArgument[] = []): ObjectTarget[] {
  // VS Code passes the selection even when the menu was opened on a row outside of it.
  const selected = rows.some((one) => sameRow(one, row)) ? rows : [row];
  const targets = selected.flatMap((one) => targetOf(one) ?? []);
  return [...new Map(targets.map((target) => [keyOfTarget(target), target])).values()];
}

function sameRow(one: ClusterRowArgument, other: ClusterRowArgument): boolean {
  const [left, right] = [targetOf(one), targetOf(other)];
  return left !== null && right !== null && keyOfTarget(left) === keyOfTarget(right);
}

function keyOfTarget({ context, apiVersion, kind, namespace, name }: ObjectTarget): string {
  return [context, apiVersion, kind, namespace ?? '', name].join('\n');
}

/** `dev / shop`, or `dev` for what has no namespace. */
export function placeOf({ context, namespace }: Pick<ObjectTarget, 'context' | 'namespace'>): string {
  return namespace === null ? context : `${context} / ${namespace}`;
}

/** `Deployment web`. */
export function nameOf({ kind, name }: Pick<ObjectTarget, 'kind' | 'name'>): string {
  return `${kind} ${name}`;
}

/** What a command wants to be about. */
export interface Wanted {
  /** Of the pick, when the command names no object; called with the place (`dev / shop`). */
  readonly title: (place: string) => string;
  /** Kinds it is for; absent: any. */
  readonly kinds?: readonly string[];
}

/** Finds out which objects a command is about; asks the person where nothing says so. */
export interface ObjectChooser {
  /** The row's object, else that of the document in front if it fits, else one that is picked. */
  one(row: ClusterRowArgument | undefined, wanted: Wanted): Promise<ObjectTarget>;
  /** As `one`, for all rows that are selected. All of them are in one cluster. */
  many(
    row: ClusterRowArgument | undefined,
    rows: readonly ClusterRowArgument[] | undefined,
    wanted: Wanted,
  ): Promise<readonly [ObjectTarget, ...ObjectTarget[]]>;
}
