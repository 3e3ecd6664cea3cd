import {
  analyze,
  defaultSettings,
  type FileFacts,
  hintsOfBroken,
  LineIndex,
  rules,
} from '../../core/index.ts';
import type { RuleSettings } from '../../core/index.ts';
import type { Check } from '../providers/context.ts';
import { analyzeOptions } from './project.ts';

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
