import { formatMessage } from '../../core/index.ts';
import { placeOf, regionOf, type Report } from './report.ts';

/** An array with an entry for each finding; other programs read it, so its fields stay as they are. */
export function json({ files }: Report): string {
  const entries = files.flatMap((report) => {
    const { file, findings, lines } = report;
    return findings.map((finding) => ({
      file,
      document: finding.document,
      ...regionOf(lines, finding.range),
      severity: finding.severity,
      code: finding.code,
      message: formatMessage(finding.message),
      path: finding.path,
      related: finding.related.map((place) => {
        const at = placeOf(place, report);
        return { file: at.file, ...at.region, message: formatMessage(place.message) };
      }),
      fixes: finding.fixes.map(({ title, preferred, edits }) => ({
        title: formatMessage(title),
        preferred,
        edits: edits.map(({ range, newText }) => ({ ...regionOf(lines, range), newText })),
      })),
    }));
  });
  return `${JSON.stringify(entries, null, 2)}\n`;
}
