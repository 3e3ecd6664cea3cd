import { message } from '../../finding.ts';
import type { Field } from '../../schema/field.ts';
import type { Visit } from '../rule.ts';
import { isEmptyList } from '../values.ts';

function hasStar(list: Field): boolean {
  return list.items().some((item) => item.text() === '*');
}

/** Says that a list has nothing in it, or something beside the `*` that stands for all. Whether it names what it means. */
export function checkStarredList(parent: Field, key: string, visit: Visit): boolean {
  const list = parent.get(key);
  if (isEmptyList(list)) {
    visit.missing(parent, key, message('{0} needs an item; add one, or "*" for all', key));
    return false;
  }
  return checkStar(list, visit);
}

/** Says that something stands beside the `*` that stands for all. Whether a list has none. */
export function checkStar(list: Field, visit: Visit): boolean {
  if (!hasStar(list)) return true;
  if (list.items().length > 1)
    visit.report(list, message('"*" in {0} stands for all; remove the others', list.key));
  return false;
}
