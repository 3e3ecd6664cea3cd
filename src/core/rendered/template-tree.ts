/** A Helm template read by its indentation, since it is no YAML before it is rendered. */
import type { TextRange } from '../finding.ts';
import { ActionReader, actionsIn, plainActions } from './template-actions.ts';
import type { Dot, Output } from './template-actions.ts';

/** A key of a mapping, or an item of a list, as a template writes it. */
export interface TemplateNode {
  /** Null for an item of a list. */
  readonly key: string | null;
  /** Of an item, what its line says; null for the root of a document or of a named template. */
  readonly keyRange: TextRange | null;
  /** Of the value where there is one on the line, else of the key; of an item, what its line says. */
  readonly range: TextRange;
  /** The value as written, with its actions; `''` where there is none on the line. */
  readonly value: string;
  readonly children: TemplateNode[];
  /** What actions put among the children, or in place of the value. */
  readonly inserts: Output[];
}

export interface TemplateFile {
  /** One for each document. */
  readonly documents: readonly TemplateNode[];
  /** Bodies of the named templates. */
  readonly defines: ReadonlyMap<string, TemplateNode>;
}

interface Open {
  readonly node: TemplateNode;
  /** Column of the key or of the dash. */
  readonly column: number;
}

const keyLine =
  /^((?:"[^"]*"|'[^']*'|[^\s"'{}#:][^\s{}:]*))[ \t]*:(?=\s|$)[ \t]*(.*?)(?:[ \t]+#[^"'}]*)?[ \t\r]*$/;

/** Reads a template. `given`: what its named templates get as `.`. */
export function readTemplate(text: string, given: Dot = 'root'): TemplateFile {
  const builder = new TreeBuilder(given);
  let start = 0;
  for (const line of plainActions(text).split('\n')) {
    builder.line(line, start);
    start += line.length + 1;
  }
  return { documents: builder.documents, defines: builder.defines };
}

class TreeBuilder {
  readonly documents: TemplateNode[] = [];
  readonly defines = new Map<string, TemplateNode>();
  readonly #actions: ActionReader;
  /** What is open in each text that is being read: the file, and the named templates inside it. */
  readonly #stacks: Open[][] = [];
  /** Lines further in than this column belong to a block of text. */
  #block: number | null = null;

  constructor(given: Dot) {
    this.#actions = new ActionReader(given);
    this.#document();
  }

  line(line: string, start: number): void {
    if (/^---(?:\s|$)/.test(line)) {
      this.#document();
      return;
    }
    const outputs = this.#readActions(line);
    const column = line.search(/\S/);
    if (column < 0 || line[column] === '#') return;
    if (this.#block !== null) {
      if (column > this.#block || line.startsWith('{{', column)) return;
      this.#block = null;
    }
    if (line.startsWith('{{', column) && !keyLine.test(line.slice(column))) this.#insert(outputs, column);
    else this.#entries(line, column, start, outputs);
  }

  #document(): void {
    const root = emptyRoot();
    this.documents.push(root);
    this.#stacks[0] = [{ node: root, column: -1 }];
    this.#block = null;
  }

  get #open(): Open[] {
    return this.#stacks.at(-1) ?? [];
  }

  #readActions(line: string): readonly Output[] {
    return actionsIn(line).flatMap(({ code }) => {
      const read = this.#actions.read(code);
      if (read === null) return [];
      if ('define' in read) {
        const body = emptyRoot();
        this.defines.set(read.define, body);
        this.#stacks.push([{ node: body, column: -1 }]);
        return [];
      }
      if (!('ends' in read)) return [read];
      if ((read.ends === 'define' || read.ends === 'block') && this.#stacks.length > 1) this.#stacks.pop();
      return [];
    });
  }

  #insert(outputs: readonly Output[], column: number): void {
    for (const output of outputs) {
      const at = output.indent ?? column;
      const parent = this.#open.findLast((one) => one.column < at) ?? this.#open[0];
      parent?.node.inserts.push(output);
    }
  }

  /** A line may open several nodes: `- - name: x`. */
  #entries(line: string, first: number, start: number, outputs: readonly Output[]): void {
    let column = first;
    while (/^-(?:\s|$)/.test(line.slice(column))) {
      const rest = line.slice(column + 1).search(/\S/);
      const inner = rest < 0 ? line.length : column + 1 + rest;
      this.#close((one) => one.column > column || (one.column === column && one.node.key === null));
      const range = { start: start + Math.min(inner, line.length), end: start + line.trimEnd().length };
      const text = line.slice(inner).trim();
      const value = keyLine.test(text) ? '' : text;
      this.#add(
        { key: null, keyRange: range, range, value, children: [], inserts: only(value, outputs) },
        column,
      );
      column = inner;
    }
    const match = keyLine.exec(line.slice(column));
    if (match === null) return;
    const [, quoted = '', value = ''] = match;
    this.#close((one) => one.column >= column);
    const keyStart = start + column;
    const keyRange = { start: keyStart, end: keyStart + quoted.length };
    const from = keyStart + match[0].indexOf(value, quoted.length + 1);
    const range = value === '' ? keyRange : { start: from, end: from + value.length };
    const key = unquoted(quoted);
    this.#add({ key, keyRange, range, value, children: [], inserts: only(value, outputs) }, column);
    if (/^[|>][-+\d]*(?:\s+#.*)?$/.test(value)) this.#block = column;
  }

  #close(over: (one: Open) => boolean): void {
    const open = this.#open;
    while (open.length > 1) {
      const top = open.at(-1);
      if (top === undefined || !over(top)) return;
      open.pop();
    }
  }

  #add(node: TemplateNode, column: number): void {
    this.#open.at(-1)?.node.children.push(node);
    this.#open.push({ node, column });
  }
}

/** Of a document or a named template. */
function emptyRoot(): TemplateNode {
  return { key: null, keyRange: null, range: { start: 0, end: 0 }, value: '', children: [], inserts: [] };
}

function unquoted(text: string): string {
  return text.replace(/^(["'])(.*)\1$/, '$2');
}

/** What the one action prints that is all of a value, quotes aside; nothing where there is more to it. */
function only(value: string, outputs: readonly Output[]): Output[] {
  return /^\{\{(?:(?!\}\}).)*\}\}$/.test(unquoted(value)) ? outputs.slice(-1) : [];
}
