import { message } from '../../finding.ts';
import type { Field } from '../../schema/field.ts';
import type { Visit } from '../rule.ts';
import { goText, isPending, listOf } from '../values.ts';
import { tellAt, written } from './crd.ts';
import type { Located } from './crd.ts';
import { isGoPattern } from './go-pattern.ts';

const types: readonly string[] = ['array', 'boolean', 'integer', 'number', 'object', 'string'];
const texts: readonly string[] = ['description', 'format', 'pattern', 'title', 'type'];
/** Parts of JSON Schema that the server does not know. */
const foreign: readonly string[] = [
  'id',
  'additionalItems',
  'patternProperties',
  'definitions',
  'dependencies',
  '$ref',
];
const lineBreak = /[\n\r]/;
const reasons: readonly string[] = [
  'FieldValueRequired',
  'FieldValueForbidden',
  'FieldValueInvalid',
  'FieldValueDuplicate',
];

/** The schemas of a map: of each property by its name. */
export function schemasIn(schema: Field, key: string): readonly Field[] {
  return schema.has(key) ? schema.get(key).entries() : [];
}

/** What is forbidden in a schema wherever it stands. */
export function checkNode(
  place: Located,
  around: { readonly metadata: boolean; readonly defaults: boolean },
  visit: Visit,
): void {
  const { field, path } = place;
  checkTexts(place, visit);
  const type = written(field, 'type')?.text() ?? '';
  if (type !== '' && !types.includes(type))
    tellAt(
      field.get('type'),
      `${path}.type`,
      message('There is no type "{0}"; use {1}', type, listOf(types)),
      visit,
    );
  for (const key of foreign) {
    const part = written(field, key);
    if (part !== null && part.text() !== '' && (part.node?.type !== 'mapping' || part.entries().length > 0))
      tellAt(part, `${path}.${key}`, message('A schema has no {0} here; remove it', key), visit);
  }
  if (field.has('$schema') && goText(field.get('$schema')) !== '')
    tellAt(field.get('$schema'), path, message('A schema has no {0} here; remove it', '$schema'), visit);
  if (field.has('default') && field.get('default').written && !around.defaults)
    tellAt(
      field.get('default'),
      `${path}.default`,
      message('There can be no default here; remove it'),
      visit,
    );
  if (field.has('items') && field.get('items').items().length > 0)
    tellAt(field.get('items'), `${path}.items`, message('items is one schema, not a list of them'), visit);
  checkFlags(place, around.metadata, visit);
  checkMap(place, visit);
  const pattern = written(field, 'pattern')?.text() ?? null;
  if (pattern !== null && !isGoPattern(pattern))
    tellAt(
      field.get('pattern'),
      `${path}.pattern`,
      message('Go does not know the pattern "{0}"; rewrite it', pattern),
      visit,
    );
  if (field.has('x-kubernetes-validations')) checkValidations(place, visit);
}

/** Below `items` the schema of schemas says nothing any more. */
function checkTexts({ field, path }: Located, visit: Visit): void {
  if (field.type !== null && field.type.kind !== 'any') return;
  for (const key of texts) {
    const part = written(field, key);
    const { node } = part ?? field;
    if (part === null || (node?.type === 'scalar' && typeof node.value === 'string')) continue;
    tellAt(part, `${path}.${key}`, message('{0} must be a text; put it in quotes', key), visit);
  }
}

function checkFlags({ field, path }: Located, metadata: boolean, visit: Visit): void {
  const unique = written(field, 'uniqueItems');
  if (unique?.flag() === true)
    tellAt(
      unique,
      `${path}.uniqueItems`,
      message('uniqueItems costs too much; use x-kubernetes-list-type: set'),
      visit,
    );
  const preserve = written(field, 'x-kubernetes-preserve-unknown-fields');
  if (preserve?.flag() === false)
    tellAt(
      preserve,
      `${path}.${preserve.key}`,
      message('{0} is true or absent; remove it', preserve.key),
      visit,
    );
  const embedded = written(field, 'x-kubernetes-embedded-resource');
  if (metadata && embedded?.flag() === true)
    tellAt(
      embedded,
      `${path}.${embedded.key}`,
      message('There can be no {0} here; remove it', embedded.key),
      visit,
    );
}

/** Named fields and free keys contradict each other. */
function checkMap({ field, path }: Located, visit: Visit): void {
  const more = written(field, 'additionalProperties');
  if (more === null || (more.node?.type !== 'mapping' && more.flag() !== false)) return;
  if (field.has('properties') && field.get('properties').entries().length > 0)
    tellAt(
      more,
      `${path}.additionalProperties`,
      message('additionalProperties and properties exclude each other'),
      visit,
    );
}

function checkValidations({ field, path }: Located, visit: Visit): void {
  for (const [index, rule] of field.get('x-kubernetes-validations').items().entries()) {
    if (isPending(rule)) continue;
    const at = `${path}.x-kubernetes-validations[${index}]`;
    const [text, note] = [goText(rule.get('rule')), goText(rule.get('message'))];
    if (text === null || note === null) continue;
    if (text.trim() === '')
      tellAt(rule.get('rule'), `${at}.rule`, message('{0} is empty; write an expression', 'rule'), visit);
    else if (note !== '' && note.trim() === '')
      tellAt(
        rule.get('message'),
        `${at}.message`,
        message('{0} is blank; fill it in or remove it', 'message'),
        visit,
      );
    else if (lineBreak.test(note.trim()))
      tellAt(
        rule.get('message'),
        `${at}.message`,
        message('The message of a rule is one line; put it on one'),
        visit,
      );
    else if (lineBreak.test(text.trim()) && note.trim() === '')
      tellAt(
        rule.get('message'),
        `${at}.message`,
        message('A rule of several lines needs a message; add it'),
        visit,
      );
    const reason = goText(rule.get('reason'));
    if (reason !== null && reason !== '' && !reasons.includes(reason))
      tellAt(
        rule.get('reason'),
        `${at}.reason`,
        message('reason cannot be "{0}"; use {1}', reason, listOf(reasons)),
        visit,
      );
  }
}
