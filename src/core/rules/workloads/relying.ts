import type { Message } from '../../finding.ts';
import type { Field } from '../../schema/field.ts';
import type { ReportOptions, Visit } from '../rule.ts';

/**
 * Says what is wrong only because of how another field is set. Where that one is not written, and its default makes
 * the mistake, nothing is said in a patch: what is patched may have set it.
 */
export function reportRelying(
  field: Field,
  on: Field,
  text: Message,
  visit: Visit,
  options: ReportOptions = {},
): void {
  if (on.written || on.parent === null) visit.report(field, text, options);
  else visit.missing(on.parent, on.key, text, { path: field.path, range: field.range, ...options });
}
