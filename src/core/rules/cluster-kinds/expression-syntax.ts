/** Words of the Common Expression Language: blanks and comments, texts, names, numbers, signs. */
const word =
  /(?<blank>[ \t\r\n\f]+|\/\/[^\n]*)|(?<text>[bB]?[rR](?:"""[^]*?"""|'''[^]*?'''|"[^"\n\r]*"|'[^'\n\r]*')|[bB]?(?:"""(?:\\[^]|[^\\])*?"""|'''(?:\\[^]|[^\\])*?'''|"(?:\\.|[^\\"\n\r])*"|'(?:\\.|[^\\'\n\r])*'))|(?<name>[A-Za-z_]\w*|`[\w./ -]+`)|(?<number>0x[0-9a-fA-F]+u?|(?:\d+\.\d+|\.\d+|\d+)(?:[eE][-+]?\d+)?[uU]?)|(?<sign>==|!=|<=|>=|&&|\|\||[<>[\](){}.,\-!?:+*/%])/y;

const closing: Readonly<Record<string, string>> = { ')': '(', ']': '[', '}': '{' };

/** What an expression cannot be read beyond, and where that is; `''` at its end, where something is missing. */
export interface Fault {
  readonly word: string;
  readonly at: number;
}

/**
 * The first word of an expression that can stand there by no means. What only a compiler knows is none of it: names
 * and types, and the finer points of the grammar.
 */
export function expressionFault(text: string): Fault | null {
  const open: string[] = [];
  /** The word before is a value, or ends one. */
  let complete = false;
  for (let at = 0; at < text.length; at = word.lastIndex) {
    word.lastIndex = at;
    const match = word.exec(text);
    const found = match?.[0] ?? '';
    const fault = { word: found === '' ? String.fromCodePoint(text.codePointAt(at) ?? 0) : found, at };
    if (match === null) return fault;
    if (match.groups?.blank !== undefined) continue;
    if (match.groups?.sign === undefined && found !== 'in') {
      if (complete) return fault;
      complete = true;
      continue;
    }
    const opener = closing[found];
    if (opener !== undefined && open.pop() !== opener) return fault;
    if ('([{'.includes(found)) open.push(found);
    complete = opener !== undefined;
  }
  return complete && open.length === 0 ? null : { word: '', at: text.length };
}
