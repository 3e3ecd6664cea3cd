import { message } from '../../finding.ts';
import { formatDuration } from '../../durations.ts';
import type { Field } from '../../schema/field.ts';
import { fieldAdded, lifecycleOf } from '../../schema/history/index.ts';
import type { Schema } from '../../schema/schema.ts';
import type { ObjectType } from '../../schema/type.ts';
import type { DocsKey } from '../proposal.ts';
import { typeText } from '../type-text.ts';
import { listedValues } from '../values.ts';
import type { FieldSummary } from './docs.ts';
import { presetOf, referenceOf } from './docs.ts';
import type { Say } from './say.ts';
import { code } from './say.ts';

/** More values than this are looked up in the reference. */
const MOST_VALUES = 12;

/** Where the documentation of a field is kept; of an object's root, that of its kind. Null where nobody wrote one. */
export function docsKeyOf(field: Field): DocsKey | null {
  const { parent, type } = field;
  if (parent === null)
    return type?.kind === 'object' && type.name !== '' ? { type: type.name, field: '' } : null;
  const owner = parent.type;
  return owner?.kind === 'object' && owner.name !== '' && owner.fields.has(field.key)
    ? { type: owner.name, field: field.key }
    : null;
}

/** `**replicas** · integer · default 1 · Reference`, then what the field is for. */
export function fieldText(field: Field, summary: FieldSummary, schema: Schema, say: Say): string {
  const owner = field.parent?.type;
  const ofObject = owner?.kind === 'object' ? owner : null;
  const added = ofObject === null ? null : fieldAdded(ofObject.name, field.key);
  const preset = presetOf(field.type, summary.preset);
  const link = referenceOf((ofObject ?? kindOf(field))?.name ?? '', schema.version) ?? summary.link;
  const title = [
    ...namesOf(field),
    ...(ofObject?.required.has(field.key) === true ? [say(message('required'))] : []),
    ...(preset === null ? [] : [say(message('default {0}', code(preset)))]),
    ...(added === null ? [] : [say(message('since Kubernetes {0}', added))]),
    ...(summary.deprecated ? [`⚠ ${say(message('deprecated'))}`] : []),
    ...(link === null ? [] : [`[${say(message('Reference'))}](${link})`]),
    ...(summary.link === null || summary.link === link
      ? []
      : [`[${say(message('Guide'))}](${summary.link})`]),
  ].join(' · ');
  const values = valuesText(field, summary, say);
  // Told once: the values as they are written stand below.
  const about = values === '' ? summary.text : summary.text.replace(/(?<=^|\. )One of [\w, ]+\. ?/, '');
  return [title, about, values].filter((part) => part !== '').join('\n\n');
}

/** What it is called and of which type; of an object, its kind and API version. */
function namesOf(field: Field): readonly string[] {
  if (field.parent === null) {
    const version = field.get('apiVersion').text();
    return [`**${typeName(field)}**`, ...(version === null ? [] : [version])];
  }
  const name = `**${field.key.replace(/[<*_[\]#|`]/g, '\\$&')}**`;
  return field.type === null ? [name] : [name, typeText(field.type)];
}

/** The type of an object's root. */
function kindOf({ parent, type }: Field): ObjectType | null {
  return parent === null && type?.kind === 'object' ? type : null;
}

function typeName({ type }: Field): string {
  return type === null ? '' : typeText(type);
}

function valuesText({ type, node }: Field, { values }: FieldSummary, say: Say): string {
  const listed =
    type?.kind === 'string' ? listedValues(type) : type?.kind === 'list' ? listedValues(type.items) : [];
  if (listed.length < 2) return '';
  const written = node?.type === 'scalar' ? values.find(({ value }) => value === node.source) : undefined;
  const shown = listed.slice(0, MOST_VALUES).map(code).join(', ');
  const all = say(message('One of {0}', listed.length > MOST_VALUES ? `${shown} …` : shown));
  return written === undefined ? all : `${code(written.value)} ${written.meaning}\n\n${all}`;
}

/** What a kind is, since when there is one and until when; null where nothing special is to be said of it. */
export function lifecycleText(object: Field, say: Say): string | null {
  const lifecycle = lifecycleOf(object.get('apiVersion').text() ?? '', object.get('kind').text() ?? '');
  if (lifecycle === null) return null;
  const { introduced, deprecated, removed, replacement } = lifecycle;
  const parts = [
    ...(introduced === null ? [] : [say(message('since Kubernetes {0}', introduced))]),
    ...(deprecated === null ? [] : [say(message('deprecated since {0}', deprecated))]),
    ...(removed === null ? [] : [say(message('removed in {0}', removed))]),
    ...(replacement === null || removed === null ? [] : [say(message('use {0}', code(replacement)))]),
  ];
  return parts.length === 0 ? null : parts.join(' · ');
}

/** A number of seconds as people say it; null where it is short enough to be read as it is. */
export function secondsText({ key, type, node }: Field): string | null {
  if (!/Seconds(?:AfterFinished)?$/.test(key) || type?.kind !== 'integer' || node?.type !== 'scalar')
    return null;
  const seconds = node.value;
  if (typeof seconds !== 'number' || seconds < 60) return null;
  const parts: string[] = [];
  let rest = Math.trunc(seconds);
  for (const unit of [86_400, 3_600, 60, 1]) {
    if (rest >= unit) parts.push(formatDuration(Math.floor(rest / unit) * unit * 1000));
    rest %= unit;
  }
  return `${code(String(seconds))} s = ${parts.join(' ')}`;
}
