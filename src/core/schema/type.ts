import type { DefinedSchema } from './crd-schema.ts';

/** What a place of an object may hold. */
export type Type = ObjectType | ListType | MapType | ScalarType;

export interface ListType {
  readonly kind: 'list';
  readonly items: Type;
}

/** Free keys, as labels have. */
export interface MapType {
  readonly kind: 'map';
  readonly values: Type;
  /** Of a custom resource: the server writes its keys after a dot, not in brackets. */
  readonly dotted?: boolean;
}

/**
 * `integer` has 32 or 64 bits; `bytes` is base64; `time` is RFC 3339, `microTime` the same with six decimals;
 * `any` is whatever JSON can say.
 */
export type ScalarKind =
  | 'string'
  | 'integer'
  | 'number'
  | 'boolean'
  | 'quantity'
  | 'intOrString'
  | 'time'
  | 'microTime'
  | 'bytes'
  | 'any';

export interface ScalarType {
  readonly kind: ScalarKind;
  /** Of an integer. */
  readonly bits?: 32 | 64;
  /** Of a string: the values its documentation lists. A server need not insist on them. */
  readonly values?: readonly string[];
}

/** A mapping with named fields. */
export interface ObjectType {
  readonly kind: 'object';
  /** `core/v1.Container`; of an inline type of a custom resource, the path to it. */
  readonly name: string;
  readonly fields: ReadonlyMap<string, Type>;
  readonly required: ReadonlySet<string>;
  /** Other fields are kept as they are. */
  readonly open: boolean;
  /** Fields that a later version of Kubernetes brings, and which. */
  readonly later?: ReadonlyMap<string, string>;
  /** What its definition says of a field, or (`''`) of itself; absent where that is kept elsewhere. */
  readonly docs?: (field: string) => string | null;
  /** Of the root of a custom resource: what its definition asks of the values. */
  readonly definition?: { readonly schema: DefinedSchema; readonly statusApart: boolean };
}
