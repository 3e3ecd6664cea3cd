import type { Analysis } from '../../analysis/analysis.ts';
import type { TextRange } from '../../finding.ts';
import type { Field } from '../../schema/field.ts';
import type { Schema } from '../../schema/schema.ts';
import { podOf } from '../../workspace/collect.ts';
import { placeAt } from '../place.ts';
import type { Place } from '../place.ts';
import type { DocsKey } from '../proposal.ts';
import { summaryOf } from './docs.ts';
import { docsKeyOf, fieldText, lifecycleText, secondsText } from './field.ts';
import { imageText } from './image.ts';
import { podText, tellsOfPod } from './pod.ts';
import { quantityText } from './quantities.ts';
import type { Say } from './say.ts';
import { scheduleText } from './schedule.ts';

/** What there is to tell of a place: Markdown, and where in the file it is about. */
export interface ManifestHover {
  readonly range: TextRange;
  readonly markdown: string;
}

export interface HoverOptions {
  readonly schema: Schema;
  /** Milliseconds since 1970. */
  readonly now: number;
  readonly say: Say;
  /** Documentation of a field; `''` where there is none. Null: fields are not told of, since somebody else does. */
  readonly docs: ((key: DocsKey) => string) | null;
}

/** What there is to tell of an offset of a file; null where that is nothing. */
export function hoverAt(analysis: Analysis, offset: number, options: HoverOptions): ManifestHover | null {
  const place = placeAt(analysis, offset);
  if (place === null || place.part === 'between') return null;
  const facts = factsOf(place, options);
  // Editors show findings above, and all of it in little room.
  const isFull = facts.length > 0 && isFoundFaultWith(analysis, place);
  const parts = isFull ? facts : [...facts, ...aboutOf(place, options)];
  return parts.length === 0 ? null : { range: place.range, markdown: parts.join('\n\n---\n\n') };
}

function isFoundFaultWith({ findings }: Analysis, { range }: Place): boolean {
  return findings.some((finding) => finding.range.start < range.end && range.start < finding.range.end);
}

function factsOf({ field, object, part }: Place, { now, say }: HoverOptions): readonly string[] {
  const facts: (string | null)[] = [quantityText(field, say), secondsText(field)];
  const owner = field.parent;
  const text = field.text();
  if (
    field.key === 'image' &&
    text !== null &&
    (owner?.is('core/v1.Container') === true || owner?.is('core/v1.EphemeralContainer') === true)
  ) {
    facts.push(imageText(text, say));
  }
  if (field.key === 'schedule' && text !== null && owner?.is('batch/v1.CronJobSpec') === true) {
    facts.push(scheduleText(text, owner.get('timeZone').text(), now, say));
  }
  if (owner === object && (field.key === 'kind' || field.key === 'apiVersion'))
    facts.push(lifecycleText(object, say));
  if (part === 'key' && tellsOfPod(field)) facts.push(podFacts(field, object, say));
  return facts.filter((fact): fact is string => fact !== null);
}

function podFacts(field: Field, object: Field, say: Say): string | null {
  const kind = object.get('kind').text() ?? '';
  const spec = podOf(object, object.get('apiVersion').text() ?? '', kind)?.get('spec');
  if (spec === undefined || !isAround(field, spec)) return null;
  const count = kind === 'Job' ? object.at('spec.parallelism') : object.at('spec.replicas');
  return podText(spec, count.number(), say);
}

/** Other kinds have fields of the same names. */
function isAround(field: Field, spec: Field): boolean {
  for (let place: Field | null = spec; place !== null; place = place.parent) if (place === field) return true;
  for (let place: Field | null = field; place !== null; place = place.parent) if (place === spec) return true;
  return field.key === 'replicas';
}

/** The value of a kind is told of as the kind. */
function aboutOf({ field, object, part }: Place, { schema, say, docs }: HoverOptions): readonly string[] {
  const told = part === 'value' && field.parent === object && field.key === 'kind' ? object : field;
  const ofItem = told.parent?.type?.kind === 'list' ? told.parent : told;
  const key = docsKeyOf(ofItem);
  if (docs === null || key === null || (part === 'value' && told === field && isFree(field))) return [];
  return [fieldText(ofItem, summaryOf(docs(key)), schema, say)];
}

/** A value of which the name of its field says enough. */
function isFree({ type }: Field): boolean {
  return type?.kind !== 'string' || type.values === undefined;
}
