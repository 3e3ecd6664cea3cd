import type { Session } from './model.ts';

export interface AccessQuestion {
  readonly verb: string;
  /** `''` for the core group. */
  readonly group: string;
  /** Plural: `deployments`. */
  readonly resource: string;
  readonly subresource?: string;
  /** null: cluster-wide. */
  readonly namespace: string | null;
  readonly name?: string;
}

export interface AccessAnswer {
  readonly allowed: boolean;
  /** The server's words; often `''`. */
  readonly reason: string;
}

/** Asks the server whether the signed-in user may do something (SelfSubjectAccessReview). */
export function canI(
  _session: Session,
  _question: AccessQuestion,
  _signal?: AbortSignal,
): Promise<AccessAnswer> {
  throw new Error('not built yet');
}
