import { formatMessage, message, type Message } from '../../core/index.ts';
import type { Explained } from '../../platform/failure.ts';

export type RenderErrorCode =
  /** No program that can do it is on the PATH. */
  | 'notInstalled'
  /** The folder holds neither a kustomization nor a chart. */
  | 'notFound'
  /** The program ran and refused. */
  | 'renderFailed'
  | 'timeout'
  /** What it prints has no end anyone would wait for. */
  | 'tooLarge'
  | 'cancelled';

/** A place in a source file the program found fault with; counted from 0. */
export interface RenderFault {
  readonly path: string;
  readonly line: number;
  readonly character: number;
}

/** Why there is no rendered output, as one sentence: what happened, and what to do. */
export class RenderError extends Error implements Explained {
  readonly code: RenderErrorCode;
  readonly explanation: Message;
  /** What the program printed, for the log. */
  readonly output: string;
  readonly fault: RenderFault | null;

  constructor(
    code: RenderErrorCode,
    explanation: Message,
    details: { readonly output?: string; readonly fault?: RenderFault | null } = {},
  ) {
    super(formatMessage(explanation));
    this.name = 'RenderError';
    this.code = code;
    this.explanation = explanation;
    this.output = details.output ?? '';
    this.fault = details.fault ?? null;
  }
}

export function renderCancelled(): RenderError {
  return new RenderError('cancelled', message('Cancelled.'));
}
