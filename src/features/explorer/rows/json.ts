/** Reading of objects as the API server sent them: what is not of the expected form counts as absent. */
export type Json = Readonly<Record<string, unknown>>;

function isRecord(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The value at a path; undefined as soon as something on the way is no object. */
function at(value: unknown, path: readonly string[]): unknown {
  let inner = value;
  for (const key of path) {
    if (!isRecord(inner)) return undefined;
    inner = inner[key];
  }
  return inner;
}

export function textAt(value: unknown, ...path: string[]): string | null {
  const found = at(value, path);
  return typeof found === 'string' && found !== '' ? found : null;
}

export function flagAt(value: unknown, ...path: string[]): boolean {
  return at(value, path) === true;
}

export function listAt(value: unknown, ...path: string[]): readonly Json[] {
  const found = at(value, path);
  return Array.isArray(found) ? found.filter(isRecord) : [];
}

/** An RFC 3339 time in milliseconds since 1970. */
export function timeAt(value: unknown, ...path: string[]): number | null {
  const text = textAt(value, ...path);
  const time = text === null ? Number.NaN : Date.parse(text);
  return Number.isNaN(time) ? null : time;
}

export function numberAt(value: unknown, ...path: string[]): number | null {
  const found = at(value, path);
  return typeof found === 'number' ? found : null;
}

/** The object at a path; an empty one where there is none. */
export function mapAt(value: unknown, ...path: string[]): Json {
  const found = at(value, path);
  return isRecord(found) ? found : {};
}
