import { message } from '../../finding.ts';
import type { Field } from '../../schema/field.ts';
import type { Visit } from '../rule.ts';

const mutating: ReadonlySet<string> = new Set(['*', 'CREATE', 'UPDATE', 'CONNECT']);

/** What is deleted cannot be changed any more. The server names the place without its indices. */
export function checkMutatingOperations(match: Field, visit: Visit): void {
  for (const rule of match.get('resourceRules').items()) {
    for (const operation of rule.get('operations').items()) {
      const text = operation.text();
      if (text === null || mutating.has(text)) continue;
      visit.report(operation, message('A mutating policy cannot act on {0}; use CREATE or UPDATE', text), {
        path: `${match.get('resourceRules').path}.operations`,
      });
    }
  }
}
