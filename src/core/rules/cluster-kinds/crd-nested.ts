import { message } from '../../finding.ts';
import { toJson } from '../../manifest/nodes.ts';
import type { Field } from '../../schema/field.ts';
import type { Visit } from '../rule.ts';
import { tellAt, written } from './crd.ts';
import type { Located } from './crd.ts';
import { checkLists } from './crd-lists.ts';
import { checkNode, schemasIn } from './crd-node.ts';

const junctors: readonly string[] = ['allOf', 'anyOf', 'oneOf'];
/** Only the structural part of a schema may have these. */
const structural: readonly string[] = [
  'type',
  'additionalProperties',
  'default',
  'title',
  'description',
  'nullable',
  'x-kubernetes-preserve-unknown-fields',
  'x-kubernetes-embedded-resource',
  'x-kubernetes-int-or-string',
  'x-kubernetes-list-map-keys',
  'x-kubernetes-list-type',
  'x-kubernetes-map-type',
  'x-kubernetes-validations',
];
/** The one way to say that a value is a number or a text. */
const intOrString = JSON.stringify([{ type: 'integer' }, { type: 'string' }]);

interface Around {
  readonly metadata: boolean;
  readonly defaults: boolean;
}

/**
 * What restricts the values of a place: it adds no structure. Where it stands at the root, it also names no field that
 * the structure has not; deeper the server does not look for that.
 */
export function checkNested(place: Located, around: Around, root: boolean, visit: Visit): void {
  for (const clause of clausesOf(place)) new Nested(around, visit).check(clause, root ? place : null);
}

function clausesOf({ field, path }: Located): Located[] {
  const clauses: Located[] = [];
  for (const key of junctors) {
    if (!field.has(key) || (key === 'anyOf' && isIntOrString(field.get(key)))) continue;
    for (const [index, clause] of field.get(key).items().entries())
      clauses.push({ field: clause, path: `${path}.${key}[${index}]` });
  }
  if (field.has('not')) clauses.push({ field: field.get('not'), path: `${path}.not` });
  return clauses;
}

function isIntOrString({ node }: Field): boolean {
  return node?.type === 'sequence' && node.items.length === 2 && JSON.stringify(toJson(node)) === intOrString;
}

class Nested {
  readonly #around: Around;
  readonly #visit: Visit;

  constructor(around: Around, visit: Visit) {
    this.#around = around;
    this.#visit = visit;
  }

  /** `place` is where the structure must describe the same value; null where it need not. */
  check(clause: Located, place: Located | null): void {
    const { field, path } = clause;
    if (field.node?.type !== 'mapping') return;
    checkNode(clause, this.#around, this.#visit);
    checkLists(clause, this.#visit);
    for (const key of structural) this.#forbid(clause, key);
    for (const property of schemasIn(field, 'properties')) {
      const inner = { field: property, path: `${path}.properties[${property.key}]` };
      if (property.key === 'metadata')
        this.#visit.report(property, message('metadata cannot be restricted here; remove it'), {
          path: inner.path,
        });
      this.#step(inner, place, 'properties', property.key);
    }
    const items = written(field, 'items');
    if (items !== null) this.#step({ field: items, path: `${path}.items` }, place, 'items', null);
    for (const inner of clausesOf(clause)) this.check(inner, place);
  }

  #step(inner: Located, place: Located | null, part: string, key: string | null): void {
    if (place === null) {
      this.check(inner, null);
      return;
    }
    const outer = key === null ? place.field.get(part) : place.field.get(part).get(key);
    const path = key === null ? `${place.path}.${part}` : `${place.path}.${part}[${key}]`;
    if (outer.written) this.check(inner, { field: outer, path });
    else
      this.#visit.report(
        inner.field,
        message('{0} must be declared outside of allOf, anyOf, oneOf and not', key ?? part),
        {
          path,
          range: inner.field.head,
        },
      );
  }

  #forbid({ field, path }: Located, key: string): void {
    const part = written(field, key);
    if (part === null || part.flag() === false || part.text() === '') return;
    if (part.node?.type === 'sequence' && part.items().length === 0) return;
    tellAt(
      part,
      `${path}.${key}`,
      message('{0} belongs outside of allOf, anyOf, oneOf and not; move it', key),
      this.#visit,
    );
  }
}
