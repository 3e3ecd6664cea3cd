import { styleText } from 'node:util';
import { type Finding, formatMessage, type Severity } from '../../core/index.ts';
import { type FileReport, regionOf, type Report, type Style } from './report.ts';

const colors = { error: 'red', warning: 'yellow', info: 'blue', hint: 'cyan' } as const satisfies Record<
  Severity,
  string
>;

type Paint = (format: Parameters<typeof styleText>[0], text: string) => string;

/** For people: findings under their file, in columns, and a line that sums up. */
export function text({ files }: Report, { color }: Style): string {
  const paint: Paint = (format, plain) =>
    color ? styleText(format, plain, { validateStream: false }) : plain;
  const blocks = files.filter(({ findings }) => findings.length > 0).map((file) => block(file, paint));
  return `${[...blocks, summary(files)].join('\n')}\n`;
}

function block({ file, findings, lines }: FileReport, paint: Paint): string {
  const rows = findings.map((finding) => {
    const { line, column } = regionOf(lines, finding.range);
    return { place: `${line}:${column}`, finding };
  });
  const placeWidth = widest(rows.map(({ place }) => place));
  const severityWidth = widest(findings.map(({ severity }) => severity));
  const printed = rows.map(({ place, finding: { severity, message, code } }) =>
    [
      ' ',
      place.padStart(placeWidth),
      ` ${paint(colors[severity], severity.padEnd(severityWidth))}`,
      ` ${printable(formatMessage(message))}`,
      ` ${paint('dim', code)}`,
    ].join(' '),
  );
  return `${[paint('underline', printable(file)), ...printed].join('\n')}\n`;
}

/** Length of the longest; there may be more of them than a call takes arguments. */
function widest(texts: readonly string[]): number {
  return texts.reduce((width, { length }) => Math.max(width, length), 0);
}

/** `2 errors and 1 warning in 1 of 14 files.` */
function summary(files: readonly FileReport[]): string {
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
  return `${listed(counts)} in ${files.length === 1 ? '1 file' : `${concerned} of ${checked}`}.`;
}

function counted(findings: readonly Finding[], severity: Severity, name: string): string | null {
  const count = findings.filter((finding) => finding.severity === severity).length;
  return count === 0 ? null : plural(count, name);
}

function plural(count: number, name: string): string {
  return `${count} ${name}${count === 1 ? '' : 's'}`;
}

function listed(parts: readonly string[]): string {
  return parts.length < 2 ? parts.join('') : `${parts.slice(0, -1).join(', ')} and ${parts.at(-1)}`;
}

/** A file's own text may hold what a terminal would obey. */
function printable(text: string): string {
  return text.replace(
    /\p{Cc}/gu,
    (character) => `\\x${character.charCodeAt(0).toString(16).padStart(2, '0')}`,
  );
}
