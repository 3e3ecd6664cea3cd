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
