/** Three states of an object brought together: what was opened, what was made of it here, and elsewhere. */

type Fields = Readonly<Record<string, unknown>>;

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

const clash = Symbol('clash');

/** Both changes in one; null when they touch the same field. Lists are whole: their items have no identity. */
export function merged(base: unknown, mine: unknown, theirs: unknown): unknown {
  const result = join(base, mine, theirs);
  return result === clash ? null : result;
}

function join(base: unknown, mine: unknown, theirs: unknown): unknown {
  if (same(mine, theirs) || same(base, theirs)) return mine;
  if (same(base, mine)) return theirs;
  if (!isFields(mine) || !isFields(theirs)) return clash;
  const from = isFields(base) ? base : {};
  const fields: Record<string, unknown> = {};
  for (const name of new Set([...Object.keys(mine), ...Object.keys(theirs)])) {
    const field = join(from[name], mine[name], theirs[name]);
    if (field === clash) return clash;
    if (field !== undefined) fields[name] = field;
  }
  return fields;
}

function same(one: unknown, other: unknown): boolean {
  if (Object.is(one, other)) return true;
  if (Array.isArray(one) && Array.isArray(other)) {
    return one.length === other.length && one.every((item, index) => same(item, other[index]));
  }
  if (!isFields(one) || !isFields(other)) return false;
  const names = Object.keys(one);
  return (
    names.length === Object.keys(other).length &&
    names.every((name) => Object.hasOwn(other, name) && same(one[name], other[name]))
  );
}
