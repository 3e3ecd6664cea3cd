import { formatDuration } from '../../durations.ts';
import { message } from '../../finding.ts';
import type { Message } from '../../finding.ts';
import { objectOf, objectsIn, textOf } from '../../json.ts';
import type { Json } from '../../json.ts';
import { conditionsOf } from '../conditions.ts';
import { eventFacts } from '../event.ts';
import type { EventFacts } from '../event.ts';
import { partsOf, scalarText, textsIn, timeOf } from '../fields.ts';
import { labelText } from '../labels.ts';
import { summarize } from '../summarize.ts';
import { factsOf, momentText, verbatim } from '../summary.ts';
import { factSection, tableSection } from './section.ts';
import type { DescriptionSection } from './section.ts';

/** What it is, how it does and whose it is. */
export function overview(object: unknown, now: number): DescriptionSection {
  const { root, metadata } = partsOf(object);
  const { facts, reason } = summarize(object, now);
  return factSection(verbatim(`${textOf(root['kind'])} ${textOf(metadata['name'])}`.trim()), [
    ...factsOf([message('Namespace'), textOf(metadata['namespace'])]),
    ...facts,
    ...factsOf(
      [message('Reason'), reason],
      [message('Created'), moment(timeOf(metadata['creationTimestamp']), now)],
      [message('Being deleted since'), moment(timeOf(metadata['deletionTimestamp']), now)],
      [
        message('Waits for'),
        metadata['deletionTimestamp'] == null ? '' : textsIn(metadata['finalizers']).join(', '),
      ],
      [message('Owned by'), ownersText(metadata)],
      [message('Labels'), labelText(metadata['labels']).replaceAll(',', '\n')],
      [message('Annotations'), annotationsText(metadata)],
    ),
  ]);
}

/** `2026-11-21T10:00:00Z (4 min ago)` */
export function moment(time: number | null, now: number): Message | null {
  return time === null ? null : message('{0} ({1} ago)', momentText(time) ?? '', formatDuration(now - time));
}

function ownersText(metadata: Json): string {
  return objectsIn(metadata['ownerReferences'])
    .map((one) => `${textOf(one['kind'])} ${textOf(one['name'])}`)
    .join(', ');
}

/** The whole object again, as somebody applied it: a Secret's values are in it too. */
const copies = new Set(['kubectl.kubernetes.io/last-applied-configuration']);
const longestAnnotation = 200;

function annotationsText(metadata: Json): string {
  return Object.entries(objectOf(metadata['annotations']))
    .filter(([key]) => !copies.has(key))
    .map(([key, value]) => `${key}=${shortened(scalarText(value))}`)
    .join('\n');
}

function shortened(text: string): string {
  const line = text.replace(/\s+/g, ' ');
  return line.length > longestAnnotation ? `${line.slice(0, longestAnnotation)}…` : line;
}

export function conditionsSection(object: unknown, now: number): readonly DescriptionSection[] {
  return tableSection(
    message('Conditions'),
    [message('Type'), message('Status'), message('Since'), message('Reason'), message('Message')],
    conditionsOf(object).map((one) => [
      one.type,
      one.status,
      one.since === null ? '' : formatDuration(now - one.since),
      one.reason,
      one.message,
    ]),
  );
}

/** Newest first. */
export function eventsSection(events: readonly unknown[], now: number): readonly DescriptionSection[] {
  const rows = events.map(eventFacts).sort((a, b) => (b.lastSeen ?? 0) - (a.lastSeen ?? 0));
  return tableSection(
    message('Events'),
    [message('Age'), message('Type'), message('Reason'), message('Object'), message('Message')],
    rows.map((row) => eventCells(row, now)),
  );
}

function eventCells(
  { type, reason, count, lastSeen, object, message: text }: EventFacts,
  now: number,
): readonly string[] {
  return [
    lastSeen === null ? '' : formatDuration(now - lastSeen),
    type,
    count > 1 ? `${reason} ×${count}` : reason,
    `${object.kind} ${object.name}`.trim(),
    text.replace(/\s+/g, ' ').trim(),
  ];
}
