import { message } from '../../finding.ts';
import type { Field } from '../../schema/field.ts';
import type { Rule, Visit } from '../rule.ts';
import { goText, isEmptyMap } from '../values.ts';
import { partsOf, tellAt, written } from './crd.ts';
import type { Located } from './crd.ts';
import { checkDefault } from './crd-default.ts';
import { checkLists } from './crd-lists.ts';
import { checkNested } from './crd-nested.ts';
import { checkNode, schemasIn } from './crd-node.ts';

export const crdSchemaInvalid: Rule = {
  code: 'crd-schema-invalid',
  title: 'Schema of a CustomResourceDefinition that is not structural',
  origin: 'server',
  severity: 'error',
  docs: `
The schema of a version is structural: every field, every item of a list and the root say their \`type\` (or
\`x-kubernetes-int-or-string\`, or \`x-kubernetes-preserve-unknown-fields: true\`); the root is an object; a list has
\`items\`. Inside \`allOf\`, \`anyOf\`, \`oneOf\` and \`not\` only values are restricted: no types, descriptions or defaults,
and no field that is not declared outside. A default fits its own schema. Rules in CEL are left to the API server.

\`\`\`yaml
# bad
openAPIV3Schema:
  properties:
    spec: { properties: { replicas: { minimum: 0 } } }
# good
openAPIV3Schema:
  type: object
  properties:
    spec:
      type: object
      properties: { replicas: { type: integer, minimum: 0 } }
\`\`\`
`,
  visit: {
    'apiextensions/v1.CustomResourceDefinition'(definition, visit) {
      const spec = definition.get('spec');
      for (const { field, path } of partsOf(spec, 'schema')) {
        const schema = field.get('openAPIV3Schema');
        if (schema.node?.type !== 'mapping') continue;
        const root = { field: schema, path: `${path}.openAPIV3Schema` };
        checkRoot(root, hasStatus(spec, field), visit);
        new Structure(visit).check(root, 'root', { metadata: false, defaults: true });
      }
    },
  },
};

/** What the server splits off with the status must not be needed at the root. */
const restOfRoot: readonly string[] = [
  'additionalItems',
  'additionalProperties',
  'allOf',
  'anyOf',
  'default',
  'definitions',
  'dependencies',
  'enum',
  'id',
  'not',
  'oneOf',
  'patternProperties',
  'maxProperties',
  'minProperties',
  '$ref',
  '$schema',
  'x-kubernetes-embedded-resource',
  'x-kubernetes-int-or-string',
  'x-kubernetes-list-map-keys',
  'x-kubernetes-list-type',
  'x-kubernetes-map-type',
];

/** Whether the version of a schema has a status subresource. */
function hasStatus(spec: Field, schema: Field): boolean {
  const version = schema.parent ?? spec;
  return version.get('subresources').get('status').written;
}

function checkRoot({ field, path }: Located, status: boolean, visit: Visit): void {
  if (field.get('nullable').flag() === true)
    tellAt(
      field.get('nullable'),
      `${path}.nullable`,
      message('The root of a schema cannot be nullable'),
      visit,
    );
  const other = status ? restOfRoot.find((key) => isSet(field, key)) : undefined;
  if (other !== undefined)
    tellAt(
      field.get(other),
      path,
      message('With a status subresource the root of a schema has no {0}', other),
      visit,
    );
}

function isSet(schema: Field, key: string): boolean {
  const part = written(schema, key);
  if (part === null || part.flag() === false || part.text() === '') return false;
  return part.node?.type !== 'sequence' || part.items().length > 0;
}

type Level = 'root' | 'field' | 'item';

/** What holds for a place because of those around it. */
interface Around {
  /** It describes apiVersion, kind or metadata of an object. */
  readonly metadata: boolean;
  readonly defaults: boolean;
}

const metaFields: readonly string[] = ['apiVersion', 'kind', 'metadata'];

/** Goes through the structural part of a schema, and hands over what only restricts values. */
class Structure {
  readonly #visit: Visit;

  constructor(visit: Visit) {
    this.#visit = visit;
  }

