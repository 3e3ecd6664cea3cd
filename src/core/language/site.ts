import type { Analysis, ManifestDocument } from '../analysis/analysis.ts';
import type { TextRange } from '../finding.ts';
import { withLineFeeds } from '../manifest/text.ts';
import type { Field } from '../schema/field.ts';
import type { Schema } from '../schema/schema.ts';
import type { ObjectType, Type } from '../schema/type.ts';
import type { Step } from './block-path.ts';
import type { Cursor } from './cursor.ts';
import { cursorAt } from './cursor.ts';
import { documentAt } from './place.ts';

/** What is being written somewhere, and what the schema knows of it. */
export interface Site extends Cursor {
  /** Null where there is none yet. */
  readonly document: ManifestDocument | null;
  /** What has been written of the object so far; null where nothing could be read. */
  readonly object: Field | null;
  readonly schema: Schema;
  /** What belongs where the cursor's path leads; null where nobody knows. */
  readonly type: Type | null;
  /** Of a value: the mapping it is in. Of a key or content: what that is part of. */
  readonly owner: Type | null;
  /** What that is part of. */
  readonly outer: Type | null;
  /** The way from the object's root. */
  readonly steps: readonly Step[];
  /** What is replaced, in the file. */
  readonly replaced: TextRange;
  /** Text of the document. */
  readonly text: string;
}

/** What is being written at an offset of a file; null where nothing can be proposed. */
export function siteAt(analysis: Analysis, offset: number, schema: Schema): Site | null {
  const document = documentAt(analysis, offset);
  const start = document?.range.start ?? analysis.documents.at(-1)?.range.end ?? 0;
  const text = withLineFeeds(analysis.text.slice(start, document?.range.end));
  const cursor = cursorAt(text, offset - start);
  if (cursor === null) return null;
  const object = objectAround(document, cursor);
  const type = object === null ? generic(schema, '', '') : typeOfObject(object, schema);
  const steps = cursor.path.slice(isItem(cursor) && object?.key !== '' ? 2 : 0);
  if (object === null && steps.length > 1) return null;
  return {
    ...cursor,
    document,
    object,
    schema,
    steps,
    type: typeAt(type, steps),
    owner: steps.length === 0 ? null : typeAt(type, steps.slice(0, -1)),
    outer: steps.length < 2 ? null : typeAt(type, steps.slice(0, -2)),
    replaced: { start: cursor.word.start + start, end: cursor.word.end + start },
    text,
  };
}

/** The field a way leads to; null where the way leads through a list that is not written. */
export function fieldAt(root: Field | null, steps: readonly Step[]): Field | null {
  let field = root;
  for (const step of steps) {
    if (field === null) return null;
    field = typeof step === 'number' ? (field.items()[step] ?? null) : field.get(step);
  }
  return field;
}

/** The place is in an item of what may be a List. */
function isItem({ path }: Cursor): boolean {
  return path[0] === 'items' && typeof path[1] === 'number';
}

function objectAround(document: ManifestDocument | null, cursor: Cursor): Field | null {
  const item = isItem(cursor) ? `items[${cursor.path[1]}]` : null;
  const roots = document?.roots ?? [];
  return roots.find(({ key }) => key === item) ?? roots.find(({ key }) => key === '') ?? null;
}

/** Of an object whose API version is not written yet, that of the kind alone. */
function typeOfObject(object: Field, schema: Schema): ObjectType | null {
  const { type } = object;
  if (type?.kind !== 'object') return null;
  if (type.name !== '') return type;
  return generic(schema, object.get('apiVersion').text() ?? '', object.get('kind').text() ?? '');
}

function generic(schema: Schema, apiVersion: string, kind: string): ObjectType {
  const named = apiVersion === '' ? schema.kindNamed(kind) : null;
  const version = named?.versions[0];
  const known = version === undefined || named === null ? null : schema.typeOf(version, named.kind);
  if (known !== null) return known;
  const fields = new Map<string, Type>([
    ['apiVersion', { kind: 'string' }],
    ['kind', { kind: 'string' }],
    ['metadata', schema.type('meta/v1.ObjectMeta')],
  ]);
  return {
    kind: 'object',
    name: '',
    fields,
    required: new Set(['apiVersion', 'kind', 'metadata']),
    open: true,
  };
}

function typeAt(root: Type | null, steps: readonly Step[]): Type | null {
  let type = root;
  for (const step of steps) {
    if (type?.kind === 'list' && typeof step === 'number') type = type.items;
    else if (type?.kind === 'map') type = type.values;
    else if (type?.kind === 'object') type = type.fields.get(String(step)) ?? null;
    else return null;
  }
  return type;
}
