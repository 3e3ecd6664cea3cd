import { formatMessage, message, type Message } from '../core/finding.ts';
import type { Explained } from '../platform/failure.ts';

export type ClusterErrorCode =
  | 'kubeconfigMissing'
  | 'kubeconfigInvalid'
  | 'unreachable'
  | 'unauthorized'
  | 'forbidden'
  | 'notFound'
  | 'conflict'
  | 'invalid'
  | 'rejected'
  | 'timeout'
  | 'throttled'
  | 'serverError'
  | 'answerTooLong'
  | 'certificate'
  | 'cancelled'
  | 'credentialPlugin';

/** One reason the server gave for refusing an object. */
export interface FieldCause {
  /** Field path inside the object (`spec.template.spec.containers[0].image`); `''` when the server named none. */
  readonly field: string;
  readonly message: string;
  /** The server's own word (`FieldValueInvalid`); `''` when it gave none. */
  readonly reason: string;
}

export interface ClusterErrorFacts {
  /** HTTP status; null when no answer came. */
  readonly status?: number | null;
  /** Name of the kubeconfig context; `''` when none is involved. */
  readonly context?: string;
  readonly details?: readonly FieldCause[];
  /** Whether the same request may succeed later without anyone changing anything. */
  readonly retryable?: boolean;
  /** Milliseconds the server asked to wait. */
  readonly retryAfterMs?: number | null;
  /** What a login program itself said. */
  readonly words?: string | null;
  readonly cause?: unknown;
}

/** Every failure of this room. `explanation` is one sentence: what happened, then what to do. */
export class ClusterError extends Error implements Explained {
  readonly code: ClusterErrorCode;
  readonly explanation: Message;
  readonly status: number | null;
  readonly context: string;
  readonly details: readonly FieldCause[];
  readonly retryable: boolean;
  readonly retryAfterMs: number | null;
  /** What a login program itself said; null where none spoke. */
  readonly words: string | null;

  constructor(code: ClusterErrorCode, explanation: Message, facts: ClusterErrorFacts = {}) {
    super(formatMessage(explanation), facts.cause === undefined ? undefined : { cause: facts.cause });
    this.name = 'ClusterError';
    this.code = code;
    this.explanation = explanation;
    this.status = facts.status ?? null;
    this.context = facts.context ?? '';
    this.details = facts.details ?? [];
    this.retryable = facts.retryable ?? false;
    this.retryAfterMs = facts.retryAfterMs ?? null;
    this.words = facts.words ?? null;
  }
}

/** Whose answer, or silence, is being explained. */
export interface ErrorOrigin {
  readonly context: string;
  readonly server: string;
}

/** `none`: the files hold no context at all. */
export function kubeconfigContextUnknown(
  context: string,
  files: readonly string[],
  none: boolean,
): ClusterError {
  const text = none
    ? message(
        'There is no kubeconfig with a context (looked in {0}). Run the login command of your cloud, or name the file in the settings.',
        files.join(', '),
      )
    : message(
        'No kubeconfig defines the context {0} (looked in {1}). Choose another context, or log in to the cluster again.',
        context,
        files.join(', '),
      );
  return new ClusterError('kubeconfigMissing', text, { context });
}

export function kubeconfigEntryMissing(
  context: string,
  file: string,
  kind: 'cluster' | 'user',
  name: string,
): ClusterError {
  const text =
    kind === 'cluster'
      ? message(
          'Context {0} names the cluster {1}, which no kubeconfig defines. Correct {2}.',
          context,
          name,
          file,
        )
      : message(
          'Context {0} names the user {1}, whom no kubeconfig defines. Correct {2}.',
          context,
          name,
          file,
        );
  return new ClusterError('kubeconfigInvalid', text, { context });
}

/** Something in the kubeconfig entry itself cannot be used; `what` is the reason in a few words. */
export function kubeconfigUnusable(context: string, what: string | Message, cause?: unknown): ClusterError {
  return new ClusterError(
    'kubeconfigInvalid',
    message(
      'The kubeconfig entry of {0} cannot be used: {1}. Correct the kubeconfig.',
      context,
      typeof what === 'string' ? sentence(what) : what,
    ),
    { context, cause },
  );
}

/** The login program of the kubeconfig failed; `words` are its own, or ours about them. */
export function credentialPluginFailed(
  context: string,
  command: string,
  words: string | Message,
  cause?: unknown,
): ClusterError {
  const own = typeof words === 'string' ? sentence(words) : null;
  return new ClusterError(
    'credentialPlugin',
    message(
      '{0} needs a login: {1} says “{2}”. Run the login command of your cloud, then Retry.',
      context,
      command.replace(/^.*[\\/]/, ''),
      own ?? words,
    ),
    { context, cause, words: own },
  );
}

