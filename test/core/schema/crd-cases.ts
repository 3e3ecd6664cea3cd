/**
 * Widgets of the definition in test/fixtures/custom, and what there is to say of each: `code path`, in the order of
 * the text. They are held against the API server in test/cluster/custom-resources.test.ts.
 */
import { indent } from '../marked.ts';

export interface CustomCase {
  readonly title: string;
  readonly text: string;
  readonly errors: readonly string[];
  /** Paths that the server gives where they are others than ours. */
  readonly serverPaths?: readonly string[];
  /** The server knows more than can be known here. */
  readonly onlyServer?: boolean;
}

function widget(title: string, spec: string, ...errors: readonly string[]): CustomCase {
  const text = `apiVersion: shop.example.com/v1\nkind: Widget\nmetadata:\n  name: one\nspec:\n${indent(spec, 2)}\n`;
  return { title, text, errors };
}

/** One with a size, so that nothing else is missing. */
function sized(title: string, spec: string, ...errors: readonly string[]): CustomCase {
  return widget(title, `size: 3\n${spec}`, ...errors);
}

const value = (path: string): string => `custom-value-invalid spec.${path}`;
const missing = (path: string): string => `custom-field-missing spec.${path}`;
const unknown = (path: string): string => `field-unknown spec.${path}`;
const type = (path: string): string => `type-invalid spec.${path}`;

const whole = (title: string, text: string, ...errors: readonly string[]): CustomCase => ({
  title,
  text,
  errors,
});

