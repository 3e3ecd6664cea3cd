import { styleText } from 'node:util';
import { type Finding, formatMessage, type Severity } from '../../core/index.ts';
import { excerptOf } from './excerpt.ts';
import { plural } from './plural.ts';
import { printable } from './printable.ts';
import { type FileReport, placeOf, regionOf, type Report, type Style } from './report.ts';

export const colors = {
  error: 'red',
  warning: 'yellow',
  info: 'blue',
  hint: 'cyan',
} as const satisfies Record<Severity, string>;

export type Paint = (format: Parameters<typeof styleText>[0], text: string) => string;

export function painter({ color }: Style): Paint {
  return (format, plain) => (color ? styleText(format, plain, { validateStream: false }) : plain);
}

/** For people: each finding with the line it is about, and a line that sums up. */
export function text(report: Report, style: Style): string {
  const paint = painter(style);
  const blocks = report.files.flatMap((file) =>
    file.findings.map((finding) => block(finding, file, paint, style)),
  );
  return `${blocks.join('')}${summary(report)}\n`;
}

/** The first line as compilers have it, which editors and terminals make links of. */
function block(finding: Finding, file: FileReport, paint: Paint, { width }: Style): string {
  const { severity, message, code, range, related, fixes } = finding;
  const { line, column } = regionOf(file.lines, range);
  const name = printable(file.file);
  const head = `${paint('bold', `${name}:${line}:${column}`)}: ${paint(colors[severity], `${severity}:`)}`;
  const gutter = ' '.repeat(String(line).length);
  const excerpt = excerptOf(file.text, file.lines, range, Math.max(20, width - gutter.length - 5));
  const carets = ' '.repeat(excerpt.indent) + paint(colors[severity], '^'.repeat(excerpt.length));
  const fix = fixes.find(({ preferred }) => preferred);
  const bar = paint('dim', '|');
  return [
    `${head} ${printable(formatMessage(message))} ${paint('dim', `[${code}]`)}`,
    ` ${paint('dim', String(line))} ${bar} ${excerpt.line}`,
    ` ${gutter} ${bar} ${carets}${fix === undefined ? '' : paint('green', ` fix: ${printable(formatMessage(fix.title))}`)}`,
    ...related.map((place) => {
      const at = placeOf(place, file);
      const where = `${printable(at.file)}:${at.region.line}:${at.region.column}`;
      return ` ${gutter} ${paint('dim', '=')} ${where}: ${printable(formatMessage(place.message))}`;
    }),
    '\n',
  ].join('\n');
}

/** `2 errors and 1 warning in 1 of 14 files. 1 of them elastic lint --fix can mend.` */
function summary({ files }: Report): string {
  const all = files.flatMap(({ findings }) => findings);
  const checked = plural(files.length, 'file');
  if (all.length === 0) return `${checked} checked, nothing found.`;
  const concerned = files.filter(({ findings }) => findings.length > 0).length;
  const counts = [
    counted(all, 'error', 'error'),
    counted(all, 'warning', 'warning'),
    counted(all, 'info', 'note'),
    counted(all, 'hint', 'hint'),
  ].filter((count) => count !== null);
  const where = files.length === 1 ? '1 file' : `${concerned} of ${checked}`;
  const fixable = all.filter(({ fixes }) => fixes.some(({ preferred }) => preferred)).length;
  return `${listed(counts)} in ${where}.${fixable === 0 ? '' : ` --fix mends ${fixable} of them.`}`;
}

function counted(findings: readonly Finding[], severity: Severity, name: string): string | null {
  const count = findings.filter((finding) => finding.severity === severity).length;
  return count === 0 ? null : plural(count, name);
}

function listed(parts: readonly string[]): string {
  return parts.length < 2 ? parts.join('') : `${parts.slice(0, -1).join(', ')} and ${parts.at(-1)}`;
}
