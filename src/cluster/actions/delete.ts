import { message, type Message } from '../../core/finding.ts';
import { fieldsIn, listIn } from '../apply/json.ts';
import { cancelledError, ClusterError } from '../errors.ts';
import type { KubeObject, ObjectRef, RequestOptions, Session } from '../model.ts';
import { metaOf, readObject } from '../objects.ts';
import { pause } from '../store/timing.ts';
import { preconditionOf, writeGuarded } from './guarded.ts';

/** What becomes of the objects it owns: deleted after it, before it, or left without an owner. */
export type Propagation = 'Background' | 'Foreground' | 'Orphan';

export interface DeleteOptions {
  /** The object as the person saw it when they agreed. */
  readonly seen: KubeObject;
  /** Default Background. */
  readonly propagation?: Propagation;
  /** Default: the object's own. 0: at once, whatever it is doing. */
  readonly gracePeriodSeconds?: number;
  readonly signal?: AbortSignal;
}

/**
 * Asks the server to delete an object that still is what the person saw. It may live on for a while: see
 * `untilGone`. One that is gone already is no error.
 */
export async function deleteObject(session: Session, ref: ObjectRef, options: DeleteOptions): Promise<void> {
  const { seen, propagation = 'Background', gracePeriodSeconds, signal } = options;
  const request = (live: KubeObject): RequestOptions => ({
    method: 'DELETE',
    body: {
      apiVersion: 'v1',
      kind: 'DeleteOptions',
      propagationPolicy: propagation,
      ...(gracePeriodSeconds !== undefined && { gracePeriodSeconds }),
      preconditions: preconditionOf(live),
    },
  });
  // A kind that is not served any more is an error: of its objects nothing is known.
  await session.resource(ref.apiVersion, ref.kind);
  try {
    await writeGuarded(session, ref, seen, request, signal);
  } catch (error) {
    if (!isGone(error)) throw error;
  }
}

export interface UntilGoneOptions {
  readonly signal: AbortSignal;
  /** Called with what holds the object, or keeps us from looking, whenever that changes; null while nothing is known to. */
  readonly onHeld?: (by: Message | null) => void;
  /** Longest wait between two looks, in ms; more where many objects are waited for. Default 2 s. */
  readonly paceMs?: number;
}

const firstLookMs = 150;
const longestLookMs = 2_000;

/**
 * Resolves once an object of this UID is no more. Rejects with a ClusterError: `cancelled` when nobody waits any longer,
 * or when it may not be looked at; a server that is away for a while is waited for.
 */
export async function untilGone(
  session: Session,
  ref: ObjectRef,
  { signal, onHeld, paceMs = longestLookMs }: UntilGoneOptions,
): Promise<void> {
  let told: string | null = null;
  for (let wait = firstLookMs; ; wait = Math.min(wait * 1.5, paceMs)) {
    let held: Message | null;
    try {
      held = heldBy(await readObject(session, ref, signal));
    } catch (error) {
      if (isGone(error)) return;
      if (!(error instanceof ClusterError) || !error.retryable) throw error;
      held = error.explanation;
    }
    const text = held === null ? null : JSON.stringify(held);
    if (text !== told) onHeld?.(held);
    told = text;
    await pause(wait, signal);
    if (signal.aborted) throw cancelledError(session.context.name);
  }
}

export function isGone(error: unknown): boolean {
  return error instanceof ClusterError && error.code === 'notFound';
}

/** Why an object that is being deleted is still there; null when it is not being deleted, or nothing says so. */
export function heldBy(object: KubeObject): Message | null {
  const metadata = metaOf(object) as { readonly deletionTimestamp?: string; readonly finalizers?: unknown };
  if (metadata.deletionTimestamp === undefined) return null;
  const finalizers = Array.isArray(metadata.finalizers) ? metadata.finalizers.map(String) : [];
  if (finalizers.includes('foregroundDeletion')) return message('what it owns is deleted first');
  if (finalizers.length > 0) {
    return message('it waits for {0} to finish (finalizers)', finalizers.join(', '));
  }
  return object.kind === 'Namespace' ? namespaceHeldBy(object) : null;
}

/** A namespace tells in its conditions what is left in it. */
function namespaceHeldBy(namespace: KubeObject): Message | null {
  const remaining = listIn(fieldsIn(namespace, 'status'), 'conditions').filter(
    ({ status, type }) => status === 'True' && type !== 'NamespaceDeletionContentSuccess',
  );
  const words = remaining.map(({ message: text }) => String(text));
  return words.length === 0 ? message('what is in it is deleted first') : message('{0}', words.join('; '));
}
