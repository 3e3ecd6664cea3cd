import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Comparison, Mistake } from './compare.ts';
import type { RunResult } from './run.ts';

const FOLDER = join(import.meta.dirname, '../../out/agreement');

export interface Summary {
  readonly cases: number;
  readonly kinds: number;
  readonly mutations: number;
  /** Share of the cases that the server accepted; this and all shares below from 0 to 1. */
  readonly accepted: number;
  readonly verdict: number;
  readonly falseRejections: number;
  readonly falseAcceptances: number;
  /** Of the cases in which both saw a mistake and the server said where. */
  readonly path: number;
  readonly paths: number;
}

interface Group {
  readonly title: string;
  readonly members: readonly Comparison[];
}

export function summarize(comparisons: readonly Comparison[]): Summary {
  const count = (fits: (one: Comparison) => boolean): number => comparisons.filter(fits).length;
  const paths = count(({ samePath }) => samePath !== null);
  return {
    cases: comparisons.length,
    kinds: new Set(comparisons.map(({ case: { seed } }) => seed.kind)).size,
    mutations: new Set(comparisons.map(({ case: { mutation } }) => mutation.name)).size,
    accepted: share(
      count(({ accepted }) => accepted),
      comparisons.length,
    ),
    verdict: share(
      count(({ outcome }) => outcome === 'agreed'),
      comparisons.length,
    ),
    falseRejections: count(({ outcome }) => outcome === 'falseRejection'),
    falseAcceptances: count(({ outcome }) => outcome === 'falseAcceptance'),
    path: share(
      count(({ samePath }) => samePath === true),
      paths,
    ),
    paths,
  };
}

function share(part: number, whole: number): number {
  return whole === 0 ? 1 : part / whole;
}

/** What people read; `show` is how many members of each group are told in full. */
export function describe(result: RunResult, show: number): string {
  const { comparisons } = result;
  const rejections = comparisons.filter(({ outcome }) => outcome === 'falseRejection');
  const acceptances = comparisons.filter(({ outcome }) => outcome === 'falseAcceptance');
  const elsewhere = comparisons.filter(({ samePath }) => samePath === false);
  return [
    section(
      'Seeds that the server refuses',
      result.badSeeds.map(({ name, message }) => `${name}: ${message}`),
    ),
    section('False rejections: the server accepts', rejections.map(tellRejection)),
    section(
      'False acceptances by mutation',
      tell(
        groups(acceptances, ({ case: { mutation } }) => [mutation.name]),
        show,
      ),
    ),
    section(
      'False acceptances by what the server says',
      tell(
        groups(acceptances, (one) => [shape(one.message)]),
        show,
      ),
    ),
    section(
      'Another path, by rule and place',
      tell(
        groups(elsewhere, ({ errors, mistakes }) => [
          `${errors[0]?.code ?? ''} at ${bare(errors[0]?.path ?? '')}, the server at ${bare(mistakeText(mistakes[0]))}`,
        ]),
        show,
      ),
    ),
    section('Rules in disagreements', ruleLines(comparisons)),
    section('Kinds', kindLines(comparisons)),
    section('Undecided by the manifest alone', tellUndecided(result)),
    summaryText(result),
  ]
    .filter((text) => text !== '')
    .join('\n\n');
}

function section(title: string, lines: readonly string[]): string {
  return lines.length === 0 ? '' : [`== ${title} (${lines.length})`, ...lines].join('\n');
}

function tellRejection({ case: one, errors }: Comparison): string {
  const [error] = errors;
  return `${fileOf(one.name)}\n    ${error?.code ?? ''} ${error?.path ?? ''}:${error?.line ?? 0} ${error?.message ?? ''}`;
}

/** Largest first. A member may be in several groups. */
function groups(
  comparisons: readonly Comparison[],
  titles: (one: Comparison) => readonly string[],
): readonly Group[] {
  const found = new Map<string, Comparison[]>();
  for (const one of comparisons) {
    for (const title of titles(one)) found.set(title, [...(found.get(title) ?? []), one]);
  }
  return [...found]
    .map(([title, members]) => ({ title, members }))
    .sort((a, b) => b.members.length - a.members.length || (a.title < b.title ? -1 : 1));
}

function tell(found: readonly Group[], show: number): readonly string[] {
  return found.map(({ title, members }) =>
    [
      `${String(members.length).padStart(5)}  ${title}`,
      ...members.slice(0, show).map(({ case: one, message, errors }) => {
        const own = errors.slice(0, 3).map(({ code, path }) => `${code} ${path}`);
        return [`         ${fileOf(one.name)}`, `           server: ${clip(message, 300)}`]
          .concat(own.length === 0 ? [] : [`           ours: ${own.join('; ')}`])
          .join('\n');
      }),
    ].join('\n'),
  );
}

function clip(text: string, length: number): string {
  const line = text.replaceAll('\n', ' ');
  return line.length > length ? `${line.slice(0, length)}…` : line;
}

