/** What LimitRanges and ResourceQuotas say of the objects of their namespace. */
import type { Amounts, LimitFacts } from '../../workspace/facts.ts';
import type { Located, Lookup } from '../../workspace/lookup.ts';
import { isLive, standTogether } from './places.ts';

/**
 * The LimitRanges or quotas of an object's namespace. Where the namespace is not written in both, they have to stand
 * together: most files are deployed to more than one. What a cluster has wins over a file of the same name.
 */
export function governing(
  kind: 'LimitRange' | 'ResourceQuota',
  object: Located,
  workspace: Lookup,
): readonly Located[] {
  const { namespace } = object.facts;
  const found = workspace.ofKind(kind, namespace).filter((one) => {
    if (workspace.mayDiffer(one)) return false;
    if (isLive(one) || standTogether(one, object)) return true;
    return namespace !== null && one.facts.namespace === namespace;
  });
  const live = new Set(found.filter(isLive).map(({ facts }) => facts.name));
  const counting = found.filter((one) => isLive(one) || !live.has(one.facts.name));
  // Beside those of several namespaces, an object that names none may go to any of them.
  const written = counting.filter((one) => !isLive(one) && one.facts.namespace !== null);
  const isOpen = namespace === null && new Set(written.map(({ facts }) => facts.namespace)).size > 1;
  return isOpen ? counting.filter((one) => !written.includes(one)) : counting;
}

/** The entries of a type of all LimitRanges, with the LimitRange each is of. */
export function limitsOf(
  type: LimitFacts['type'],
  object: Located,
  workspace: Lookup,
): readonly { readonly limit: LimitFacts; readonly range: Located }[] {
  return governing('LimitRange', object, workspace).flatMap((range) => {
    const { particulars } = range.facts;
    if (particulars?.of !== 'limits') return [];
    return particulars.limits.filter((limit) => limit.type === type).map((limit) => ({ limit, range }));
  });
}

export interface Defaults {
  readonly requests: Amounts;
  readonly limits: Amounts;
}

/** What a container gets that says nothing: of a LimitRange itself, the server fills in what follows from the rest. */
function defaultsOf(limit: LimitFacts): Defaults {
  const limits = { ...limit.max, ...limit.default };
  return { limits, requests: { ...limit.min, ...limits, ...limit.defaultRequest } };
}

export function defaultsFor(object: Located, workspace: Lookup): Defaults {
  const all = limitsOf('Container', object, workspace).map(({ limit }) => defaultsOf(limit));
  // Of several the first one counts.
  return all.reduceRight<Defaults>(
    (before, one) => ({
      limits: { ...before.limits, ...one.limits },
      requests: { ...before.requests, ...one.requests },
    }),
    { limits: {}, requests: {} },
  );
}
