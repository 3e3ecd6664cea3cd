/** What a value of a template can become: its own words, with anything in place of its actions. */
export interface ValuePattern {
  /** Number of characters that stand there literally. */
  readonly literals: number;
  readonly test: (rendered: string) => boolean;
}

const action = /\{\{.*?\}\}/g;

export function pattern(value: string): ValuePattern {
  const bare = value.replace(/(?:^|\s)#.*$/, '').trim();
  const text = bare.replace(/^(["'])(.*)\1$/, '$2');
  const parts = text.split(action);
  const literals = parts.join('').length;
  return { literals, test: (rendered) => matches(parts, rendered) };
}

/** Whether the parts stand in a text in this order, the first at its start and the last at its end. */
function matches(parts: readonly string[], rendered: string): boolean {
  const first = parts[0] ?? '';
  const last = parts.at(-1) ?? '';
  if (parts.length === 1) return rendered === first;
  if (!rendered.startsWith(first) || !rendered.endsWith(last)) return false;
  let from = first.length;
  for (const part of parts.slice(1, -1)) {
    const at = rendered.indexOf(part, from);
    if (at < 0) return false;
    from = at + part.length;
  }
  return rendered.length - last.length >= from;
}
