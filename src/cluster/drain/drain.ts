import { message, type Message } from '../../core/finding.ts';
import { setSchedulable } from '../actions/workloads.ts';
import { ClusterError } from '../errors.ts';
import type { Session } from '../model.ts';
import { metaOf } from '../objects.ts';
import { type EvictionStep, evictPod } from './evict.ts';
import { type DrainPlan, podsOn } from './plan.ts';
import type { DrainPod } from './pods.ts';

export interface DrainOptions {
  /** What the person agreed to lose. */
  readonly consent: { readonly unmanaged: boolean; readonly emptyDir: boolean };
  readonly signal: AbortSignal;
  /** Milliseconds after which what is still there stays; default: until cancelled. */
  readonly timeoutMs?: number;
  readonly onProgress?: (progress: DrainProgress) => void;
}

export interface DrainProgress {
  readonly gone: number;
  readonly all: number;
  /** The pod that moved last, and how far. */
  readonly pod: DrainPod;
  readonly step: EvictionStep;
}

export type DrainResult = 'drained' | 'incomplete' | 'cancelled' | 'timeout';

export interface DrainOutcome {
  readonly result: DrainResult;
  readonly gone: readonly DrainPod[];
  /** What is still on the node although it was to leave, and why. */
  readonly stayed: readonly { readonly pod: DrainPod; readonly why: Message }[];
  /** Pods that belong to the node. */
  readonly skipped: readonly DrainPod[];
}

/**
 * Cordons a node and evicts its pods. The node stays cordoned whatever comes of it. Rejects only when it could not be
 * cordoned, or its pods could not be listed.
 */
export async function drainNode(
  session: Session,
  { node }: DrainPlan,
  options: DrainOptions,
): Promise<DrainOutcome> {
  const { signal, timeoutMs } = options;
  const { name } = metaOf(node);
  const ref = { apiVersion: 'v1', kind: 'Node', name, namespace: null };
  await setSchedulable(session, { ref, seen: node, signal }, false);
  // From here on no pod comes; those that came since the plan was made are among these.
  const pods = await podsOn(session, name, signal);
  const timeout = timeoutMs === undefined ? null : AbortSignal.timeout(timeoutMs);
  const until = timeout === null ? signal : AbortSignal.any([signal, timeout]);
  return new Drain(session, pods, options).run(until, () =>
    signal.aborted ? 'cancelled' : timeout?.aborted === true ? 'timeout' : null,
  );
}

class Drain {
  readonly #session: Session;
  readonly #options: DrainOptions;
  readonly #skipped: readonly DrainPod[];
  readonly #evicted: readonly DrainPod[];
  readonly #withheld: readonly DrainPod[];
  readonly #steps = new Map<DrainPod, EvictionStep>();

  constructor(session: Session, pods: readonly DrainPod[], options: DrainOptions) {
    this.#session = session;
    this.#options = options;
    const { consent } = options;
    const belongs = ({ lot }: DrainPod): boolean => lot === 'daemonSet' || lot === 'mirror';
    const refused = ({ lot, leaving }: DrainPod): boolean =>
      !leaving && ((lot === 'unmanaged' && !consent.unmanaged) || (lot === 'emptyDir' && !consent.emptyDir));
    this.#skipped = pods.filter(belongs);
    this.#withheld = pods.filter((pod) => !belongs(pod) && refused(pod));
    this.#evicted = pods.filter((pod) => !belongs(pod) && !refused(pod));
  }

  async run(signal: AbortSignal, ended: () => 'cancelled' | 'timeout' | null): Promise<DrainOutcome> {
    // All at once, as the pods of one budget may be held back for long; a node holds some hundred.
    await Promise.all(this.#evicted.map((pod) => this.#evict(pod, signal)));
    const gone = this.#evicted.filter((pod) => this.#steps.get(pod)?.step === 'gone');
    const stayed = [
      ...this.#evicted
        .filter((pod) => !gone.includes(pod))
        .map((pod) => ({ pod, why: this.#whyStayed(pod) })),
      ...this.#withheld.map((pod) => ({ pod, why: withheld(pod) })),
    ];
    const result = stayed.length === 0 ? 'drained' : (ended() ?? 'incomplete');
    return { result, gone, stayed, skipped: this.#skipped };
  }

  async #evict(pod: DrainPod, signal: AbortSignal): Promise<void> {
    try {
      await evictPod(this.#session, pod, signal, (step) => this.#note(pod, step));
    } catch (error) {
      if (!(error instanceof ClusterError) || error.code !== 'cancelled') throw error;
    }
  }

  #note(pod: DrainPod, step: EvictionStep): void {
    this.#steps.set(pod, step);
    const gone = [...this.#steps.values()].filter((one) => one.step === 'gone').length;
    this.#options.onProgress?.({ gone, all: this.#evicted.length, pod, step });
  }

  #whyStayed(pod: DrainPod): Message {
    const step = this.#steps.get(pod);
    switch (step?.step) {
      case 'waiting':
      case 'failed':
        return step.why;
      case 'leaving':
        return step.why ?? message('it is ending');
      default:
        return message('it was not evicted yet');
    }
  }
}

function withheld({ lot }: DrainPod): Message {
  return lot === 'unmanaged'
    ? message('no controller would make it again')
    : message('what it keeps in emptyDir volumes would be lost');
}
