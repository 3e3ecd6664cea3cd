import { formatMessage, message, type Message } from '../core/index.ts';
import type { Explained } from '../platform/failure.ts';

export type EngineErrorCode =
  /** No engine on the PATH, or not the one that was asked for. */
  | 'notInstalled'
  /** The client is there, its daemon does not answer. */
  | 'notRunning'
  /** The daemon's socket belongs to a group this user is not in. */
  | 'permissionDenied'
  /** Client and daemon have no API version in common. */
  | 'incompatible'
  | 'invalidReference'
  /** What to build or push is not there: Dockerfile, context folder, local image. */
  | 'notFound'
  | 'buildFailed'
  /** The registry does not answer, or answers something else than a registry does. */
  | 'unreachable'
  /** The registry speaks HTTP where the engine insists on HTTPS. */
  | 'plainHttp'
  | 'certificate'
  /** The registry wants a login. */
  | 'unauthorized'
  /** The registry knows the login and refuses it this repository. */
  | 'denied'
  /** The registry answered and refused for another reason. */
  | 'pushRefused'
  | 'cancelled';

export interface EngineErrorDetails {
  /** Line of the Dockerfile that failed, from 1; null when the engine did not tell. */
  readonly line?: number | null;
  /** What the engine printed, for the log. */
  readonly output?: string;
}

/** A failure of a container engine as one sentence: what happened, and what to do. */
export class EngineError extends Error implements Explained {
  readonly code: EngineErrorCode;
  readonly explanation: Message;
  readonly line: number | null;
  readonly output: string;

  constructor(code: EngineErrorCode, explanation: Message, details: EngineErrorDetails = {}) {
    super(formatMessage(explanation));
    this.name = 'EngineError';
    this.code = code;
    this.explanation = explanation;
    this.line = details.line ?? null;
    this.output = details.output ?? '';
  }
}

export function cancelled(): EngineError {
  return new EngineError('cancelled', message('Cancelled.'));
}
