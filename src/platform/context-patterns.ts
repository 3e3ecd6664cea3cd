/** Patterns by which settings name contexts: pure, so that they can be tested without an editor. */

/** `*` stands for any run of characters; everything else is literal; upper and lower case are the same. */
export function matchesPattern(pattern: string, name: string): boolean {
  const parts = pattern.toLowerCase().split('*');
  const text = name.toLowerCase();
  const [first = '', ...rest] = parts;
  const last = rest.pop();
  if (last === undefined) return text === first;
  if (!text.startsWith(first)) return false;
  // No regular expression: many stars would make it try for ever.
  let position = first.length;
  for (const part of rest) {
    const found = text.indexOf(part, position);
    if (found === -1) return false;
    position = found + part.length;
  }
  return text.length - last.length >= position && text.endsWith(last);
}

/** The value of the pattern that names the context best: its own name, else the first that fits; null where none does. */
export function valueOf<T>(patterns: Readonly<Record<string, T>>, name: string): T | null {
  const entries = Object.entries(patterns);
  const own = entries.find(([pattern]) => pattern.toLowerCase() === name.toLowerCase());
  return (own ?? entries.find(([pattern]) => matchesPattern(pattern, name)))?.[1] ?? null;
}

/** The patterns with the context named among them; the same ones where it is already. */
export function withName(patterns: readonly string[], name: string): readonly string[] {
  return patterns.some((pattern) => isName(pattern, name)) ? patterns : [...patterns, name];
}

/** The patterns without those that name this one context alone. */
export function withoutName(patterns: readonly string[], name: string): readonly string[] {
  return patterns.filter((pattern) => !isName(pattern, name));
}

function isName(pattern: string, name: string): boolean {
  return pattern.toLowerCase() === name.toLowerCase();
}

/** Whether the context has a name that kind, k3d or minikube give. */
export function isLocalContext(name: string): boolean {
  return /^(?:kind-.+|k3d-.+|minikube)$/.test(name);
}
