import { ClusterError, rightMissing } from './errors.ts';
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
export async function canI(
  session: Session,
  question: AccessQuestion,
  signal?: AbortSignal,
): Promise<AccessAnswer> {
  const { namespace, ...attributes } = question;
  const review = await session.request<{ status?: { allowed?: boolean; reason?: string } }>(
    '/apis/authorization.k8s.io/v1/selfsubjectaccessreviews',
    {
      method: 'POST',
      body: {
        apiVersion: 'authorization.k8s.io/v1',
        kind: 'SelfSubjectAccessReview',
        spec: { resourceAttributes: { ...attributes, ...(namespace !== null && { namespace }) } },
      },
      ...(signal !== undefined && { signal }),
    },
  );
  return { allowed: review.status?.allowed === true, reason: review.status?.reason ?? '' };
}

/**
 * Rejects with `forbidden`, naming the right that is missing and whom it is missing for. A server that gives no
 * reviews to this user is asked by the action itself.
 */
export async function requireAccess(
  session: Session,
  question: AccessQuestion,
  signal?: AbortSignal,
): Promise<void> {
  let answer: AccessAnswer;
  try {
    answer = await canI(session, question, signal);
  } catch (error) {
    if (error instanceof ClusterError && (error.code === 'forbidden' || error.code === 'notFound')) return;
    throw error;
  }
  if (answer.allowed) return;
  throw rightMissing(session.context.name, question, await userName(session, signal), answer.reason);
}

/** The user as the server knows them; as the kubeconfig calls them where it does not say. */
async function userName(session: Session, signal?: AbortSignal): Promise<string> {
  try {
    const review = await session.request<{ status?: { userInfo?: { username?: string } } }>(
      '/apis/authentication.k8s.io/v1/selfsubjectreviews',
      {
        method: 'POST',
        body: { apiVersion: 'authentication.k8s.io/v1', kind: 'SelfSubjectReview' },
        ...(signal !== undefined && { signal }),
      },
    );
    return review.status?.userInfo?.username ?? session.context.user;
  } catch (error) {
    // Servers before 1.28 have no such review.
    if (error instanceof ClusterError && error.code !== 'cancelled') return session.context.user;
    throw error;
  }
}
