import { message } from '../../finding.ts';
import type { Field } from '../../schema/field.ts';
import { isDnsSubdomain } from '../names.ts';
import type { Visit } from '../rule.ts';
import { requireText } from '../values.ts';

const LONGEST_DRIVER = 63;

/** Says that a field cannot be the name of a storage driver: a DNS name of up to 63 characters, capitals allowed. */
export function checkCsiDriver(parent: Field, key: string, visit: Visit): void {
  if (!requireText(parent, key, visit)) return;
  const name = parent.get(key).text();
  if (name === null || (name.length <= LONGEST_DRIVER && isDnsSubdomain(name.toLowerCase()))) return;
  visit.report(
    parent.get(key),
    message('"{0}" is no name of a storage driver; write one such as csi.example.com', name),
  );
}
