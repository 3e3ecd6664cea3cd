import type { ManifestObject } from '../../core/protocol.ts';
import { ClusterError, type ClusterErrorCode } from '../errors.ts';
import type { ApiResource, KubeObject, Session } from '../model.ts';
import { metaOf } from '../objects.ts';
import { countChanges } from './compare.ts';
import { type Fields, fieldsIn } from './json.ts';
import { applyOrder } from './order.ts';
import { applyObject, type ApplyTarget, readLive } from './target.ts';

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

/** Requests of one plan that run at the same time. */
const concurrency = 6;

/**
 * Plans in the order in which `applyPlan` should be called: namespaces and CRDs first, workloads last. What the
 * server refuses is a plan with an `error`; rejects only when the cluster cannot be asked at all.
 */
export async function planDeploy(
  session: Session,
  objects: readonly ManifestObject[],
  options: PlanOptions,
): Promise<readonly ObjectPlan[]> {
  const planner = new Planner(session, objects, options);
  const waiting = [...applyOrder(objects).entries()];
  const plans: ObjectPlan[] = [];
  const work = async (): Promise<void> => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      plans[next[0]] = await planner.plan(next[1]);
    }
  };
  await Promise.all(Array.from({ length: Math.min(concurrency, waiting.length) }, work));
  return plans;
}

/** Codes of an answer about one object; any other failure is about the cluster and ends the planning. */
const objectCodes: ReadonlySet<ClusterErrorCode> = new Set([
  'forbidden',
  'notFound',
  'conflict',
  'invalid',
  'rejected',
]);

class Planner {
  readonly #session: Session;
  readonly #objects: readonly ManifestObject[];
  readonly #options: PlanOptions;

  constructor(session: Session, objects: readonly ManifestObject[], options: PlanOptions) {
    this.#session = session;
    this.#objects = objects;
    this.#options = options;
  }

  async plan(object: ManifestObject): Promise<ObjectPlan> {
    const defined = this.#definedHere(object);
    let resource: ApiResource;
    try {
      resource = await this.#session.resource(object.apiVersion, object.kind);
    } catch (error) {
      if (defined === null) return refused(object, object.namespace, objectError(error));
      return unverified(object, defined === 'Cluster' ? null : this.#namespaceOf(object));
    }
    const namespace = resource.namespaced ? this.#namespaceOf(object) : null;
    return this.#ask({ object, resource, namespace });
  }

  async #ask(target: ApplyTarget): Promise<ObjectPlan> {
    const { object, namespace } = target;
    const { signal, force = false } = this.#options;
    const warnings: string[] = [];
    const onWarning = (text: string): void => void (warnings.includes(text) || warnings.push(text));
    const dryRun = (taking: boolean): Promise<KubeObject> =>
      applyObject(this.#session, target, { dryRun: true, force: taking, signal, onWarning });
    let live: KubeObject | null = null;
    try {
      live = await readLive(this.#session, target, signal);
      return compared(object, namespace, live, await dryRun(force), warnings);
    } catch (error) {
      const reason = objectError(error);
      if (this.#namespaceComes(reason, namespace)) return unverified(object, namespace);
      const plan = { ...refused(object, namespace, reason), live, warnings };
      if (reason.code !== 'conflict' || force) return plan;
      // Fields of others: show what taking them over would do; whether to do it is the person's decision.
      const result = await dryRun(true).catch((again: unknown) => objectError(again));
      if (result instanceof ClusterError) return { ...plan, error: result };
      return { ...compared(object, namespace, live, result, warnings), action: 'refused', error: reason };
    }
  }

  #namespaceOf(object: ManifestObject): string {
    return object.namespace ?? this.#options.namespace;
  }

  /** Whether the server only misses a namespace that this deploy brings along. */
  #namespaceComes(error: ClusterError, namespace: string | null): boolean {
    return (
      error.code === 'notFound' &&
      this.#objects.some(
        ({ apiVersion, kind, name }) => apiVersion === 'v1' && kind === 'Namespace' && name === namespace,
      )
    );
  }

  /** Scope of a kind whose CRD is among the objects; null when it is not. */
  #definedHere({ apiVersion, kind }: ManifestObject): string | null {
    for (const { kind: definition, value } of this.#objects) {
      if (definition !== 'CustomResourceDefinition') continue;
      const spec = fieldsIn(value, 'spec');
      const versions = Array.isArray(spec.versions) ? (spec.versions as Fields[]) : [];
      const served = versions.some(({ name }) => `${String(spec.group)}/${String(name)}` === apiVersion);
      if (served && fieldsIn(spec, 'names').kind === kind) return String(spec.scope);
    }
    return null;
  }
}

function objectError(error: unknown): ClusterError {
  if (error instanceof ClusterError && objectCodes.has(error.code)) return error;
  throw error;
}

function compared(
  object: ManifestObject,
  namespace: string | null,
  live: KubeObject | null,
  result: KubeObject,
  warnings: readonly string[],
): ObjectPlan {
  const changes = live === null ? 0 : countChanges(live, result);
  return {
    object,
    namespace,
    action: live === null ? 'create' : changes === 0 ? 'unchanged' : 'update',
    live,
    result,
    changes,
    warnings,
    error: null,
    unverified: false,
    uid: live === null ? null : (metaOf(live).uid ?? null),
    resourceVersion: live === null ? null : (metaOf(live).resourceVersion ?? null),
  };
}

const nothingKnown = { live: null, result: null, changes: 0, warnings: [], uid: null, resourceVersion: null };

function refused(object: ManifestObject, namespace: string | null, error: ClusterError): ObjectPlan {
  return { ...nothingKnown, object, namespace, action: 'refused', error, unverified: false };
}

function unverified(object: ManifestObject, namespace: string | null): ObjectPlan {
  return { ...nothingKnown, object, namespace, action: 'create', error: null, unverified: true };
}
