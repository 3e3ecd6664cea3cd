import type { Analysis, FileFacts } from '../../core/index.ts';
import type { LineData } from '../../core/manifest/lines.ts';

/** The file's facts as they travel from thread to thread. */
export interface SentFacts extends Omit<FileFacts, 'lines'> {
  readonly lines: LineData;
}

/** What the workspace needs to know of the file. */
export function facts({ facts: { lines, ...known } }: Analysis): SentFacts {
  return { ...known, lines: lines.data };
}
