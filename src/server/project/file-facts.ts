import { setImmediate as nextTurn } from 'node:timers/promises';
import {
  analyze,
  defaultSettings,
  type FileFacts,
  hintsOfBroken,
  LineIndex,
  rules,
} from '../../core/index.ts';
import type { RuleSettings } from '../../core/index.ts';
import type { LineData } from '../../core/manifest/lines.ts';
import type { Check } from '../providers/context.ts';
import { analyzeOptions } from './project.ts';

type DocumentFacts = FileFacts['documents'][number];

/** What is learned of a file does not hang on what is found in it. */
const unchecked: RuleSettings = {
  ...defaultSettings,
  rules: Object.fromEntries(rules.map(({ code }) => [code, 'off'])),
};

/**
 * What others need to know of a file that is read for nothing else. `skim`: only what may be in it, of one that is too
 * large to be read as others are.
 */
export function factsOfFile(text: string, check: Check, skim: boolean): FileFacts {
  if (skim) return { documents: [], complete: false, lines: new LineIndex(''), hints: hintsOfBroken(text) };
  // What is known of an object does not hang on its definition, which may be in a file that is yet to be read.
  return analyze(text, analyzeOptions({ ...check, kinds: [], settings: unchecked })).facts;
}

/** Facts as a thread sends them. */
export interface PackedFacts extends Omit<FileFacts, 'lines' | 'documents' | 'patches'> {
  /** Some documents each, as JSON: to read all of a large file's at once would hold up every answer. */
  readonly documents: readonly string[];
  readonly patches: readonly string[] | null;
  readonly lines: LineData;
}

const documentsAtOnce = 20;

export function packed({ lines, documents, patches, ...rest }: FileFacts): PackedFacts {
  const parts = (all: readonly DocumentFacts[]): readonly string[] =>
    Array.from({ length: Math.ceil(all.length / documentsAtOnce) }, (_, part) =>
      JSON.stringify(all.slice(part * documentsAtOnce, (part + 1) * documentsAtOnce)),
    );
  return {
    ...rest,
    documents: parts(documents),
    patches: patches === undefined ? null : parts(patches),
    lines: lines.data,
  };
}

/** Reads a part a turn. */
export async function unpacked({ lines, documents, patches, ...rest }: PackedFacts): Promise<FileFacts> {
  const read = async (parts: readonly string[]): Promise<readonly DocumentFacts[]> => {
    const all: DocumentFacts[] = [];
    for (const part of parts) {
      all.push(...(JSON.parse(part) as readonly DocumentFacts[]));
      await nextTurn();
    }
    return all;
  };
  return {
    ...rest,
    documents: await read(documents),
    ...(patches === null ? {} : { patches: await read(patches) }),
    lines: LineIndex.from(lines),
  };
}
