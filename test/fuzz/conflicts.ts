/** Merge conflicts put into a text, as git leaves them. */
import type { Random } from '../core/random.ts';
import { mutated } from './mutations.ts';

export interface Conflicting {
  readonly text: string;
  /** The text as it was: with the first side of every conflict, and without any marker. */
  readonly resolved: string;
}

/** Puts conflicts around some runs of lines: their first side is what stood there. */
export function withConflicts(random: Random, text: string, most = 4): Conflicting {
  const lines = text.split('\n').slice(0, -1);
  const result: string[] = [];
  let left = 1 + random.below(most);
  for (let at = 0; at < lines.length;) {
    const begins = left > 0 && random.next() < left / (lines.length - at);
    if (!begins) {
      result.push(lines[at++] ?? '');
      continue;
    }
    left--;
    const side = lines.slice(at, at + random.below(6));
    at += side.length;
    result.push(...conflict(random, side, 7));
  }
  return { text: `${result.join('\n')}\n`, resolved: text };
}

function conflict(random: Random, first: readonly string[], size: number): readonly string[] {
  const label = random.pick([' HEAD', ' feature/teapot', ' 1a2b3c4 (Say what is: wrong)', '']);
  const mark = (sign: string, name = label): string => sign.repeat(size) + name;
  const others = mutated(random, `${first.join('\n')}\n`, 3)
    .split('\n')
    .filter((line) => !/^[<>|=-]/.test(line));
  const nested = random.next() < 0.2 ? conflict(random, first, size + 2) : first;
  const base = random.next() < 0.4 ? [mark('|', ' base'), ...nested] : [];
  return [mark('<'), ...first, ...base, mark('=', ''), ...others, mark('>')];
}
