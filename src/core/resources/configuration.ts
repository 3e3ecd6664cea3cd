import { message } from '../finding.ts';
import { textOf } from '../json.ts';
import { byteText } from '../bytes.ts';
import { partsOf } from './fields.ts';
import { helmRelease, summarizeRelease } from './helm.ts';
import { bytesOf, keysOf } from './keys.ts';
import { factsOf, wordsOf } from './summary.ts';
import type { ResourceSummary } from './summary.ts';

/** The API server takes no ConfigMap or Secret with more than 1 MiB of values. */
const largest = 1024 * 1024;

/** A ConfigMap or Secret by its number of keys, type and size. No value is ever told. */
export function summarizeConfiguration(object: unknown): ResourceSummary {
  const release = helmRelease(object);
  if (release !== null) return summarizeRelease(release);
  const { root } = partsOf(object);
  const keys = keysOf(object);
  const bytes = bytesOf(keys);
  const isFull = bytes > largest * 0.9;
  const count =
    keys.length === 0
      ? message('no keys')
      : keys.length === 1
        ? message('1 key')
        : message('{0} keys', keys.length);
  const type = root['kind'] === 'Secret' ? textOf(root['type']) : '';
  const immutable = root['immutable'] === true ? message('immutable') : null;
  return {
    health: isFull ? 'warning' : 'healthy',
    words: wordsOf(shortType(type), count, byteText(bytes), immutable),
    facts: factsOf(
      [message('Type'), type],
      [message('Keys'), keys.map(({ name }) => name).join(', ')],
      [message('Size'), byteText(bytes)],
      [message('Changes'), immutable],
    ),
    reason: isFull ? message('Its {0} are close to the 1 MiB the server allows', byteText(bytes)) : null,
  };
}

/** `tls` of `kubernetes.io/tls`; nothing of `Opaque`, which most are. */
function shortType(type: string): string {
  if (type === 'Opaque') return '';
  return type.replace(/^(?:bootstrap\.)?kubernetes\.io\//, '');
}
