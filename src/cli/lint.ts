import { parseArgs } from 'node:util';
import { analyze } from '../core/index.ts';
import { CannotRunError } from './cannot-run.ts';
import { findFiles, readText } from './files.ts';
import { json } from './formats/json.ts';
import type { Report, Style } from './formats/report.ts';
import { sarif } from './formats/sarif.ts';
import { text } from './formats/text.ts';
import { print, wantsColor } from './output.ts';

const usage = `Usage: elastic lint [options] [paths…]

Checks Kubernetes manifests. A path is a file, a folder (every .yaml and .yml file in it, except in
node_modules and .git), a glob pattern, or - for standard input. Without any, the current folder.

Options:
  -f, --format text|json|sarif   How to print the findings (default: text)
  -h, --help                     Show this help

Exit code: 0 no errors (there may be warnings), 1 errors were found, 2 it could not run.
`;

/** In UTF-16 units: far beyond what an editor checks while one types; what is read takes some 40 times as much memory. */
const maximumLength = 30_000_000;

const formats: Readonly<Record<string, (report: Report, style: Style) => string>> = { text, json, sarif };

/** Checks what the arguments name and prints the findings; resolves to the exit code. */
export async function lint(args: readonly string[]): Promise<number> {
  const { values, positionals } = parse(args);
  if (values.help === true) {
    await print(usage);
    return 0;
  }
  const name = values.format ?? 'text';
  const format = Object.hasOwn(formats, name) ? formats[name] : undefined;
  if (format === undefined) {
    throw new CannotRunError(`There is no format "${name}": choose text, json or sarif.`);
  }
  const report = await check(positionals.length > 0 ? positionals : ['.']);
  if (report.files.length > 0) await print(format(report, { color: wantsColor() }));
  for (const problem of report.problems) process.stderr.write(`${problem}\n`);
  if (report.problems.length > 0) return 2;
  return report.files.some(({ findings }) => findings.some(({ severity }) => severity === 'error')) ? 1 : 0;
}

async function check(paths: readonly string[]): Promise<Report> {
  const found = await findFiles(paths);
  const files: Report['files'][number][] = [];
  const problems = [...found.problems];
  for (const file of found.files) {
    const read = await readText(file);
    if ('problem' in read) {
      problems.push(read.problem);
      continue;
    }
    const { findings, lines } = analyze(read.text, { maximumLength });
    files.push({ file, findings, lines });
  }
  return { files, problems };
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: { format: { type: 'string', short: 'f' }, help: { type: 'boolean', short: 'h' } },
    });
  } catch (error) {
    const [sentence] = (error as Error).message.split('. ');
    throw new CannotRunError(`${sentence}: elastic lint --help shows what there is.`);
  }
}