  check(place: Located, level: Level, around: Around): void {
    const { field, path } = place;
    if (field.node?.type !== 'mapping') return;
    checkNode(place, around, this.#visit);
    checkLists(place, this.#visit);
    if (level === 'root' && field.has('additionalProperties') && field.get('additionalProperties').written)
      this.#tell(place, 'additionalProperties', 'The root of a schema has no {0}; use properties');
    this.#checkType(place, level);
    this.#checkEmbedded(place);
    if (level === 'root' || isTrue(field, 'x-kubernetes-embedded-resource'))
      this.#checkMetadata(place, level);
    checkNested(place, around, level === 'root', this.#visit);
    if (field.has('default') && around.defaults && !around.metadata) checkDefault(place, this.#visit);
    this.#descend(place, level, around);
    if (goText(field.get('type')) === 'array' && !field.get('items').written)
      tellAt(
        field.get('items'),
        `${path}.items`,
        message('A list needs the schema of its items; add items'),
        this.#visit,
      );
  }

  #descend(place: Located, level: Level, around: Around): void {
    const { field, path } = place;
    const embedded = isTrue(field, 'x-kubernetes-embedded-resource');
    for (const property of schemasIn(field, 'properties')) {
      const ofObject = (level === 'root' || embedded) && metaFields.includes(property.key);
      const inside = {
        metadata: around.metadata || ofObject,
        defaults: around.defaults && !(level === 'root' && ofObject),
      };
      this.check({ field: property, path: `${path}.properties[${property.key}]` }, 'field', inside);
    }
    const items = written(field, 'items');
    if (items !== null) this.check({ field: items, path: `${path}.items` }, 'item', around);
    const more = written(field, 'additionalProperties');
    const inside = { ...around, defaults: around.defaults && !around.metadata };
    if (more !== null) this.check({ field: more, path: `${path}.additionalProperties` }, 'field', inside);
  }

  #checkType({ field, path }: Located, level: Level): void {
    const type = goText(field.get('type'));
    const embedded = isTrue(field, 'x-kubernetes-embedded-resource');
    if (type === '') {
      if (
        !embedded &&
        (isOn(field, 'x-kubernetes-int-or-string') || isOn(field, 'x-kubernetes-preserve-unknown-fields'))
      )
        return;
      const text = message(
        'Every field of a schema needs its type; add one such as {0}',
        level === 'root' ? 'object' : 'string',
      );
      tellAt(field.get('type'), `${path}.type`, text, this.#visit);
    } else if (type !== null && type !== 'object' && (level === 'root' || embedded))
      tellAt(
        field.get('type'),
        `${path}.type`,
        message('The type of an object is object; change it'),
        this.#visit,
      );
  }

  #checkEmbedded(place: Located): void {
    const { field } = place;
    const embedded = isTrue(field, 'x-kubernetes-embedded-resource');
    const preserve = isTrue(field, 'x-kubernetes-preserve-unknown-fields');
    if (isTrue(field, 'x-kubernetes-int-or-string')) {
      if (preserve)
        this.#tell(place, 'x-kubernetes-preserve-unknown-fields', 'A number or text has no {0}; remove it');
      if (embedded)
        this.#tell(place, 'x-kubernetes-embedded-resource', 'A number or text has no {0}; remove it');
    }
    if (!embedded) return;
    if (field.has('additionalProperties'))
      this.#tell(place, 'additionalProperties', 'An embedded object has no {0}');
    if (!isOn(field, 'x-kubernetes-preserve-unknown-fields') && isEmptyMap(field.get('properties')))
      this.#tell(
        place,
        'properties',
        'An embedded object needs {0}, or x-kubernetes-preserve-unknown-fields: true',
      );
  }

  /** What every object has is declared already; only the form of its name may be restricted. */
  #checkMetadata({ field, path }: Located, level: Level): void {
    const properties = field.get('properties');
    for (const [key, type] of [
      ['apiVersion', 'string'],
      ['kind', 'string'],
      ['metadata', 'object'],
    ] as const) {
      const property = written(properties, key);
      const own = property === null ? null : goText(property.get('type'));
      if (property !== null && own !== null && own !== type)
        tellAt(
          property.get('type'),
          `${path}.properties[${key}].type`,
          message('The type of {0} is {1}', key, type),
          this.#visit,
        );
    }
    const metadata = level === 'root' ? written(properties, 'metadata') : null;
    if (metadata === null || isPlainMetadata(metadata)) return;
    const text = message('metadata may restrict name and generateName only; remove the rest');
    this.#visit.report(metadata, text, { path: `${path}.properties[metadata]` });
  }

  #tell({ field, path }: Located, key: string, template: string): void {
    tellAt(field.get(key), `${path}.${key}`, message(template, key), this.#visit);
  }
}

function isPlainMetadata(metadata: Field): boolean {
  return metadata.entries().every((part) => {
    if (part.key === 'type' || part.key === 'default' || !part.written) return true;
    if (part.key === 'properties')
      return part.entries().every(({ key }) => key === 'name' || key === 'generateName');
    return part.flag() === false || part.text() === '';
  });
}

function isTrue(schema: Field, key: string): boolean {
  return schema.has(key) && schema.get(key).flag() === true;
}

/** True, or yet to be filled in by a template. */
function isOn(schema: Field, key: string): boolean {
  const part = written(schema, key);
  return part !== null && part.flag() !== false;
}
