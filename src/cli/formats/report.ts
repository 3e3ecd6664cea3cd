import type { Finding, LineIndex } from '../../core/index.ts';

/** What one file has to say. */
export interface FileReport {
  /** As it was named, or `-` for standard input. */
  readonly file: string;
  readonly findings: readonly Finding[];
  readonly lines: LineIndex;
}

export interface Report {
  readonly files: readonly FileReport[];
  /** Sentences about what could not be checked. */
  readonly problems: readonly string[];
}

/** How to print for a reader; only the text form has a choice. */
export interface Style {
  readonly color: boolean;
}

/** A place as people and most tools count: from 1, `endColumn` the one after the last. Columns are UTF-16 units. */
export interface Region {
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
}

export function regionOf(lines: LineIndex, range: Finding['range']): Region {
  const { start, end } = lines.rangeAt(range);
  return {
    line: start.line + 1,
    column: start.character + 1,
    endLine: end.line + 1,
    endColumn: end.character + 1,
  };
}
