import { objectOf } from '../json.ts';
import { jsonText } from './fields.ts';

/** One step of a path; a filter keeps the items whose field compares so. */
type Step =
  | { readonly type: 'field'; readonly name: string }
  | { readonly type: 'index'; readonly index: number }
  | { readonly type: 'every' }
  | {
      readonly type: 'filter';
      readonly path: readonly Step[];
      readonly negated: boolean;
      readonly value: string;
    };

const field = /^\.?((?:[^.[\]\\'"()?@=!<>{}\s]|\\.)+)/;
const quoted = /^\.?\[\s*(?:'((?:[^'\\]|\\.)*)'|"((?:[^"\\]|\\.)*)")\s*\]/;
const indexed = /^\.?\[\s*(-?\d+)\s*\]/;
const every = /^(?:\.?\[\s*\*\s*\]|\.\*)/;
const filter = /^\.?\[\?\(\s*@(.*?)\s*(==|!=)\s*(?:'([^']*)'|"([^"]*)"|([\w.-]+))\s*\)\]/;

/** The steps of a path, or null for one that uses more than is read here (`..`, slices, unions, scripts). */
function parse(path: string): readonly Step[] | null {
  const steps: Step[] = [];
  let rest = path.trim();
  if (rest.startsWith('{') && rest.endsWith('}')) rest = rest.slice(1, -1).trim();
  if (rest.startsWith('$')) rest = rest.slice(1);
  if (rest === '.') return steps;
  while (rest !== '') {
    const found = nextStep(rest);
    if (found === null) return null;
    steps.push(found.step);
    rest = rest.slice(found.length);
  }
  return steps;
}

function nextStep(rest: string): { step: Step; length: number } | null {
  let match = every.exec(rest);
  if (match !== null) return { step: { type: 'every' }, length: match[0].length };
  match = indexed.exec(rest);
  if (match !== null) return { step: { type: 'index', index: Number(match[1]) }, length: match[0].length };
  match = quoted.exec(rest);
  if (match !== null) {
    return { step: { type: 'field', name: unescape(match[1] ?? match[2] ?? '') }, length: match[0].length };
  }
  match = filter.exec(rest);
  if (match !== null) {
    const path = parse(match[1] ?? '');
    if (path === null) return null;
    const value = match[3] ?? match[4] ?? match[5] ?? '';
    return { step: { type: 'filter', path, negated: match[2] === '!=', value }, length: match[0].length };
  }
  match = field.exec(rest);
  return match === null
    ? null
    : { step: { type: 'field', name: unescape(match[1] ?? '') }, length: match[0].length };
}

function unescape(text: string): string {
  return text.replace(/\\(.)/g, '$1');
}

function follow(values: readonly unknown[], steps: readonly Step[]): readonly unknown[] {
  return steps.reduce<readonly unknown[]>(
    (found, step) => found.flatMap((value) => take(value, step)),
    values,
  );
}

function take(value: unknown, step: Step): readonly unknown[] {
  switch (step.type) {
    case 'field': {
      const object = objectOf(value);
      return Object.hasOwn(object, step.name) ? [object[step.name]] : [];
    }
    case 'index': {
      const item: unknown = Array.isArray(value) ? value.at(step.index) : undefined;
      return item === undefined ? [] : [item];
    }
    case 'every':
      return Array.isArray(value) ? value : Object.values(objectOf(value));
    case 'filter':
      if (!Array.isArray(value)) return [];
      return value.filter((item) => {
        const [found] = follow([item], step.path);
        return (found !== undefined && asText(found) === step.value) !== step.negated;
      });
  }
}

function asText(value: unknown): string {
  return typeof value === 'string' ? value : jsonText(value);
}

/** Paths are few, and each is asked of every object of its kind. */
const parsed = new Map<string, readonly Step[] | null>();
const mostParsed = 1_000;
/** A path is a dozen words at most; what is longer is an attack on the parser. */
const longest = 1_000;

/**
 * What a path of a printer column finds in an object, in order: fields (`.spec.size`, `.metadata.labels.a\.b`,
 * `['a.b']`), items (`[0]`, `[-1]`, `[*]`) and items by a field (`[?(@.type=="Ready")].status`), which is what
 * definitions use of kubectl's JSONPath. A path that wants more finds nothing.
 */
export function valuesAt(path: string, object: unknown): readonly unknown[] {
  let steps = parsed.get(path);
  if (steps === undefined) {
    steps = path.length > longest ? null : parse(path);
    if (parsed.size >= mostParsed) parsed.clear();
    parsed.set(path, steps);
  }
  return steps === null ? [] : follow([object], steps);
}
