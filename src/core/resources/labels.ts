import { objectOf } from '../json.ts';
import { scalarText } from './fields.ts';

/** `app=web,tier=front`: labels, or a selector of the older form; `''` when there are none. */
export function labelText(labels: unknown): string {
  return Object.entries(objectOf(labels))
    .map(([key, value]) => `${key}=${scalarText(value)}`)
    .join(',');
}
