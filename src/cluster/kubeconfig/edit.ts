/**
 * Changes of one value in the text of a kubeconfig: comments, order, anchors, fields nobody knows and line ends stay
 * as they are. Each edit is checked by reading both texts: nothing but the one value may differ.
 */
import { isDeepStrictEqual } from 'node:util';
import { isAlias, isMap, isScalar, isSeq, type Document, type Node, type Pair, type YAMLMap } from 'yaml';
import { firstDocument } from './parse.ts';

/** Why an edit is not made: `missing`, the file holds no such context; `entangled`, only a person can tell what to do. */
export type EditRefusal = 'broken' | 'missing' | 'entangled';

export type Edit =
  { readonly ok: true; readonly text: string } | { readonly ok: false; readonly why: EditRefusal };

type Fields = Record<string | number, unknown>;

/** The text with another `current-context`. */
export function withCurrentContext(text: string, context: string): Edit {
  const holder = (document: Document.Parsed): unknown => document.contents;
  return edit(text, { path: ['current-context'], value: context, holder });
}

/** The text with another namespace in one of its contexts. */
export function withNamespace(text: string, context: string, namespace: string): Edit {
  const document = firstDocument(text);
  const index = document === null ? -1 : contextIndex(document, context);
  if (index === -1 && (document?.errors.length ?? 0) === 0) return { ok: false, why: 'missing' };
  return edit(text, {
    path: ['contexts', index, 'context', 'namespace'],
    value: namespace,
    holder: ({ contents }) => {
      const list = isMap(contents) ? pairOf(contents, 'contexts')?.value : null;
      const entry = isSeq(list) ? list.items[index] : null;
      if (!isMap(entry)) return null;
      return pairOf(entry, 'context')?.value ?? { emptyOf: entry };
    },
  });
}

/** Where the context stands in the list: the first of that name, as the reader takes it; -1 where it does not. */
function contextIndex({ contents }: Document.Parsed, context: string): number {
  const list = isMap(contents) ? pairOf(contents, 'contexts')?.value : null;
  if (!isSeq(list)) return -1;
  return list.items.findIndex((item) => isMap(item) && String(item.get('name')) === context);
}

interface Change {
  /** The last of it is the key. */
  readonly path: readonly (string | number)[];
  readonly value: string;
  /** The mapping to hold the key; `emptyOf`: it is not there yet, and would be the `context` of this one. */
  readonly holder: (document: Document.Parsed) => unknown;
}

function edit(text: string, { path, value, holder }: Change): Edit {
  const key = String(path.at(-1));
  const document = firstDocument(text);
  if (document === null) return { ok: true, text: addedToNothing(text, key, value) };
  const before = plain(document);
  if (document.errors.length > 0 || before === null) return { ok: false, why: 'broken' };
  const changed = replaced(text, holder(document), key, value);
  const after = changed === null ? null : firstDocument(changed);
  if (changed === null || after === null || after.errors.length > 0) return { ok: false, why: 'entangled' };
  // Anchors and odd forms: what else would change is found by looking, not by knowing all of YAML.
  set(before, path, value);
  return isDeepStrictEqual(plain(after), before)
    ? { ok: true, text: changed }
    : { ok: false, why: 'entangled' };
}

/** A document's data with nothing shared between its places; null: its aliases unfold without end. */
function plain(document: Document.Parsed): unknown {
  try {
    return JSON.parse(JSON.stringify(document.toJS() ?? {}));
  } catch {
    return null;
  }
}

function set(root: unknown, path: readonly (string | number)[], value: string): void {
  let place = root as Fields;
  for (const step of path.slice(0, -1)) place = (place[step] ??= {}) as Fields;
  place[String(path.at(-1))] = value;
}

/** There is no document: no more than comments, if that. */
function addedToNothing(text: string, key: string, value: string): string {
  const eol = eolOf(text);
  const gap = text === '' || text.endsWith('\n') ? '' : eol;
  return `${text}${gap}${key}: ${written(value, null)}${eol}`;
}

function eolOf(text: string): string {
  return text.includes('\r\n') ? '\r\n' : '\n';
}

/** null: the place is of a form that is not touched. */
function replaced(text: string, place: unknown, key: string, value: string): string | null {
  if (place === null || place === undefined) return null;
  if (isEmptyOf(place))
    return inserted(text, place.emptyOf, 'context', `{ ${key}: ${written(value, null)} }`);
  if (isMap(place)) {
    const pair = pairOf(place, key);
    const merge = pairOf(place, '<<');
    // kubectl lets what is merged behind a key win over it.
    if (pair !== null && merge !== null && place.items.indexOf(merge) > place.items.indexOf(pair))
      return null;
    if (pair === null) return inserted(text, place, key, written(value, quoteOf(place)));
    return overwritten(text, pair, value);
  }
  // `context:` with nothing behind it.
  if (isScalar(place) && place.value === null) {
    return spliced(text, place, `{ ${key}: ${written(value, null)} }`);
  }
  return null;
}

