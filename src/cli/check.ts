import { CheckedFiles } from './checked-files.ts';
import { findSources } from './files/find.ts';
import { standardInput } from './files/source.ts';
import { type Refusal, replaceText, standardInputWith } from './files/text-file.ts';
import { fixAll, type FixedFile } from './fix.ts';
import { plural } from './formats/plural.ts';
import { type FileReport, problem, type Report } from './formats/report.ts';
import type { LintOptions } from './lint-options.ts';
import { patchOf } from './patch.ts';
import type { Surroundings } from './surroundings.ts';

export interface Checked {
  readonly report: Report;
  /** What was asked for besides the report: a patch, or standard input with its fixes. Null: nothing. */
  readonly result: string | Uint8Array | null;
}

/** Checks what the paths name, and fixes it where that is asked for. */
export async function checkFiles(options: LintOptions, around: Surroundings): Promise<Checked> {
  const { sources, problems, whole } = findSources(options.paths, options);
  const files = new CheckedFiles(around);
  files.problems.push(...problems.map(problem));
  await files.learn(sources, whole);
  const notes = excludedNotes(files, sources.length);
  if (options.fix === 'no') return { report: await reportOf(files, around, notes), result: null };
  if (options.fix === 'show') {
    // Of what the files hold, which stays as it is.
    const report = await reportOf(files, around, notes);
    return { report, result: (await fixAll(files)).map(patchOf).join('') };
  }
  const fixed = await fixAll(files);
  if (options.paths.includes(standardInput)) {
    const result = await standardInputFixed(files, fixed);
    return { report: await reportOf(files, around, notes), result };
  }
  const written = await write(files, fixed);
  const report = await reportOf(files, around, [...notes, ...fixedNotes(written)]);
  return { report, result: null };
}

/** Handed back in any case: what reads it would take nothing for an empty file. */
async function standardInputFixed(files: CheckedFiles, fixed: readonly FixedFile[]): Promise<Uint8Array> {
  const [change = null] = fixed;
  const { bytes, refusal } = await standardInputWith(change);
  if (refusal !== null && change !== null) takeBack(files, change, refusal);
  return bytes;
}

/** Those that could be written. */
async function write(files: CheckedFiles, fixed: readonly FixedFile[]): Promise<readonly FixedFile[]> {
  const written: FixedFile[] = [];
  for (const file of fixed) {
    const refusal = await replaceText(file.source, file.before, file.after);
    if (refusal === null) written.push(file);
    else takeBack(files, file, refusal);
  }
  return written;
}

/** What is reported is what the file still holds. */
function takeBack(files: CheckedFiles, { source, before }: FixedFile, refusal: Refusal): void {
  files.problems.push(problem(refusal.problem));
  files.replace(source, before);
}

async function reportOf(
  files: CheckedFiles,
  around: Surroundings,
  notes: readonly string[],
): Promise<Report> {
  const reports: FileReport[] = [];
  for (const source of files.sources) {
    const report = await files.findingsOf(source);
    if (report !== null) reports.push(report.findings.length > 0 ? report : { ...report, text: '' });
  }
  return { files: reports, problems: [...around.problems, ...files.problems], notes };
}

/** A file that was named and is not checked must not look as if it were sound. */
function excludedNotes({ excluded }: CheckedFiles, found: number): readonly string[] {
  const [first] = excluded;
  if (first === undefined) return [];
  if (found === 1) return [`${first} is excluded by .elastic.yaml.`];
  const all = excluded.length === found ? 'All ' : '';
  return [`${all}${plural(excluded.length, 'file')} excluded by .elastic.yaml.`];
}

function fixedNotes(fixed: readonly FixedFile[]): readonly string[] {
  if (fixed.length === 0) return [];
  const count = fixed.reduce((sum, file) => sum + file.count, 0);
  return [`Fixed ${plural(count, 'finding')} in ${plural(fixed.length, 'file')}.`];
}
