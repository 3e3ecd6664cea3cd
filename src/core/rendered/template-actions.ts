/** What the actions of a Helm template (`{{ … }}`) say of the values they use, as far as a reader can tell. */
import type { TextRange } from '../finding.ts';

/** Keys into the chart's values; `*` stands for any item of a list or mapping. */
export type ValuesPath = readonly string[];

/** What `.` means at a place: the root of everything, a place in the values, or what cannot be told (null). */
export type Dot = 'root' | ValuesPath | null;

/** An action that puts text into the template. */
export interface Output {
  /** Place in the values it prints; null where it prints something else. */
  readonly values: ValuesPath | null;
  /** Named template it prints, and what that sees as `.`. */
  readonly include: { readonly name: string; readonly dot: Dot } | null;
  /** Column its lines begin at; null where the action does not say. */
  readonly indent: number | null;
}

interface Block {
  readonly keyword: string;
  readonly dot: Dot;
  readonly variables: ReadonlyMap<string, Dot>;
}

const action = /\{\{-?\s*([\s\S]*?)\s*-?\}\}/g;

/** Actions of a piece of text, with where they stand in it. */
export function actionsIn(text: string): readonly { readonly code: string; readonly range: TextRange }[] {
  return [...text.matchAll(action)].map((match) => ({
    code: match[1] ?? '',
    range: { start: match.index, end: match.index + match[0].length },
  }));
}

/** The text without its comments, and with every action on one line; nothing moves. */
export function plainActions(text: string): string {
  return text.replace(action, (whole, code: string) =>
    code.startsWith('/*') ? whole.replace(/[^\r\n]/g, ' ') : whole.replace(/[\r\n]/g, ' '),
  );
}

/** Follows a template's actions in order, and knows what `.` and the variables mean at each. */
export class ActionReader {
  readonly #given: Dot;
  #dot: Dot = 'root';
  #variables: ReadonlyMap<string, Dot> = new Map();
  readonly #open: Block[] = [];

  /** `given`: what named templates get as `.`. */
  constructor(given: Dot) {
    this.#given = given;
  }

  /** Takes in the next action: what it prints, the named template it begins or ends, or null for the rest. */
  read(code: string): Output | { readonly define: string } | { readonly ends: string } | null {
    const [keyword = '', ...rest] = code.split(/\s+/);
    const expression = rest.join(' ');
    switch (keyword) {
      case 'define':
      case 'block':
        this.#push(keyword, this.#given);
        return { define: unquote(rest[0] ?? '') };
      case 'if':
        this.#push(keyword, this.#dot);
        return null;
      case 'with':
        this.#enter(keyword, expression, []);
        return null;
      case 'range':
        this.#enter(keyword, expression, ['*']);
        return null;
      case 'else':
        return null;
      case 'end':
        return this.#end();
      default:
        return this.#output(code);
    }
  }

  #push(keyword: string, dot: Dot): void {
    this.#open.push({ keyword, dot: this.#dot, variables: this.#variables });
    this.#dot = dot;
  }

  #enter(keyword: string, expression: string, item: ValuesPath): void {
    const [, variables = '', value = expression] =
      /^((?:\$\w+\s*,\s*)?\$\w+)\s*:=\s*(.*)$/.exec(expression) ?? [];
    const place = this.#resolve(value);
    const dot: Dot = place === null || place === 'root' ? null : [...place, ...item];
    this.#push(keyword, dot);
    const variable = variables.split(',').at(-1)?.trim() ?? '';
    if (variable !== '') this.#assign(variable, dot);
  }

  #end(): { readonly ends: string } | null {
    const block = this.#open.pop();
    if (block === undefined) return null;
    this.#dot = block.dot;
    this.#variables = block.variables;
    return { ends: block.keyword };
  }

  #assign(variable: string, dot: Dot): void {
    this.#variables = new Map([...this.#variables, [variable, dot]]);
  }

  #output(code: string): Output | null {
    const assignment = /^(\$\w+)\s*:?=\s*(.*)$/.exec(code);
    if (assignment !== null) {
      this.#assign(assignment[1] ?? '', this.#resolve(assignment[2] ?? ''));
      return null;
    }
    const [source = '', ...filters] = code.split('|').map((part) => part.trim());
    const indent = /^(?:n?indent)\s+(\d+)$/.exec(filters.at(-1) ?? '')?.[1];
    const included = /^(?:include|template)\s+("[^"]*"|`[^`]*`)\s*(.*)$/.exec(source);
    const dot = included === null ? this.#resolve(source) : null;
    return {
      values: dot === 'root' ? null : dot,
      include:
        included === null
          ? null
          : { name: unquote(included[1] ?? ''), dot: this.#resolve(included[2] || '.') },
      indent: indent === undefined ? null : Number(indent),
    };
  }

  /** What an expression means where it is a place of the values, wrapped in nothing but functions that only print. */
  #resolve(expression: string): Dot {
    const inner = expression
      .split('|')[0]
      ?.trim()
      .replace(/^(?:(?:toYaml|quote|squote|tpl|int|int64|toString|default\s+\S+|required\s+"[^"]*")\s+)+/, '')
      .replace(/^\((.*)\)$/, '$1')
      .replace(/\s+\$$|\s+\.$/, '');
    if (inner === undefined) return null;
    const match = /^(\$\w*)?((?:\.\w+)*|\.)$/.exec(inner);
    if (match === null || inner === '') return null;
    const [, variable, path = ''] = match;
    const keys = path.split('.').filter((key) => key !== '');
    const from =
      variable === undefined
        ? this.#dot
        : variable === '$'
          ? 'root'
          : (this.#variables.get(variable) ?? null);
    if (from === null) return null;
    if (from !== 'root') return [...from, ...keys];
    if (keys.length === 0) return 'root';
    return keys[0] === 'Values' ? keys.slice(1) : null;
  }
}

function unquote(text: string): string {
  return text.replace(/^["`]|["`]$/g, '');
}
