import { message } from '../../finding.ts';
import type { Field } from '../../schema/field.ts';
import type { Visit } from '../rule.ts';
import { listOf } from '../values.ts';

/** How a probe may look, in the order in which the server does. */
export const probeHandlers: readonly string[] = ['exec', 'httpGet', 'tcpSocket', 'grpc'];

/** Says that a probe or a hook acts in no way, or in more than one: the server takes the first and refuses the rest. */
export function checkHandler(owner: Field, kinds: readonly string[], visit: Visit): void {
  let first: string | null = null;
  for (const kind of kinds) {
    if (!owner.has(kind) || !owner.get(kind).written) continue;
    if (first === null) first = kind;
    else
      visit.report(owner.get(kind), message('{0} has {1} already; remove one of them', owner.key, first), {
        range: owner.get(kind).head,
      });
  }
  if (first === null && owner.parent !== null)
    visit.missing(owner.parent, owner.key, message('{0} does nothing; add {1}', owner.key, listOf(kinds)));
}