export const customCases: readonly CustomCase[] = [
  sized('nothing but what is required', 'mode: Safe'),
  sized('a field nobody declared in an item of a list that keeps them', 'kept: [{ more: 1 }]'),
  sized(
    'a field nobody declared inside a declared one of such an item',
    'kept: [{ closed: { b: 1 } }]',
    unknown('kept[0].closed.b'),
  ),
  widget('a required field that is not there', 'mode: Safe', missing('size')),
  widget('a required field that is null', 'size: null', missing('size')),
  whole(
    'an object without its spec',
    'apiVersion: shop.example.com/v1\nkind: Widget\nmetadata: { name: one }\n',
  ),
  whole(
    'no name',
    'apiVersion: shop.example.com/v1\nkind: Widget\nmetadata: {}\n',
    'name-missing metadata.name',
  ),
  whole(
    'a name in capitals',
    'apiVersion: shop.example.com/v1\nkind: Widget\nmetadata: { name: One }\n',
    'name-invalid metadata.name',
  ),
  whole(
    'an unknown field of the metadata',
    'apiVersion: shop.example.com/v1\nkind: Widget\nmetadata: { name: one, labls: {} }\n',
    'field-unknown metadata.labls',
  ),
  whole(
    'an unknown field beside the spec',
    'apiVersion: shop.example.com/v1\nkind: Widget\nmetadata: { name: one }\nspce: {}\n',
    'field-unknown spce',
  ),
  whole(
    'a label that is a number',
    'apiVersion: shop.example.com/v1\nkind: Widget\nmetadata: { name: one, labels: { a: 1 } }\n',
    'type-invalid metadata.labels[a]',
  ),
  sized('an unknown field', 'sise: 3', unknown('sise')),
  sized('an unknown field in a list', 'ports: [{ port: 1, prot: 2 }]', unknown('ports[0].prot')),
  sized('an unknown field below free keys', 'deep: { x: { key: a, lvel: 1 } }', unknown('deep.x.lvel')),
  sized('a field of a mapping without any', 'empty: { a: 1 }', unknown('empty.a')),
  sized('a mapping without fields', 'empty: {}'),
  widget('a text for a number', 'size: "3"', type('size')),
  widget('a whole number with a fraction of zero', 'size: 3.0'),
  widget('a number with a fraction', 'size: 3.5', type('size')),
  widget('a number below its range', 'size: 0', value('size')),
  widget('a number above its range', 'size: 11', value('size')),
  sized('a number of 64 bits', 'big: 9223372036854775807'),
  sized('a number of more than 64 bits', 'big: 9223372036854775808', type('big')),
  sized('a number for a text', 'name: 12', type('name')),
  sized('a boolean for a text', 'name: yes', type('name')),
  sized('a text for a boolean', 'enabled: "true"', type('enabled')),
  sized('a boolean', 'enabled: true'),
  sized('one value for a list', 'list: a', type('list')),
  sized('a list for a mapping', 'required: [a]', type('required')),
  sized('a value of the list', 'mode: Slow'),
  sized('a value in other letters', 'mode: fast', value('mode')),
  sized('a value that is none of them', 'mode: Other', value('mode')),
  sized('null for a value with a default', 'mode: null'),
  sized('null where it may be', 'note: null'),
  sized('null where it may be, but with a list of values', 'choice: null', value('choice')),
  sized('null where it may not be', 'name: null'),
  sized('a pattern that fits', 'name: ab-c'),
  sized('a pattern that does not fit', 'name: ab-', value('name')),
  sized('a text too short', 'name: a', value('name')),
  sized('a text too long', 'name: abcdefghijk', value('name')),
  sized('letters count as one, whatever their bytes', 'labels: { a: äöüß€ }'),
  sized('a duration', 'duration: 5m30s'),
  sized('no duration', 'duration: 5 min', value('duration')),
  sized('an amount as a number', 'amount: 5'),
  sized('an amount as a text', 'amount: 1.5Gi'),
  sized('no amount', 'amount: 5GB', value('amount')),
  sized('a boolean for an amount', 'amount: true', type('amount')),
  sized('a fraction for int-or-string', 'port: 1.5', type('port')),
  sized('a name for int-or-string', 'port: http'),
  sized('a number inside its range', 'ratio: 0.5'),
  sized('a whole number for a number', 'ratio: 1', value('ratio')),
  sized('a bound that is excluded', 'ratio: 0', value('ratio')),
  sized('a multiple', 'step: 15'),
  sized('no multiple', 'step: 7', value('step')),
  sized('a default for what is required', 'required: { first: one }'),
  sized('one of two required fields without a default', 'required: { third: x }', missing('required.first')),
  sized('free keys', 'labels: { a: b, c: d }'),
  sized('a value of a free key', 'labels: { a: abcdef }', value('labels.a')),
  sized('a number for a free key', 'labels: { a: 1 }', type('labels.a')),
  sized('null for a free key', 'labels: { a: null }'),
  sized('too many free keys', 'labels: { a: a, b: b, c: c, d: d }', value('labels')),
  sized('a required field below free keys', 'deep: { x: { level: 1 } }', missing('deep.x.key')),
  sized('anything', 'anything: { a: [1, { b: null }] }'),
  sized('a scalar for anything', 'anything: 5'),
  sized('unknown fields that are kept', 'half: { known: 1, other: { a: 1 } }'),
  sized('a known field among those that are kept', 'half: { known: a }', type('half.known')),
  sized('a closed mapping among what is kept', 'half: { closed: { b: 1 } }', unknown('half.closed.b')),
  sized('any value for free keys', 'free: { a: 1, b: x }'),
  sized('a list', 'list: [a, b]'),
  sized('a list without items', 'list: []', value('list')),
  sized('a list of too many items', 'list: [a, b, c, d]', value('list')),
  sized('an item of the wrong type', 'list: [a, 1]', type('list[1]')),
  sized('an item that is null', 'list: [a, null]', value('list[1]')),
  sized('an item that may be null', 'nullables: [a, null]'),
  sized('an item below its range', 'numbers: [1, -1]', value('numbers[1]')),
  sized('items that differ', 'tags: [a, b]'),
  sized('an item that is there twice', 'tags: [a, b, a]', value('tags[2]')),
  sized('items that differ in one key', 'ports: [{ port: 1 }, { port: 1, protocol: UDP }]'),
  sized(
    'items with the same keys by default',
    'ports: [{ port: 1 }, { port: 1, protocol: TCP }]',
    value('ports[1]'),
  ),
  sized('an item without a key', 'ports: [{ name: a }]', missing('ports[0].port')),
  sized('an item that is there twice below a free key', 'groups: { x: [a, a] }', value('groups[x][1]')),
  sized(
    'an object inside',
    'template: { apiVersion: v1, kind: ConfigMap, metadata: { name: a }, data: { a: b } }',
  ),
  sized('an object inside without its kind', 'template: { apiVersion: v1 }', missing('template.kind')),
  sized(
    'an object inside with an empty kind',
    'template: { apiVersion: v1, kind: "" }',
    value('template.kind'),
  ),
  sized(
    'an unknown field of the metadata inside',
    'template: { apiVersion: v1, kind: ConfigMap, metadata: { nme: a } }',
    unknown('template.metadata.nme'),
  ),
  sized(
    'an unknown field of an object inside',
    'strict: { apiVersion: v1, kind: A, sepc: {} }',
    unknown('strict.sepc'),
  ),
  sized('one of several', 'source: { http: a }'),
  sized('none of several', 'source: {}', value('source')),
  sized('two of several', 'source: { http: a, oci: b }', value('source')),
  sized('either', 'either: { b: 1 }'),
  sized('neither', 'either: {}', value('either')),
  sized('not both', 'never: { a: x }'),
  sized('both though not both', 'never: { a: x, b: z }', value('never')),
  sized('all of two conditions', 'both: xyz'),
  sized('one of two conditions', 'both: xy', value('both')),
  sized('an alternative by default', 'kindOf: { a: x }'),
  sized('an alternative by its type', 'kindOf: { type: B, b: x }'),
  sized('the field of the other alternative', 'kindOf: { type: B, a: x }', value('kindOf')),
  sized('a time', 'when: 2026-01-31T12:00:00Z'),
  sized('a time without its zone', 'when: "2026-01-31T12:00:00"', value('when')),
  sized('a day', 'day: 2026-01-31'),
  sized('no day', 'day: 31.1.2026', value('day')),
  sized('base64', 'data: aGVsbG8='),
  sized('no base64', 'data: hello', value('data')),
  sized('an address', 'address: 10.0.0.1'),
  sized('no address', 'address: 10.0.0', value('address')),
  sized('a network', 'network: 10.0.0.0/8'),
  sized('no network', 'network: 10.0.0.0/33', value('network')),
  sized('a host', 'host: www.example.com'),
  sized('no host', 'host: a_b/c', value('host')),
  sized('a link', 'link: https://example.com/a?b=c'),
  sized('no link', 'link: example', value('link')),
  sized('a mail address', 'mail: me@example.com'),
  sized('no mail address', 'mail: me', value('mail')),
  sized('an id', 'id: 123e4567-e89b-12d3-a456-426614174000'),
  sized('no id', 'id: abc', value('id')),
  sized('a format of a duration', 'every: 1 day'),
  sized('no format of a duration', 'every: often', value('every')),
  sized('a short name', 'short: a-b'),
  sized('no short name', 'short: A', value('short')),
  sized('a format nobody knows', 'odd: anything'),
  { ...sized('what a rule in CEL forbids', 'rules: { min: 2, max: 1 }'), onlyServer: true },
  whole(
    'a status of which nothing is kept',
    'apiVersion: shop.example.com/v1\nkind: Widget\nmetadata: { name: one }\nstatus: { phase: Other }\n',
  ),
  whole(
    'an unknown field of the status',
    'apiVersion: shop.example.com/v1\nkind: Widget\nmetadata: { name: one }\nstatus: { phse: Ready }\n',
    'field-unknown status.phse',
  ),
  whole(
    'another version, that keeps everything',
    'apiVersion: shop.example.com/v1alpha1\nkind: Widget\nmetadata: { name: one }\nspec: [1]\nmore: true\n',
  ),
];
