import { mend } from '../core/index.ts';
import type { CheckedFiles } from './checked-files.ts';
import type { Source } from './files/source.ts';

/** One fix can make way for the next; more turns than this only two fixes that undo each other take. */
const mostRounds = 10;

/** A file whose text fixes have changed. */
export interface FixedFile {
  readonly source: Source;
  readonly before: string;
  readonly after: string;
  /** Findings that are gone by it. */
  readonly count: number;
}

/** Applies what is safe to apply unseen to the files' texts, in memory, until nothing more can be. */
export async function fixAll(files: CheckedFiles): Promise<readonly FixedFile[]> {
  const fixed = new Map<Source, FixedFile>();
  let waiting = files.sources;
  for (let round = 0; round < mostRounds && waiting.length > 0; round++) {
    const changed: Source[] = [];
    for (const source of waiting) {
      const report = await files.findingsOf(source);
      if (report === null) continue;
      const { text, findings } = report;
      const mended = mend(text, findings, (tried) => files.replace(source, tried).findings);
      // Whatever was tried last: this is the text that stays.
      files.replace(source, mended.text);
      if (mended.count === 0) continue;
      const { before, count } = fixed.get(source) ?? { before: text, count: 0 };
      fixed.set(source, { source, before, after: mended.text, count: count + mended.count });
      changed.push(source);
    }
    waiting = changed;
  }
  return [...fixed.values()].filter(({ before, after }) => before !== after);
}
