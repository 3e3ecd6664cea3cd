import { message, type Message } from '../../core/finding.ts';
import { isGone, untilGone } from '../actions/delete.ts';
import { cancelledError, ClusterError } from '../errors.ts';
import type { Session } from '../model.ts';
import { readObject, resourcePath } from '../objects.ts';
import { pods } from '../pods.ts';
import { jittered, pause } from '../store/timing.ts';
import type { DrainPod } from './pods.ts';

/** How far a pod has come; `why` in the cluster's words. */
export type EvictionStep =
  | { readonly step: 'evicting' }
  /** Refused for now; asked again. `budget`: the PodDisruptionBudget, where the server names it. */
  | { readonly step: 'waiting'; readonly budget: string | null; readonly why: Message }
  /** The server agreed; the pod ends. `why`: what holds it, null when nothing is known to. */
  | { readonly step: 'leaving'; readonly why: Message | null }
  | { readonly step: 'gone' }
  | { readonly step: 'failed'; readonly why: Message };

/** First and longest wait before a refused eviction is asked for again, in ms. */
const waits = [500, 5_000] as const;
/** Longest time between two looks whether a pod is gone, in ms: a node holds some hundred. */
const longestLookMs = 3_000;

/**
 * Evicts a pod and waits until it is gone. Rejects with `cancelled` when the signal ends it; every other end is a step
 * of `gone` or `failed`.
 */
export async function evictPod(
  session: Session,
  pod: DrainPod,
  signal: AbortSignal,
  onStep: (step: EvictionStep) => void,
): Promise<void> {
  try {
    if (!pod.leaving) {
      onStep({ step: 'evicting' });
      await askUntilAgreed(session, pod, signal, onStep);
    }
    onStep({ step: 'leaving', why: null });
    const onHeld = (why: Message | null): void => onStep({ step: 'leaving', why });
    await untilGone(session, refOf(pod), { signal, onHeld, paceMs: longestLookMs });
    onStep({ step: 'gone' });
  } catch (error) {
    if (signal.aborted) throw cancelledError(session.context.name);
    if (isGone(error)) onStep({ step: 'gone' });
    else onStep({ step: 'failed', why: wordsOf(error) });
  }
}

async function askUntilAgreed(
  session: Session,
  pod: DrainPod,
  signal: AbortSignal,
  onStep: (step: EvictionStep) => void,
): Promise<void> {
  const { namespace, name, uid } = pod;
  const path = resourcePath(pods, namespace, name, 'eviction');
  const body = {
    apiVersion: 'policy/v1',
    kind: 'Eviction',
    metadata: { name, namespace },
    deleteOptions: { preconditions: { uid } },
  };
  for (let wait: number = waits[0]; ; wait = Math.min(wait * 1.6, waits[1])) {
    try {
      await session.request(path, { method: 'POST', body, signal });
      return;
    } catch (error) {
      // The pod was replaced by one of its name, as a StatefulSet does: this one is gone.
      if (isConflict(error) && (await isAnother(session, pod, signal))) return;
      const refusal = refusedForNow(error);
      if (refusal === null) throw error;
      onStep(refusal);
      await pause(Math.max(jittered(wait), (error as ClusterError).retryAfterMs ?? 0), signal);
      if (signal.aborted) throw cancelledError(session.context.name);
    }
  }
}

/** The waiting step for a refusal that time may undo; null for one that stays. */
function refusedForNow(error: unknown): EvictionStep | null {
  if (!(error instanceof ClusterError)) return null;
  const { code, details } = error;
  if (code === 'throttled') {
    const cause = details.find(({ reason }) => reason === 'DisruptionBudget');
    if (cause === undefined) return { step: 'waiting', budget: null, why: error.explanation };
    const budget = /disruption budget (\S+)/.exec(cause.message)?.[1] ?? null;
    return { step: 'waiting', budget, why: message('{0}', cause.message) };
  }
  // The pods of a namespace that is being deleted go by themselves.
  if (details.some(({ reason }) => reason === 'NamespaceTerminating')) {
    return { step: 'waiting', budget: null, why: message('its namespace is being deleted') };
  }
  return code === 'timeout' || code === 'unreachable' || isConflict(error) || isBusy(error)
    ? { step: 'waiting', budget: null, why: error.explanation }
    : null;
}

/** A server that is down for a moment; more than one budget for a pod is also told as status 500, and stays. */
function isBusy({ code, status, message: words }: ClusterError): boolean {
  return code === 'serverError' && !(status === 500 && /PodDisruptionBudget/.test(words));
}

function isConflict(error: unknown): boolean {
  return error instanceof ClusterError && error.code === 'conflict';
}

async function isAnother(session: Session, pod: DrainPod, signal: AbortSignal): Promise<boolean> {
  const live = await readObject(session, refOf(pod), signal).catch((error: unknown) => {
    if (isGone(error)) return null;
    throw error;
  });
  return live === null;
}

function refOf({ name, namespace, uid }: DrainPod) {
  return { apiVersion: 'v1', kind: 'Pod', name, namespace, uid };
}

function wordsOf(error: unknown): Message {
  return error instanceof ClusterError ? error.explanation : message('{0}', String(error));
}
