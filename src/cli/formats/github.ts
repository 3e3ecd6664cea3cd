import { resolve } from 'node:path';
import { type Finding, formatMessage, type Severity } from '../../core/index.ts';
import { slashed, standardInput } from '../files/source.ts';
import { type FileReport, placeOf, type Region, regionOf, type Report } from './report.ts';
import { pathFrom, repositoryRoot } from './root.ts';

const commands = {
  error: 'error',
  warning: 'warning',
  info: 'notice',
  hint: 'notice',
} as const satisfies Record<Severity, string>;

/** Commands of a GitHub workflow's log that annotate the lines of a pull request. */
export function github({ files, problems }: Report): string {
  const root = repositoryRoot();
  const annotations = files.flatMap((report) =>
    report.findings.map((finding) =>
      annotation(
        commands[finding.severity],
        finding.code,
        textOf(finding, report),
        propertiesOf(report.file, regionOf(report.lines, finding.range), root),
      ),
    ),
  );
  const failures = problems.map(({ sentence, place }) =>
    annotation(
      'error',
      'elastic',
      sentence,
      place === null ? {} : propertiesOf(place.file, place.region, root),
    ),
  );
  return [...annotations, ...failures].map((line) => `${line}\n`).join('');
}

/** An annotation stands in one place: other places that explain it are named in its text. */
function textOf({ message, related }: Finding, report: FileReport): string {
  const places = related.map((place) => {
    const { file, region } = placeOf(place, report);
    return `${file}:${region.line}:${region.column}: ${formatMessage(place.message)}`;
  });
  return [formatMessage(message), ...places].join('\n');
}

type Properties = Readonly<Record<string, string | number>>;

/** Files are named from the repository's root, wherever in it the step runs. */
function propertiesOf(file: string, { line, column, endLine, endColumn }: Region, root: string): Properties {
  // Columns are only understood within one line.
  const columns = line === endLine ? { col: column, endColumn } : {};
  if (file === standardInput) return {};
  return { file: pathFrom(root, file) ?? slashed(resolve(file)), line, endLine, ...columns };
}

function annotation(command: string, title: string, text: string, place: Properties): string {
  const properties = Object.entries({ ...place, title }).map(
    ([name, value]) => `${name}=${escaped(String(value)).replaceAll(':', '%3A').replaceAll(',', '%2C')}`,
  );
  return `::${command} ${properties.join(',')}::${escaped(text)}`;
}

/** A line break would end the command; a percent sign begins what is escaped. */
function escaped(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}
