import { formatMessage, message, type Message } from '../core/finding.ts';

/** An error that already is a sentence for the person: what happened and what to do. Cluster and engine errors are such. */
export interface Explained {
  readonly explanation: Message;
}

export function isExplained(error: unknown): error is Error & Explained {
  return error instanceof Error && 'explanation' in error;
}

/** What a feature refuses by itself: one sentence. A subclass has a name, for the log. */
export class ExplainedError extends Error implements Explained {
  readonly explanation: Message;

  constructor(explanation: Message) {
    super(formatMessage(explanation));
    this.explanation = explanation;
  }
}

/** The person turned away or pressed Cancel: nothing to report. */
export class CancelledError extends ExplainedError {
  override readonly name = 'CancelledError';

  constructor() {
    super(message('Cancelled.'));
  }
}

/** Whether an error is somebody's wish rather than a fault: CancelledError, an aborted signal, or a code `cancelled`. */
export function isCancellation(error: unknown): boolean {
  return (
    error instanceof Error &&
    (error.name === 'CancelledError' ||
      error.name === 'AbortError' ||
      error.name === 'Canceled' ||
      ('code' in error && error.code === 'cancelled'))
  );
}

/** Whether the same may succeed later without anyone changing anything: the cluster did not answer, or was busy. */
export function isRetryable(error: unknown): boolean {
  return error instanceof Error && 'retryable' in error && error.retryable === true;
}

/** The sentence shown to a person; `translate` turns an English template into their language. */
export function explain(error: unknown, translate?: (template: string) => string): string {
  if (isExplained(error)) return formatMessage(error.explanation, translate);
  return error instanceof Error ? error.message : String(error);
}
