/** Claims that only one node can mount at a time. */
import type { Reference } from '../../workspace/facts.ts';
import type { Located } from '../../workspace/lookup.ts';
import type { Relation } from '../rule.ts';
import { targetsOf } from './missing.ts';

const shared = new Set(['ReadWriteMany', 'ReadOnlyMany']);

export interface NodeBoundClaim {
  readonly reference: Reference;
  readonly claim: Located;
  readonly mode: string;
}

/** The claims of the workspace that a workload mounts and that one node, or one pod, has for itself. */
export function nodeBoundClaims(relation: Relation): readonly NodeBoundClaim[] {
  return relation.here.facts.references.flatMap((reference) => {
    if (reference.kind !== 'PersistentVolumeClaim') return [];
    const claims = targetsOf(reference, relation);
    const [claim] = claims;
    const bound = claims.every((one) => {
      const { particulars } = one.facts;
      if (particulars?.of !== 'claim' || particulars.accessModes.length === 0) return false;
      return !relation.workspace.mayDiffer(one) && !particulars.accessModes.some((mode) => shared.has(mode));
    });
    if (claim === undefined || !bound || claim.facts.particulars?.of !== 'claim') return [];
    return [{ reference, claim, mode: claim.facts.particulars.accessModes[0] ?? 'ReadWriteOnce' }];
  });
}
