/**
 * Patterns of paths: `*`, `**`, `?`, `[a-z]` and `{a,b}`, `\` before what stands for itself, `!` before what is not
 * meant. The time to match one grows with its length and the path's, whatever is in it: it may come with anybody's
 * repository.
 */

/** In characters; nobody writes a longer one. */
const LONGEST = 500;
/** A pattern with alternatives counts as so many patterns at most. */
const MOST_ALTERNATIVES = 100;

/** Whether a path, with `/` between its folders, is as a pattern has it. */
export type PathMatcher = (path: string) => boolean;

type Place = '*' | { readonly matches: (char: string) => boolean };
type Segment = '**' | readonly Place[];

/** What a pattern consists of. */
interface Parts {
  readonly negated: boolean;
  readonly alternatives: readonly string[];
}

function partsOf(pattern: string): Parts | null {
  const [, negation = '', rest = ''] = /^(!*)(?:\.\/)?([^]*)$/.exec(pattern) ?? [];
  if (pattern.length > LONGEST || /[!@+*?]\(|\{[^{},]*\.\.[^{},]*\}/.test(pattern)) return null;
  const alternatives = expanded(rest);
  return alternatives === null ? null : { negated: negation.length % 2 === 1, alternatives };
}

/** How many a pattern counts as; null for one that is too long, or of a form that is not known here. */
export function patternCount(pattern: string): number | null {
  return partsOf(pattern)?.alternatives.length ?? null;
}

/** Null for a pattern that is too long, or of a form that is not known here. */
export function pathMatcher(pattern: string): PathMatcher | null {
  const parts = partsOf(pattern);
  if (parts === null) return null;
  const patterns = parts.alternatives.map((one) => one.split('/').map(segmentOf));
  return (path) => {
    const names = path.split('/');
    return patterns.some((segments) => matchesAll(segments, names, matchesSegment, '**')) !== parts.negated;
  };
}

/** Whether a path is as one of some patterns has it; those that cannot be followed count for nothing. */
export function excluding(patterns: readonly string[]): PathMatcher {
  const matchers = patterns.flatMap((pattern) => pathMatcher(pattern) ?? []);
  return (path) => matchers.some((matches) => matches(path));
}

/** The patterns that one with `{a,b}` in it stands for; null where they are too many. */
function expanded(pattern: string): readonly string[] | null {
  let done: readonly string[] = [];
  let waiting = [pattern];
  while (waiting.length > 0) {
    if (done.length + waiting.length > MOST_ALTERNATIVES) return null;
    const [next = '', ...others] = waiting;
    const group = innermostGroup(next);
    if (group === null) {
      done = [...done, next];
      waiting = others;
      continue;
    }
    const { start, end, choices } = group;
    waiting = [...others, ...choices.map((choice) => next.slice(0, start) + choice + next.slice(end))];
  }
  return done;
}

interface Group {
  readonly start: number;
  /** Behind its brace. */
  readonly end: number;
  readonly choices: readonly string[];
}

/** The first group without another one in it; a brace without its partner, or a comma, stands for itself. */
function innermostGroup(pattern: string): Group | null {
  let start = -1;
  let commas: number[] = [];
  for (let at = 0; at < pattern.length; at++) {
    const char = pattern.charAt(at);
    if (char === '\\') at++;
    else if (char === '{') [start, commas] = [at, []];
    else if (char === ',') commas.push(at);
    else if (char === '}' && start >= 0 && commas.length > 0) {
      const bounds = [start, ...commas, at];
      const choices = bounds.slice(1).map((bound, index) => pattern.slice((bounds[index] ?? 0) + 1, bound));
      return { start, end: at + 1, choices };
    } else if (char === '}') start = -1;
  }
  return null;
}

function segmentOf(text: string): Segment {
  if (text === '**') return '**';
  const places: Place[] = [];
  const chars = [...text];
  for (let at = 0; at < chars.length; at++) {
    const char = chars[at];
    const set = char === '[' ? /^\[([!^]?)(\]?[^\]]*)\]/.exec(chars.slice(at).join('')) : null;
    if (char === '*') {
      // Two of them mean no more than one: each would be tried in turn.
      if (places.at(-1) !== '*') places.push('*');
    } else if (char === '?') places.push({ matches: () => true });
    else if (set !== null) {
      const [whole, not = '', said = ''] = set;
      const members = [...said];
      places.push({ matches: (one) => isMember(one, members) === (not === '') });
      at += [...whole].length - 1;
    } else {
      if (char === '\\') at++;
      const literal = chars[at];
      places.push({ matches: (one) => one === literal });
    }
  }
  return places;
}

function isMember(char: string, members: readonly string[]): boolean {
  for (let at = 0; at < members.length; at++) {
    const first = members[at] ?? '';
    const last = members[at + 1] === '-' ? members[at + 2] : undefined;
    if (char >= first && char <= (last ?? first)) return true;
    if (last !== undefined) at += 2;
  }
  return false;
}

function matchesSegment(segment: Segment, name: string): boolean {
  if (segment === '**') return true;
  return matchesAll(segment, [...name], (place, char) => place === '*' || place.matches(char), '*');
}

/**
 * Whether parts of a pattern match things in their order, where `any` matches any number of them. Only the last `any`
 * ever has to take one more: what stands before it has matched as early as it can.
 */
function matchesAll<Part, Thing>(
  parts: readonly Part[],
  things: readonly Thing[],
  matches: (part: Part, thing: Thing) => boolean,
  any: Part,
): boolean {
  let part = 0;
  let thing = 0;
  let anyAt = -1;
  let taken = 0;
  while (thing < things.length) {
    const [wanted, given] = [parts[part], things[thing]];
    if (wanted === any) {
      anyAt = part++;
      taken = thing;
    } else if (wanted !== undefined && given !== undefined && matches(wanted, given)) {
      part++;
      thing++;
    } else if (anyAt >= 0) {
      part = anyAt + 1;
      thing = ++taken;
    } else return false;
  }
  while (parts[part] === any) part++;
  return part === parts.length;
}