/** The key's value gives way to another; one with an anchor of its own does not, others may stand for it. */
function overwritten(text: string, pair: Pair, value: string): string | null {
  const old = pair.value;
  if (isAlias(old)) return spliced(text, old, written(value, null));
  if (!isScalar(old) || old.anchor !== undefined || old.tag !== undefined) return null;
  const quote = old.type === 'QUOTE_DOUBLE' ? '"' : old.type === 'QUOTE_SINGLE' ? "'" : null;
  if (old.type === 'BLOCK_FOLDED' || old.type === 'BLOCK_LITERAL') return null;
  return spliced(text, old, written(value, quote));
}

function spliced(text: string, node: Node, by: string): string | null {
  const [start, end] = node.range ?? [];
  if (start === undefined || end === undefined) return null;
  const gap = start === end && /[:\-,]$/.test(text.slice(0, start)) ? ' ' : '';
  const behind = start === end && /^[^\s,}\]]/.test(text.slice(end)) ? ' ' : '';
  return text.slice(0, start) + gap + by + behind + text.slice(end);
}

function inserted(text: string, map: YAMLMap, key: string, value: string): string | null {
  const range = map.range;
  if (!range) return null;
  if (map.flow !== true) return insertedLine(text, map, `${key}: ${value}`);
  const quote = quoteOf(map);
  const field = `${quote === null ? key : JSON.stringify(key)}: ${value}`;
  const last = map.items.at(-1);
  if (last === undefined)
    return `${text.slice(0, range[0] + 1)} ${field} ${text.slice(range[1] - 1).trimStart()}`;
  const end = (isNode(last.value) ? last.value.range : isNode(last.key) ? last.key.range : null)?.[1];
  const start = isNode(last.key) ? last.key.range?.[0] : undefined;
  if (end === undefined || start === undefined) return null;
  const indent = /(\r?\n)([ \t]*)$/.exec(text.slice(0, start))?.[0] ?? ' ';
  return `${text.slice(0, end)},${indent}${field}${text.slice(end)}`;
}

/**
 * A line of its own in a block mapping, in the order of the alphabet where there is one, and never between a comment
 * and the key it is about. It stands behind a merge key: for kubectl the later one of two wins.
 */
function insertedLine(text: string, map: YAMLMap, field: string): string | null {
  const merge = map.items.findLastIndex(({ key }) => textOf(key) === '<<');
  const places = map.items.slice(merge + 1).flatMap(({ key }) => {
    const start = isNode(key) ? key.range?.[0] : undefined;
    if (start === undefined) return [];
    const lineStart = text.lastIndexOf('\n', start - 1) + 1;
    const above = text.slice(0, lineStart).split('\n').at(-2) ?? '';
    return [{ start, commented: above.trimStart().startsWith('#'), later: field < textOf(key) }];
  });
  const free = places.filter(({ commented }) => !commented);
  const place = free.find(({ later }) => later) ?? free[0] ?? places[0];
  const eol = eolOf(text);
  if (place !== undefined) {
    const { start } = place;
    return `${text.slice(0, start)}${field}${eol}${marginOf(text, start)}${text.slice(start)}`;
  }
  const last = map.items[merge];
  const start = isNode(last?.key) ? last.key.range?.[0] : undefined;
  const end = isNode(last?.value) ? last.value.range?.[1] : undefined;
  if (start === undefined || end === undefined) return null;
  const rest = text.slice(end).search(/\r?\n|$/);
  const lineEnd = end + rest;
  return `${text.slice(0, lineEnd)}${eol}${marginOf(text, start)}${field}${text.slice(lineEnd)}`;
}

/** Spaces that bring a line to the column of what stands at the offset. */
function marginOf(text: string, offset: number): string {
  return ' '.repeat(text.slice(text.lastIndexOf('\n', offset - 1) + 1, offset).replace('\ufeff', '').length);
}

/** Words that YAML 1.1, which kubectl reads, takes for something else than text. */
const reserved = /^(?:y|yes|n|no|on|off|true|false|null)$/i;

function written(value: string, quote: '"' | "'" | null): string {
  if (quote === "'" && !/[\n\r\t]/.test(value)) return `'${value.replaceAll("'", "''")}'`;
  const plain = /^[A-Za-z](?:[\w./@-]*\w)?$/.test(value) && !reserved.test(value);
  return quote === null && plain ? value : JSON.stringify(value);
}

/** `"` where the mapping is written as JSON. */
function quoteOf(map: YAMLMap): '"' | null {
  const [first] = map.items;
  return map.flow === true && first !== undefined && isScalar(first.key) && first.key.type === 'QUOTE_DOUBLE'
    ? '"'
    : null;
}

function isEmptyOf(place: unknown): place is { readonly emptyOf: YAMLMap } {
  return typeof place === 'object' && place !== null && 'emptyOf' in place;
}

/** The pair of a key that is written in this very mapping; of several the last, which counts. */
function pairOf(map: YAMLMap, key: string): Pair | null {
  return map.items.findLast((pair) => textOf(pair.key) === key) ?? null;
}

function textOf(key: unknown): string {
  if (!isScalar(key)) return '';
  // The merge key is a symbol.
  return typeof key.value === 'symbol' ? (key.value.description ?? '') : String(key.value);
}

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && 'range' in value;
}
