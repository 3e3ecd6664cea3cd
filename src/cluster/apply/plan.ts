import type { ManifestObject } from '../../core/protocol.ts';
import type { ClusterError } from '../errors.ts';
import type { KubeObject, Session } from '../model.ts';

export type PlanAction = 'create' | 'update' | 'unchanged' | 'refused';

/** What applying one object of a manifest would do, as the server said in a dry run. */
export interface ObjectPlan {
  readonly object: ManifestObject;
  /** Where it would go; null for a cluster-scoped kind. */
  readonly namespace: string | null;
  readonly action: PlanAction;
  /** The object as it is now; null when there is none. */
  readonly live: KubeObject | null;
  /** The object as it would be; null when the dry run was refused or could not be made. */
  readonly result: KubeObject | null;
  /** Leaf fields that differ between `live` and `result`; 0 for a new object. */
  readonly changes: number;
  readonly warnings: readonly string[];
  /** Why the server refused; for a conflict over fields its `details` name the fields and their managers. */
  readonly error: ClusterError | null;
  /** True when the dry run could not be made because the namespace or CRD comes with the same file. */
  readonly unverified: boolean;
  /** Identity and version of `live` when the plan was made: the precondition of the apply. */
  readonly uid: string | null;
  readonly resourceVersion: string | null;
}

export interface PlanOptions {
  /** For objects that set none. */
  readonly namespace: string;
  readonly signal?: AbortSignal;
  /** Plans as if fields of other managers were to be taken over. */
  readonly force?: boolean;
}

/** Plans in the order in which `applyPlan` should be called: namespaces and CRDs first, workloads last. */
export function planDeploy(
  _session: Session,
  _objects: readonly ManifestObject[],
  _options: PlanOptions,
): Promise<readonly ObjectPlan[]> {
  throw new Error('not built yet');
}
