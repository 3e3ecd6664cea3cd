/**
 * Texts and small values that thousands of rows have in common, kept once. JSON.parse makes a new string for every
 * `Running`; ten thousand pods say it ten thousand times.
 */
const limit = 20_000;

/** A memory of values by text. It forgets everything when it is full: rows keep what they have. */
class Pool<T> {
  readonly #values = new Map<string, T>();

  get(key: string, make: () => T): T {
    const known = this.#values.get(key);
    if (known !== undefined) return known;
    if (this.#values.size >= limit) this.#values.clear();
    const made = make();
    this.#values.set(key, made);
    return made;
  }
}

const texts = new Pool<string>();
const values = new Pool<unknown>();

/** The same text, as the one copy of it that rows keep. */
export function kept(text: string): string {
  return texts.get(text, () => text);
}

/** The last of each kind: neighbours in a list mostly say the same, which is seen faster than a text of it is made. */
const latest = new Map<string, { readonly made: unknown; readonly value: unknown }>();

/** An immutable value by its kind and by what it is made of. */
export function keptValue<T>(kind: string, made: unknown, make: () => T): T {
  const last = latest.get(kind);
  if (last !== undefined && alike(last.made, made)) return last.value as T;
  const value = values.get(`${kind} ${JSON.stringify(made)}`, make) as T;
  latest.set(kind, { made, value });
  return value;
}

/** Whether two values of JSON are the same, written in the same order. */
function alike(one: unknown, other: unknown): boolean {
  if (one === other) return true;
  if (typeof one !== 'object' || typeof other !== 'object' || one === null || other === null) return false;
  if (Array.isArray(one) !== Array.isArray(other)) return false;
  const keys = Object.keys(one);
  const otherKeys = Object.keys(other);
  if (keys.length !== otherKeys.length) return false;
  for (const [index, key] of keys.entries()) {
    if (key !== otherKeys[index]) return false;
    if (!alike((one as Record<string, unknown>)[key], (other as Record<string, unknown>)[key])) return false;
  }
  return true;
}
