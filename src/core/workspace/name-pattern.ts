import { GoPattern } from '../schema/crd-pattern.ts';

/** Whether a name is, as a whole, as a pattern has it. */
export type NamePattern = (name: string) => boolean;

/** No object has a longer one. */
const LONGEST_NAME = 253;

/** Repeated groups, and three of anything, may take a backtracking matcher longer than there is time. */
const costly = /\)[*+?{]|(?:[*+?}][^]*){3}/;

/** Targets of patches are regular expressions of Go: what cannot be read as one may mean anything. */
export function namePattern(pattern: string): NamePattern {
  const matches = matcherOf(`^(?:${pattern})$`, costly.test(pattern));
  return (name) => name.length <= LONGEST_NAME && matches(name);
}

function matcherOf(whole: string, isCostly: boolean): NamePattern {
  if (!isCostly) {
    try {
      const expression = new RegExp(whole);
      return (name) => expression.test(name);
    } catch {
      // Of another syntax than this one's.
    }
  }
  const pattern = GoPattern.read(whole);
  return (name) => pattern?.matches(name) ?? true;
}
