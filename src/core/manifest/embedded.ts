import type { TextRange } from '../finding.ts';
import type { ScalarNode } from './nodes.ts';

/** A text written inside another one, as a patch inside a kustomization. */
export interface EmbeddedText {
  readonly text: string;
  /** The same place in the text around it; where the two cannot be told to match, the whole scalar's first line. */
  readonly outer: (range: TextRange) => TextRange;
}

/** The text of a scalar. `base` is added to offsets into `source`. */
export function embeddedText(source: string, scalar: ScalarNode, base: number): EmbeddedText {
  const { start, end } = scalar.range;
  const raw = source.slice(start, end);
  const head = { start: base + start, end: base + start + firstLine(raw).length };
  let offsets: readonly (number | null)[] | null = null;
  return {
    text: scalar.source,
    outer(range) {
      offsets ??= lineOffsets(raw, scalar.source);
      const from = outerOffset(scalar.source, offsets, range.start);
      const to = outerOffset(scalar.source, offsets, range.end);
      if (from === null || to === null) return head;
      return { start: base + start + from, end: base + start + Math.max(from, to) };
    },
  };
}

function firstLine(text: string): string {
  return text.split('\n', 1)[0] ?? '';
}

/**
 * For each line of a block scalar's text, the offset where it begins in the scalar as written; null for one that does
 * not end there as it ends inside (a folded line). Everything else than a block scalar is one line.
 */
function lineOffsets(raw: string, text: string): readonly (number | null)[] {
  if (!/^[|>]/.test(raw)) {
    const at = raw.indexOf(text);
    return [at < 0 || text.includes('\n') ? null : at];
  }
  const written = raw.split('\n');
  let offset = (written[0] ?? '').length + 1;
  return text.split('\n').map((line, index) => {
    const outer = (written[index + 1] ?? '').replace(/\r$/, '');
    const begin = offset;
    offset += (written[index + 1] ?? '').length + 1;
    return outer.endsWith(line) ? begin + outer.length - line.length : null;
  });
}

function outerOffset(text: string, offsets: readonly (number | null)[], inner: number): number | null {
  const before = text.slice(0, inner);
  const line = before.split('\n').length - 1;
  const begin = offsets[line];
  return begin === undefined || begin === null ? null : begin + inner - (before.lastIndexOf('\n') + 1);
}
