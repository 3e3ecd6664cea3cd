import type { Health } from '../../../core/index.ts';
import { message } from '../../../core/index.ts';
import { verbatim } from '../faces/face.ts';
import { numberAt, textAt, timeAt } from './json.ts';
import type { RowSummary } from './rows.ts';

/** When an event was last seen, in milliseconds since 1970. */
export function eventTime(event: unknown): number | null {
  return (
    timeAt(event, 'series', 'lastObservedTime') ??
    timeAt(event, 'lastTimestamp') ??
    timeAt(event, 'eventTime') ??
    timeAt(event, 'firstTimestamp') ??
    timeAt(event, 'metadata', 'creationTimestamp')
  );
}

/** What happened, to what, how often. */
export function summarizeEvent(event: unknown): RowSummary {
  const kind = textAt(event, 'involvedObject', 'kind') ?? '';
  const name = textAt(event, 'involvedObject', 'name') ?? '';
  const text = (textAt(event, 'message') ?? '').trim();
  const count = numberAt(event, 'series', 'count') ?? numberAt(event, 'count') ?? 1;
  const isWarning = textAt(event, 'type') === 'Warning';
  const health: Health = isWarning ? 'warning' : 'idle';
  const source = textAt(event, 'reportingComponent') ?? textAt(event, 'source', 'component') ?? '';
  return {
    health,
    words: [verbatim(`${kind} ${name}`), ...(count > 1 ? [verbatim(`×${count}`)] : []), verbatim(text)],
    facts: [
      { name: message('Object'), value: verbatim(`${kind} ${name}`) },
      { name: message('Count'), value: verbatim(String(count)) },
      ...(source === '' ? [] : [{ name: message('Source'), value: verbatim(source) }]),
    ],
    reason: isWarning ? verbatim(text) : null,
  };
}
