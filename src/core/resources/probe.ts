import { message } from '../finding.ts';
import type { Message } from '../finding.ts';
import { eventFacts } from './event.ts';

type Probe = 'Readiness' | 'Liveness' | 'Startup';

/** A probe that fails, as the kubelet reports it: an event with the reason `Unhealthy`. */
export interface ProbeFailure {
  /** Uid of the pod. */
  readonly pod: string;
  /** `''` when the event does not say. */
  readonly container: string;
  /** `Readiness probe failed: HTTP 503`; without what was said where that is long. */
  readonly words: Message;
  /** All of it, in the kubelet's words. */
  readonly said: string;
  /** Milliseconds since 1970; null when the event does not say. */
  readonly lastSeen: number | null;
}

/** What is short enough to stand in a row. */
const mostShown = 60;

/** null: the event is about something else. */
export function probeFailure(event: unknown): ProbeFailure | null {
  const { reason, message: text, object, lastSeen } = eventFacts(event);
  const found = /^(Readiness|Liveness|Startup) probe (?:failed|errored|warning)\b[^:]*(?::\s*(.*))?$/s.exec(
    text,
  );
  if (reason !== 'Unhealthy' || found === null) return null;
  const [, probe = '', detail = ''] = found;
  return {
    pod: object.uid,
    container: /\{(.+)\}$/.exec(object.fieldPath)?.[1] ?? '',
    words: wordsOf(probe as Probe, shortened(detail)),
    said: text.trim(),
    lastSeen,
  };
}

function wordsOf(probe: Probe, detail: string | Message): Message {
  if (typeof detail === 'string' && (detail === '' || detail.length > mostShown))
    return {
      Readiness: message('Readiness probe failed'),
      Liveness: message('Liveness probe failed'),
      Startup: message('Startup probe failed'),
    }[probe];
  return {
    Readiness: message('Readiness probe failed: {0}', detail),
    Liveness: message('Liveness probe failed: {0}', detail),
    Startup: message('Startup probe failed: {0}', detail),
  }[probe];
}

/** Without what the pod's own definition says already: address, path, and the calls that led there. */
function shortened(detail: string): string | Message {
  const status = /^HTTP probe failed with statuscode: (\d+)/.exec(detail);
  if (status !== null) return `HTTP ${status[1]}`;
  if (/Client\.Timeout exceeded|i\/o timeout|context deadline exceeded/.test(detail))
    return message('timeout');
  return detail
    .replace(/^Get "[^"]*": /, '')
    .replace(/^dial \w+ \S+: /, '')
    .replace(/^connect: /, '')
    .replace(/\s+/g, ' ')
    .trim();
}
