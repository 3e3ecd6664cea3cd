import { eventFacts, type Health, message, verbatim } from '../../../core/index.ts';
import type { RowSummary } from './rows.ts';

/** What happened, to what, how often. */
export function summarizeEvent(event: unknown): RowSummary {
  const { type, message: said, count, object, source } = eventFacts(event);
  const health: Health = type === 'Warning' ? 'warning' : 'idle';
  const text = said.trim();
  const about = verbatim(`${object.kind} ${object.name}`);
  return {
    health,
    words: [about, ...(count > 1 ? [verbatim(`×${count}`)] : []), verbatim(text)],
    facts: [
      { name: message('Object'), value: about },
      { name: message('Count'), value: verbatim(String(count)) },
      ...(source === '' ? [] : [{ name: message('Source'), value: verbatim(source) }]),
    ],
    reason: type === 'Warning' ? verbatim(text) : null,
  };
}
