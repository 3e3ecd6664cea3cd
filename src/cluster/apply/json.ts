/** Reading of raw JSON, as apply and its diff need it. */
export type Fields = Readonly<Record<string, unknown>>;

export function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The mapping under a key; an empty one when there is none. */
export function fieldsIn(value: Fields, key: string): Fields {
  const field = value[key];
  return isFields(field) ? field : {};
}

/** The mappings in the list under a key; none when there is no list. */
export function listIn(value: Fields, key: string): readonly Fields[] {
  const list = value[key];
  return Array.isArray(list) ? list.filter(isFields) : [];
}
