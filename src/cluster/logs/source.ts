import { fieldsIn } from '../apply/json.ts';
import { ClusterError } from '../errors.ts';
import type { Session, WorkloadRef } from '../model.ts';
import { readObject } from '../objects.ts';
import type { PodSource } from './pods.ts';
import { SelectedPods, type SelectedPodsOptions } from './selected-pods.ts';
import { openWorkload, selectorOf, type WorkloadOptions } from './workload.ts';

/** Finds the pods of a workload and goes on finding them. Rejects with a ClusterError. */
export async function openPods(
  session: Session,
  ref: WorkloadRef,
  options: WorkloadOptions,
  onChange: () => void,
): Promise<PodSource> {
  const { signal } = options;
  if (ref.kind === 'Pod') {
    const only = {
      namespace: ref.namespace,
      fieldSelector: `metadata.name=${ref.name}`,
      ...(ref.uid !== undefined && { uid: ref.uid }),
    };
    return lasting(session, only, onChange, () => Promise.resolve(true));
  }
  if (ref.kind !== 'Job') return openWorkload(session, ref, options, onChange);
  // A Job that is gone is over.
  const selector = selectorOf(await readObject(session, ref, signal), ref);
  return lasting(session, selector, onChange, () => jobIsOver(session, ref, signal));
}

/** Pods whose selector stays the same as long as they are followed. */
function lasting(
  session: Session,
  selector: SelectedPodsOptions,
  onChange: () => void,
  isOver: () => Promise<boolean>,
): PodSource {
  const pods = new SelectedPods(session, selector, onChange);
  return {
    get pods() {
      return pods.pods;
    },
    get state() {
      return pods.state;
    },
    ready: pods.ready,
    gone: false,
    isOver,
    dispose: () => pods.dispose(),
  };
}

/** A Job that failed a pod may make another one. */
async function jobIsOver(session: Session, ref: WorkloadRef, signal: AbortSignal): Promise<boolean> {
  try {
    const { conditions } = fieldsIn(await readObject(session, ref, signal), 'status');
    return (
      Array.isArray(conditions) &&
      conditions.some(
        ({ type, status }: Record<string, unknown>) =>
          (type === 'Complete' || type === 'Failed') && status === 'True',
      )
    );
  } catch (error) {
    if (!(error instanceof ClusterError)) throw error;
    if (error.code === 'notFound') return true;
    // It is asked again soon.
    if (error.retryable) return false;
    throw error;
  }
}