export function credentialPluginMissing(
  context: string,
  command: string,
  hint: string,
  cause?: unknown,
): ClusterError {
  const text =
    hint === ''
      ? message(
          '{0} needs the program {1} to log in, and it is not in PATH. Install it, then Retry.',
          context,
          command,
        )
      : message(
          '{0} needs the program {1} to log in, and it is not in PATH: {2}',
          context,
          command,
          hint.trim(),
        );
  return new ClusterError('credentialPlugin', text, { context, cause });
}

export function cancelledError(context = ''): ClusterError {
  return new ClusterError('cancelled', message('Cancelled.'), { context });
}

export function connectTimeout({ context, server }: ErrorOrigin, seconds: number): ClusterError {
  return new ClusterError(
    'timeout',
    message(
      '{0} cannot be reached: no connection to {1} within {2} s. Check the network or VPN, then Retry.',
      context,
      server,
      seconds,
    ),
    { context, retryable: true },
  );
}

export function answerTimeout({ context }: ErrorOrigin, seconds: number): ClusterError {
  return new ClusterError(
    'timeout',
    message('{0} did not answer within {1} s. The cluster may be busy: Retry in a moment.', context, seconds),
    { context, retryable: true },
  );
}

/** The connection is there but what comes through it is not Kubernetes. */
export function unreadableAnswer({ context, server }: ErrorOrigin, cause?: unknown): ClusterError {
  return new ClusterError(
    'serverError',
    message(
      '{0} sent an answer that is not Kubernetes JSON. Check that {1} is the address of its API server.',
      context,
      server,
    ),
    { context, retryable: true, cause },
  );
}

/** An answer does not end, or is larger than anybody needs; `longest` in bytes. */
export function answerTooLong({ context, server }: ErrorOrigin, longest: number): ClusterError {
  return new ClusterError(
    'answerTooLong',
    message(
      '{0} sent an answer of more than {1} MB, which was given up. Look at less at once, such as one namespace, or check that {2} is the address of its API server, then Retry.',
      context,
      longest / 1_000_000,
      server,
    ),
    { context },
  );
}

/** The object is not the one the person looked at: same name, another UID or version. */
export function changedSince(context: string, object: string | Message): ClusterError {
  return new ClusterError(
    'conflict',
    message(
      '{0} changed in {1} since you looked. Look at it again, then repeat the action.',
      object,
      context,
    ),
    { context, status: 409 },
  );
}

export function objectGone(context: string, object: string): ClusterError {
  return new ClusterError(
    'notFound',
    message('{0} is not in {1} any more. Refresh, then choose again.', object, context),
    { context, status: 404 },
  );
}

export function notScalable(context: string, kind: string): ClusterError {
  return new ClusterError(
    'notFound',
    message(
      '{0} cannot be scaled: its number of pods is not set by hand. Choose a Deployment, StatefulSet or ReplicaSet.',
      kind,
    ),
    { context },
  );
}

export function kindUnknown(context: string, apiVersion: string, kind: string): ClusterError {
  return new ClusterError(
    'notFound',
    message(
      '{0} does not know {1} of {2}. Check apiVersion and kind, or install what provides it.',
      context,
      kind,
      apiVersion,
    ),
    { context, status: 404 },
  );
}

/** What was to be done, and where; see AccessQuestion. */
interface MissingRight {
  readonly verb: string;
  readonly resource: string;
  readonly subresource?: string;
  readonly namespace: string | null;
}

/** The person lacks a right; known before anything was tried. `reason` is the server's, often `''`. */
export function rightMissing(
  context: string,
  { verb, resource, subresource, namespace }: MissingRight,
  user: string,
  reason: string,
): ClusterError {
  const what = subresource === undefined ? resource : `${resource}/${subresource}`;
  const where = namespace === null ? context : `${context} / ${namespace}`;
  const text =
    reason === ''
      ? message(
          'You may not {0} {1} in {2}: no role gives {3} the verb {0} on {1}. Ask an administrator for it.',
          verb,
          what,
          where,
          user,
        )
      : message(
          'You may not {0} {1} in {2}: {4}. Ask an administrator for the verb {0} on {1} for {3}.',
          verb,
          what,
          where,
          user,
          sentence(reason),
        );
  return new ClusterError('forbidden', text, { context, status: 403 });
}

/** Somebody else's words as part of a sentence of ours: one line, not endless, without a full stop. */
export function sentence(words: string): string {
  const line = words
    .replace(/\s+/g, ' ')
    .trim()
    .replace(/[.\s]+$/, '');
  return line.length > 400 ? `${line.slice(0, 400)}…` : line;
}
