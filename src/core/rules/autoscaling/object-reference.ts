import { message } from '../../finding.ts';
import type { Field } from '../../schema/field.ts';
import { pathSegment } from '../forms.ts';
import type { Visit } from '../rule.ts';
import { goText, tell } from '../values.ts';

/** Checks a `CrossVersionObjectReference`. `group`: it has to name an API group, as all that can be scaled does. */
export function checkReference(reference: Field, group: 'needed' | 'free', visit: Visit): void {
  for (const key of ['kind', 'name']) {
    const text = goText(reference.get(key));
    if (text === '') visit.missing(reference, key, message('{0} is required; add it', key));
    else if (text !== null && !pathSegment.fits(text))
      visit.report(reference.get(key), message(pathSegment.template, key, text));
  }
  const version = goText(reference.get('apiVersion'));
  if (version === null) return;
  if (!isGroupVersion(version))
    visit.report(
      reference.get('apiVersion'),
      message('"{0}" is no API version; use one such as apps/v1', version),
    );
  else if (group === 'needed' && !version.slice(1).includes('/'))
    tell(
      reference,
      'apiVersion',
      message('apiVersion must name an API group; use one such as apps/v1'),
      visit,
    );
}

/** One slash at most. */
function isGroupVersion(text: string): boolean {
  return text === '/' || text.split('/', 3).length < 3;
}
