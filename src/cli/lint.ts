import { checkFiles, type Checked } from './check.ts';
import { fileSource } from './files/source.ts';
import { github } from './formats/github.ts';
import { json } from './formats/json.ts';
import { type Format, type FormatName, problemLine, type Report } from './formats/report.ts';
import { sarif } from './formats/sarif.ts';
import { text } from './formats/text.ts';
import { lintUsage } from './help.ts';
import { type LintOptions, readLintOptions, requireRule } from './lint-options.ts';
import { print, printAside, styleFor } from './output.ts';
import { lintRendered, mergeReports } from './render.ts';
import { ruleList, ruleListJson, rulePage } from './rule-pages.ts';
import { Surroundings } from './surroundings.ts';

const formats: Readonly<Record<FormatName, Format>> = { text, json, sarif, github };

/** Does what the arguments ask for; resolves to the exit code. */
export async function lint(args: readonly string[]): Promise<number> {
  const options = readLintOptions(args);
  switch (options.action) {
    case 'help':
      await print(lintUsage);
      return 0;
    case 'explain':
      await print(rulePage(requireRule(options.explain), styleFor(process.stdout)));
      return 0;
    case 'listRules':
      await print(await rulesHere(options));
      return 0;
    case 'check':
      return check(options);
  }
}

/** With what they weigh in the current folder. */
async function rulesHere(options: LintOptions): Promise<string> {
  const here = fileSource('any.yaml');
  const around = await Surroundings.for(options);
  around.describe(here);
  const { settings } = around.circumstancesOf(here);
  const { stdout } = process;
  return options.format === 'json'
    ? ruleListJson(settings)
    : ruleList(settings, styleFor(stdout), stdout.isTTY ? stdout.columns : null);
}

async function check(options: LintOptions): Promise<number> {
  const around = await Surroundings.for(options);
  const { report, result } = options.render
    ? { report: await checkRendered(options, around), result: null }
    : await checkFiles(options, around);
  await show(report, result, options);
  return exitCode(report, options);
}

async function checkRendered({ paths, values }: LintOptions, around: Surroundings): Promise<Report> {
  const reports: Report[] = [];
  for (const path of paths) {
    reports.push(
      await lintRendered(path, {
        values,
        circumstancesOf(root) {
          around.describe(root);
          return around.circumstancesOf(root);
        },
      }),
    );
  }
  const { files, problems, notes } = mergeReports(reports);
  return { files, problems: [...around.problems, ...problems], notes };
}

/** A result (a patch, a fixed text) has standard output for itself. */
async function show(report: Report, result: Checked['result'], options: LintOptions): Promise<void> {
  const { format, quiet } = options;
  if (result !== null) await print(result);
  const shown = quiet ? onlyErrors(report) : report;
  if (isWorthPrinting(shown, options)) {
    if (result === null) await print(formats[format](shown, styleFor(process.stdout)));
    else await printAside(formats[format](shown, styleFor(process.stderr)));
  }
  const asides = [...(quiet ? [] : report.notes), ...report.problems.map(problemLine)];
  await printAside(asides.map((line) => `${line}\n`).join(''));
}

/** Programs get a whole document in any case. */
function isWorthPrinting({ files }: Report, { format, quiet }: LintOptions): boolean {
  if (format !== 'text') return true;
  return quiet ? files.some(({ findings }) => findings.length > 0) : files.length > 0;
}

function onlyErrors(report: Report): Report {
  const files = report.files.map((file) => ({
    ...file,
    findings: file.findings.filter(({ severity }) => severity === 'error'),
  }));
  return { ...report, files };
}

function exitCode({ files, problems }: Report, { maxWarnings }: LintOptions): number {
  if (problems.length > 0) return 2;
  let warnings = 0;
  for (const { severity } of files.flatMap(({ findings }) => findings)) {
    if (severity === 'error') return 1;
    if (severity === 'warning') warnings++;
  }
  return maxWarnings !== null && warnings > maxWarnings ? 1 : 0;
}