/** The sentence without what differs from one manifest to the next. */
function shape(message: string): string {
  const line = message
    .replace(/^\S+ "[^"]*" is invalid: /, '')
    .replace(/^\w+ in version "[^"]*" cannot be handled as a \w+: /, '')
    .replaceAll(/"(?:[^"\\]|\\.)*"/g, '"…"')
    .replaceAll(/\{.*?\}|\[[^\]]*\]/g, '[…]')
    .replaceAll(/\d+/g, '0');
  return clip(line, 160);
}

function bare(path: string): string {
  return path.replaceAll(/\[[^\]]*\]/g, '[]');
}

function mistakeText(mistake: Mistake | undefined): string {
  if (mistake === undefined) return '';
  return mistake.kind === 'repeated' ? `line ${mistake.line}` : mistake.path;
}

function ruleLines(comparisons: readonly Comparison[]): readonly string[] {
  const tally = new Map<string, { total: number; rejections: number; elsewhere: number }>();
  for (const { errors, outcome, samePath } of comparisons) {
    for (const code of new Set(errors.map((error) => error.code))) {
      const entry = tally.get(code) ?? { total: 0, rejections: 0, elsewhere: 0 };
      entry.total++;
      if (outcome === 'falseRejection') entry.rejections++;
      if (samePath === false) entry.elsewhere++;
      tally.set(code, entry);
    }
  }
  return [...tally]
    .filter(([, { rejections, elsewhere }]) => rejections + elsewhere > 0)
    .sort(([, a], [, b]) => b.rejections - a.rejections || b.elsewhere - a.elsewhere)
    .map(
      ([code, { total, rejections, elsewhere }]) =>
        `${code.padEnd(34)} told ${String(total).padStart(5)}, false rejections ${String(rejections).padStart(4)}, another path ${String(elsewhere).padStart(4)}`,
    );
}

function kindLines(comparisons: readonly Comparison[]): readonly string[] {
  const kinds = [...Map.groupBy(comparisons, ({ case: { seed } }) => seed.kind)];
  return kinds.map(([kind, members]) => {
    const { cases, accepted, verdict, falseRejections, falseAcceptances, path } = summarize(members);
    return [
      kind.padEnd(34),
      `${String(cases).padStart(5)} cases`,
      `${percent(accepted)} accepted`,
      `${percent(verdict)} verdict`,
      `${String(falseRejections).padStart(4)} false rejections`,
      `${String(falseAcceptances).padStart(4)} false acceptances`,
      `${percent(path)} path`,
    ].join('  ');
  });
}

function tellUndecided({ undecided }: RunResult): readonly string[] {
  const found = Map.groupBy(undecided, ({ answer }) => `${answer.status} ${shape(answer.message)}`);
  return [...found]
    .sort(([, a], [, b]) => b.length - a.length)
    .map(
      ([title, members]) =>
        `${String(members.length).padStart(5)}  ${title}  (${members[0]?.case.name ?? ''})`,
    );
}

function summaryText({ comparisons, undecided, unanswered }: RunResult): string {
  const { cases, kinds, mutations, accepted, verdict, falseRejections, falseAcceptances, path, paths } =
    summarize(comparisons);
  return [
    `${cases} cases, ${kinds} kinds, ${mutations} mutations; ${percent(accepted)} accepted by the server`,
    `verdict ${percent(verdict, 2)}: ${falseRejections} false rejections, ${falseAcceptances} false acceptances`,
    `path    ${percent(path, 2)} of ${paths}`,
    ...(undecided.length > 0 ? [`${undecided.length} undecided by the manifest alone`] : []),
    ...(unanswered > 0 ? [`${unanswered} never asked: run without --offline`] : []),
  ].join('\n');
}

function percent(part: number, digits = 1): string {
  return `${(100 * part).toFixed(digits).padStart(digits + 4)} %`;
}

function fileOf(name: string): string {
  return `${name.replaceAll(/[^\w.#-]/g, '_')}.yaml`;
}

/** Saves the texts of all disagreements and everything in figures; returns the folder. */
export async function save(result: RunResult): Promise<string> {
  await rm(FOLDER, { recursive: true, force: true });
  await mkdir(FOLDER, { recursive: true });
  const disagreements = result.comparisons.filter(
    ({ outcome, samePath }) => outcome !== 'agreed' || samePath === false,
  );
  for (const one of disagreements) await writeFile(join(FOLDER, fileOf(one.case.name)), one.case.text);
  const record = {
    summary: summarize(result.comparisons),
    kinds: Object.fromEntries(
      [...Map.groupBy(result.comparisons, ({ case: { seed } }) => seed.kind)].map(([kind, members]) => [
        kind,
        summarize(members),
      ]),
    ),
    disagreements: disagreements.map(({ case: one, outcome, message, mistakes, errors }) => ({
      name: one.name,
      file: fileOf(one.name),
      kind: one.seed.kind,
      mutation: one.mutation.name,
      outcome,
      message,
      mistakes,
      errors,
    })),
  };
  await writeFile(join(FOLDER, 'result.json'), `${JSON.stringify(record, null, 2)}\n`);
  return FOLDER;
}
