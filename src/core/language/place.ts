import type { Analysis, ManifestDocument } from '../analysis/analysis.ts';
import type { TextRange } from '../finding.ts';
import type { Entry } from '../manifest/nodes.ts';
import type { Field } from '../schema/field.ts';

/** What is written at an offset of a file. */
export interface Place {
  readonly document: ManifestDocument;
  /** Root of the Kubernetes object. */
  readonly object: Field;
  /** The innermost written field around the offset. Its own offsets count from the start of the document. */
  readonly field: Field;
  /** On the field's key, on its value where that is a single one, or somewhere between its parts. */
  readonly part: 'key' | 'value' | 'between';
  /** The key or the value, in the file; of what is between, the field's key. */
  readonly range: TextRange;
}

/** The document an offset lies in; at the border of two, the second. Null in a tail of nothing but comments. */
export function documentAt(analysis: Analysis, offset: number): ManifestDocument | null {
  const { documents } = analysis;
  let low = 0;
  let high = documents.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((documents[middle]?.range.start ?? 0) <= offset) low = middle + 1;
    else high = middle;
  }
  const document = documents[low - 1];
  return document !== undefined && offset <= document.range.end ? document : null;
}

/**
 * What is written at an offset; a word's end belongs to it. Null outside of Kubernetes objects. Of a half-typed line
 * that could not be read, the field around it is told: `cursorAt` knows what is being typed there.
 */
export function placeAt(analysis: Analysis, offset: number): Place | null {
  const document = documentAt(analysis, offset);
  if (document === null) return null;
  const { start } = document.range;
  const at = offset - start;
  const object = document.roots.findLast(({ node }) => node !== null && holds(node.range, at));
  if (object === undefined) return null;
  const { field, part } = innermost(object, at);
  const { start: from, end } = part === 'value' ? field.range : field.head;
  return { document, object, field, part, range: { start: from + start, end: end + start } };
}

/** Blocks reach up to the line behind them, where the next one begins: of two around an offset it is in the second. */
function innermost(root: Field, at: number): Pick<Place, 'field' | 'part'> {
  for (let field = root; ;) {
    const { node } = field;
    if (node === null || node.type === 'scalar') {
      return { field, part: node === null || node.range.end === node.range.start ? 'between' : 'value' };
    }
    const next: Field | undefined =
      node.type === 'sequence'
        ? field.items().findLast((item) => item.node !== null && holds(item.node.range, at))
        : field.entries().findLast(({ entry }) => entry !== null && isAround(entry, at));
    if (next === undefined) return { field, part: 'between' };
    if (next.entry !== null && holds(next.entry.keyRange, at)) return { field: next, part: 'key' };
    if (next.node === null || !holds(next.node.range, at)) return { field: next, part: 'between' };
    field = next;
  }
}

/** What an alias or `<<` brought in stands elsewhere, and is found there. */
function isAround({ keyRange, value, inherited }: Entry, at: number): boolean {
  if (inherited || at < keyRange.start) return false;
  return at <= keyRange.end || (value.range.start >= keyRange.end && at <= value.range.end);
}

function holds({ start, end }: TextRange, at: number): boolean {
  return start <= at && at <= end;
}
