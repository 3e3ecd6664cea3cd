import { formatMessage } from '../../core/index.ts';
import { regionOf, type Report } from './report.ts';

/** An array with an entry for each finding; other programs read it, so its fields stay as they are. */
export function json({ files }: Report): string {
  const entries = files.flatMap(({ file, findings, lines }) =>
    findings.map((finding) => ({
      file,
      document: finding.document,
      ...regionOf(lines, finding.range),
      severity: finding.severity,
      code: finding.code,
      message: formatMessage(finding.message),
      path: finding.path,
      related: finding.related.map(({ message, range }) => ({
        ...regionOf(lines, range),
        message: formatMessage(message),
      })),
      fixes: finding.fixes.map(({ title, preferred, edits }) => ({
        title: formatMessage(title),
        preferred,
        edits: edits.map(({ range, newText }) => ({ ...regionOf(lines, range), newText })),
      })),
    })),
  );
  return `${JSON.stringify(entries, null, 2)}\n`;
}
