import { message } from '../../finding.ts';
import type { Field } from '../../schema/field.ts';
import { checkItems, qualifiedName } from '../forms.ts';
import type { Visit } from '../rule.ts';

/**
 * `matchLabelKeys` and `mismatchLabelKeys` of a term of pod affinity or of a topology spread: labels whose values the
 * server takes over from the pod, into the `labelSelector` beside them.
 */
export function checkMatchLabelKeys(term: Field, visit: Visit): void {
  const same = term.get('matchLabelKeys');
  const other = term.get('mismatchLabelKeys');
  if (!same.written && !other.written) return;
  checkKeys(term, same, visit);
  checkKeys(term, other, visit);
  const excluded = new Set(other.items().map((item) => item.text()));
  for (const item of same.items()) {
    const key = item.text();
    if (key !== null && excluded.has(key))
      visit.report(item, message('{0} is both in matchLabelKeys and in mismatchLabelKeys; remove one', key));
  }
  if (same.items().length > 0) checkSelector(term, same, visit);
}

function checkKeys(term: Field, keys: Field, visit: Visit): void {
  if (keys.items().length === 0) return;
  if (!term.get('labelSelector').written) {
    const text = message('{0} adds to a labelSelector; add labelSelector beside it', keys.key);
    if (!visit.context.patch) visit.report(keys, text);
    return;
  }
  checkItems(keys, qualifiedName, visit);
}

/** A key may not be asked for twice: by itself in the selector, and again with the value of the pod. */
function checkSelector(term: Field, keys: Field, visit: Visit): void {
  const selector = term.get('labelSelector');
  const asked = new Set(
    selector
      .get('matchLabels')
      .entries()
      .map(({ key }) => key),
  );
  const own = labelsOfPod(term);
  const added = keys.items().filter((item) => own.has(item.text() ?? ''));
  const expressions = selector.get('matchExpressions').items();
  for (const place of [...expressions.map((expression) => expression.get('key')), ...added]) {
    const key = place.text();
    if (key === null) continue;
    if (asked.has(key) && keys.items().some((item) => item.text() === key))
      visit.report(place, message('{0} is both in matchLabelKeys and in labelSelector; remove one', key));
    asked.add(key);
  }
}

/** Labels of a Pod; of a template none, as the server adds them when it makes a Pod of it. */
function labelsOfPod(term: Field): ReadonlySet<string> {
  const labels = term.up('core/v1.Pod')?.at('metadata.labels').entries() ?? [];
  return new Set(labels.map(({ key }) => key));
}
