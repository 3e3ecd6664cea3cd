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

/** An immutable value by its kind and by what it is made of. */
export function keptValue<T>(kind: string, made: unknown, make: () => T): T {
  return values.get(`${kind} ${JSON.stringify(made)}`, make) as T;
}
