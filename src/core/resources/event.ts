import { message } from '../finding.ts';
import { numberOf, objectOf, textOf } from '../json.ts';
import { partsOf, timeOf } from './fields.ts';
import { factsOf, momentText, saying, sinceOf, verbatim, wordsOf } from './summary.ts';
import type { ResourceSummary } from './summary.ts';

/** An event of v1 or of events.k8s.io, which name the same things differently. */
export interface EventFacts {
  readonly type: 'Normal' | 'Warning';
  readonly reason: string;
  readonly message: string;
  /** How often it was seen, at least 1. */
  readonly count: number;
  /** Milliseconds since 1970; null when the event does not say. */
  readonly firstSeen: number | null;
  readonly lastSeen: number | null;
  readonly object: {
    readonly kind: string;
    readonly namespace: string;
    readonly name: string;
    readonly uid: string;
    /** The part it is about: `spec.containers{app}`; `''` for the whole. */
    readonly fieldPath: string;
  };
  /** The component that reported it: `kubelet`. */
  readonly source: string;
}

export function eventFacts(event: unknown): EventFacts {
  const { root, metadata } = partsOf(event);
  const series = objectOf(root['series']);
  const about = objectOf(root['involvedObject'] ?? root['regarding']);
  const made = timeOf(root['eventTime']) ?? timeOf(metadata['creationTimestamp']);
  const count = numberOf(series['count'], numberOf(root['count'], numberOf(root['deprecatedCount'], 1)));
  return {
    type: root['type'] === 'Warning' ? 'Warning' : 'Normal',
    reason: textOf(root['reason']),
    message: textOf(root['message']) || textOf(root['note']),
    count: Math.max(1, count),
    firstSeen: timeOf(root['firstTimestamp']) ?? timeOf(root['deprecatedFirstTimestamp']) ?? made,
    lastSeen:
      timeOf(series['lastObservedTime']) ??
      timeOf(root['lastTimestamp']) ??
      timeOf(root['deprecatedLastTimestamp']) ??
      made,
    object: {
      kind: textOf(about['kind']),
      namespace: textOf(about['namespace']),
      name: textOf(about['name']),
      uid: textOf(about['uid']),
      fieldPath: textOf(about['fieldPath']),
    },
    source:
      textOf(objectOf(root['source'])['component']) ||
      textOf(root['reportingComponent']) ||
      textOf(root['reportingController']),
  };
}

/** An Event: what happened to what, how often and when last. */
export function summarizeEvent(event: unknown): ResourceSummary {
  const { type, reason, message: text, count, lastSeen, object, source } = eventFacts(event);
  const target = `${object.kind} ${object.name}`.trim();
  return {
    health: type === 'Warning' ? 'warning' : 'healthy',
    words: wordsOf(count > 1 ? message('{0} ×{1}', reason, count) : reason, target, text),
    facts: factsOf(
      [message('Type'), type],
      [message('Reason'), reason],
      [message('Object'), target],
      [message('Part'), object.fieldPath],
      [message('Message'), text],
      [message('Count'), String(count)],
      [message('Last seen'), momentText(lastSeen)],
      [message('Source'), source],
    ),
    reason: type === 'Warning' ? (saying(text) ?? verbatim(reason)) : null,
    ...sinceOf(lastSeen),
  };
}
