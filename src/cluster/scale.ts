import { changedSince, ClusterError, notScalable, objectGone } from './errors.ts';
import { fieldManager, type Session, type WorkloadRef } from './model.ts';
import { resourcePath } from './objects.ts';

export interface Scale {
  /** `spec.replicas`: what is asked for. */
  readonly desired: number;
  /** `status.replicas`: what there is. */
  readonly current: number;
  readonly selector: string;
  readonly uid: string;
  readonly resourceVersion: string;
}

export interface SetScaleOptions {
  /** What the person saw when they chose: a workload changed since then is a `conflict`. */
  readonly expected: Pick<Scale, 'uid' | 'resourceVersion' | 'desired'>;
  readonly signal?: AbortSignal;
}

export interface Autoscaler {
  readonly name: string;
  readonly min: number;
  readonly max: number;
  readonly current: number;
  readonly desired: number;
}

/** The scale subresource as the server has it (autoscaling/v1). */
interface ScaleObject {
  readonly metadata: { readonly uid: string; readonly resourceVersion: string };
  readonly spec: { readonly replicas?: number };
  readonly status?: { readonly replicas?: number; readonly selector?: string };
}

interface AutoscalerObject {
  readonly metadata: { readonly name: string };
  readonly spec: {
    readonly scaleTargetRef: { readonly apiVersion?: string; readonly kind: string; readonly name: string };
    readonly minReplicas?: number;
    readonly maxReplicas: number;
  };
  readonly status?: { readonly currentReplicas?: number; readonly desiredReplicas?: number };
}

/** Rejects with `notFound` also when the kind cannot be scaled or the object was replaced by another of its name. */
export async function readScale(session: Session, ref: WorkloadRef, signal?: AbortSignal): Promise<Scale> {
  const path = await scalePath(session, ref);
  const scale = scaleFrom(await session.request<ScaleObject>(path, signal === undefined ? {} : { signal }));
  if (ref.uid !== undefined && scale.uid !== ref.uid) throw objectGone(session.context.name, nameOf(ref));
  return scale;
}

/** A controller's status updates change the version too; this many of them may come in between. */
const attempts = 5;

/**
 * Sets `spec.replicas` through the scale subresource; answers what the server made of it. Rejects with `conflict`
 * when somebody else scaled or replaced the workload since the person looked.
 */
export async function setScale(
  session: Session,
  ref: WorkloadRef,
  replicas: number,
  { expected, signal }: SetScaleOptions,
): Promise<Scale> {
  const path = await scalePath(session, ref);
  let { resourceVersion } = expected;
  for (let attempt = 1; ; attempt += 1) {
    const body = {
      apiVersion: 'autoscaling/v1',
      kind: 'Scale',
      metadata: { name: ref.name, namespace: ref.namespace, uid: expected.uid, resourceVersion },
      spec: { replicas },
    };
    try {
      const options = { method: 'PUT', body, query: { fieldManager }, ...(signal && { signal }) };
      return scaleFrom(await session.request<ScaleObject>(path, options));
    } catch (error) {
      if (!(error instanceof ClusterError) || error.code !== 'conflict' || attempt === attempts) throw error;
      // Only a status moved: what the person saw still holds.
      const now = await readScale(session, { ...ref, uid: expected.uid }, signal);
      if (now.desired !== expected.desired) throw changedSince(session.context.name, nameOf(ref));
      resourceVersion = now.resourceVersion;
    }
  }
}

/** The HorizontalPodAutoscaler that owns the workload's replicas; null when there is none. */
export async function findAutoscaler(
  session: Session,
  ref: WorkloadRef,
  signal?: AbortSignal,
): Promise<Autoscaler | null> {
  const { items } = await session.request<{ items: readonly AutoscalerObject[] }>(
    resourcePath({ ...autoscalers, namespaced: true }, ref.namespace),
    signal === undefined ? {} : { signal },
  );
  const found = items.find(({ spec: { scaleTargetRef: target } }) => {
    const sameGroup = groupOf(target.apiVersion ?? 'v1') === groupOf(ref.apiVersion);
    return sameGroup && target.kind === ref.kind && target.name === ref.name;
  });
  if (found === undefined) return null;
  return {
    name: found.metadata.name,
    min: found.spec.minReplicas ?? 1,
    max: found.spec.maxReplicas,
    current: found.status?.currentReplicas ?? 0,
    desired: found.status?.desiredReplicas ?? 0,
  };
}

const autoscalers = { apiVersion: 'autoscaling/v2', plural: 'horizontalpodautoscalers' };

async function scalePath(session: Session, ref: WorkloadRef): Promise<string> {
  const resource = await session.resource(ref.apiVersion, ref.kind);
  if (!resource.scalable) throw notScalable(session.context.name, ref.kind);
  return resourcePath(resource, ref.namespace, ref.name, 'scale');
}

function scaleFrom({ metadata, spec, status }: ScaleObject): Scale {
  return {
    // The server leaves zeros out.
    desired: spec.replicas ?? 0,
    current: status?.replicas ?? 0,
    selector: status?.selector ?? '',
    uid: metadata.uid,
    resourceVersion: metadata.resourceVersion,
  };
}

function groupOf(apiVersion: string): string {
  return apiVersion.includes('/') ? apiVersion.slice(0, apiVersion.indexOf('/')) : '';
}

function nameOf({ kind, name }: WorkloadRef): string {
  return `${kind} ${name}`;
}
