import { formatMessage, type Message } from '../core/finding.ts';
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
  }
}
