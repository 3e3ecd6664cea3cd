import { ClusterError } from './errors.ts';
import type { Session } from './model.ts';

/** What is asked of the rules, without a request for each question. */
export interface RuleQuestion {
  readonly verb: string;
  /** `''` for the core group. */
  readonly group: string;
  /** Plural: `deployments`. */
  readonly resource: string;
  readonly subresource?: string;
  /** Without it the question is about any object of the resource. */
  readonly name?: string;
}

/** What the signed-in user may do in one namespace, or cluster-wide. */
export interface AccessRules {
  /**
   * null: unknown. Either the server could not list every rule (an authorizer that cannot tell, a role that is
   * missing), or the answer depends on a name the question leaves open.
   */
  allows(question: RuleQuestion): boolean | null;
  /** Whether what no rule allows is known to be forbidden. */
  readonly complete: boolean;
}

interface ResourceRule {
  readonly verbs?: readonly string[];
  readonly apiGroups?: readonly string[];
  readonly resources?: readonly string[];
  readonly resourceNames?: readonly string[];
}

interface RulesReview {
  readonly status?: {
    readonly resourceRules?: readonly ResourceRule[];
    readonly incomplete?: boolean;
    readonly evaluationError?: string;
  };
}

const keptMs = 60_000;
/** No namespace can have this name, so what is allowed in it is allowed by cluster-wide bindings alone. */
const nowhere = '-';

interface Kept {
  /** On the monotonic clock. */
  readonly askedAt: number;
  readonly rules: Promise<AccessRules>;
}

const kept = new WeakMap<Session, Map<string, Kept>>();

/**
 * The rules of the signed-in user in a namespace, or with null those that hold everywhere
 * (SelfSubjectRulesReview). Asked once a minute at most, whoever asks. A server that does not list rules makes all of
 * them unknown; rejects when it cannot be asked.
 */
export function accessRules(session: Session, namespace: string | null): Promise<AccessRules> {
  const answers = answersOf(session);
  const place = namespace ?? nowhere;
  const known = answers.get(place);
  if (known !== undefined && performance.now() - known.askedAt < keptMs) return known.rules;
  const rules = review(session, place);
  const answer = { askedAt: performance.now(), rules };
  answers.set(place, answer);
  // A failure is the asker's to see, not the next one's to inherit.
  rules.catch(() => {
    if (answers.get(place) === answer) answers.delete(place);
  });
  return rules;
}

function answersOf(session: Session): Map<string, Kept> {
  const known = kept.get(session);
  if (known !== undefined) return known;
  const answers = new Map<string, Kept>();
  kept.set(session, answers);
  // Another login may be another user. The listener ends with the session.
  session.onDidReconnect(() => answers.clear());
  return answers;
}

async function review(session: Session, namespace: string): Promise<AccessRules> {
  try {
    const { status } = await session.request<RulesReview>(
      '/apis/authorization.k8s.io/v1/selfsubjectrulesreviews',
      {
        method: 'POST',
        body: {
          apiVersion: 'authorization.k8s.io/v1',
          kind: 'SelfSubjectRulesReview',
          spec: { namespace },
        },
      },
    );
    const complete =
      status !== undefined && status.incomplete !== true && (status.evaluationError ?? '') === '';
    return new ReviewedRules(status?.resourceRules ?? [], complete);
  } catch (error) {
    if (!(error instanceof ClusterError) || !tellsNothing.has(error.code)) throw error;
    session.log.info(`${session.context.name} does not tell what its user may do: ${error.message}`);
    return new ReviewedRules([], false);
  }
}

/** Answers of a server that has no such review, or does not give it to this user. */
const tellsNothing: ReadonlySet<string> = new Set(['forbidden', 'notFound', 'rejected', 'invalid']);

class ReviewedRules implements AccessRules {
  readonly #rules: readonly ResourceRule[];
  readonly complete: boolean;

  constructor(rules: readonly ResourceRule[], complete: boolean) {
    this.#rules = rules;
    this.complete = complete;
  }

  allows(question: RuleQuestion): boolean | null {
    const matching = this.#rules.filter((rule) => covers(rule, question));
    const named = matching.filter(({ resourceNames = [] }) => resourceNames.length > 0);
    if (matching.length > named.length) return true;
    const { name } = question;
    if (name === undefined) return named.length > 0 || !this.complete ? null : false;
    if (named.some(({ resourceNames = [] }) => resourceNames.includes(name))) return true;
    return this.complete ? false : null;
  }
}

/** As RBAC matches: `*` is any, and for a subresource `pods/log`, `*` and any resource’s `log` count, `pods/*` does not. */
function covers(rule: ResourceRule, { verb, group, resource, subresource }: RuleQuestion): boolean {
  const has = (values: readonly string[] | undefined, ...wanted: string[]): boolean =>
    values?.some((value) => value === '*' || wanted.includes(value)) ?? false;
  const resources =
    subresource === undefined ? [resource] : [`${resource}/${subresource}`, `*/${subresource}`];
  return has(rule.verbs, verb) && has(rule.apiGroups, group) && has(rule.resources, ...resources);
}
