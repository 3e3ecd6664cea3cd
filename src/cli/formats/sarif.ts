import { sep } from 'node:path';
import {
  type Finding,
  type Fix,
  formatMessage,
  type LineIndex,
  rules,
  type Severity,
  type TextRange,
} from '../../core/index.ts';
import { standardInput } from '../files.ts';
import { version } from '../version.ts';
import { type FileReport, regionOf, type Report } from './report.ts';

const levels: Record<Severity, 'error' | 'warning' | 'note'> = {
  error: 'error',
  warning: 'warning',
  info: 'note',
  hint: 'note',
};

const ruleIndex = new Map(rules.map(({ code }, index) => [code, index]));

/** Static Analysis Results Interchange Format 2.1.0 (OASIS), which code hosts and editors show as annotations. */
export function sarif({ files, problems }: Report): string {
  const log = {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: { driver: { name: 'elastic', semanticVersion: version(), rules: rules.map(descriptor) } },
        columnKind: 'utf16CodeUnits',
        invocations: [
          {
            executionSuccessful: problems.length === 0,
            toolExecutionNotifications: problems.map((text) => ({ level: 'error', message: { text } })),
          },
        ],
        results: files.flatMap((file) => file.findings.map((finding) => result(finding, file))),
      },
    ],
  };
  return `${JSON.stringify(log, null, 2)}\n`;
}

function descriptor({ code, title, severity, docs }: (typeof rules)[number]): object {
  return {
    id: code,
    shortDescription: { text: title },
    help: { text: docs.trim(), markdown: docs.trim() },
    defaultConfiguration: severity === 'off' ? { enabled: false } : { level: levels[severity] },
  };
}

function result(finding: Finding, { file, lines }: FileReport): object {
  const { code, severity, message, path, range, related, fixes } = finding;
  const index = ruleIndex.get(code);
  const artifactLocation = { uri: addressOf(file) };
  return {
    ruleId: code,
    ...(index === undefined ? {} : { ruleIndex: index }),
    level: levels[severity],
    message: { text: formatMessage(message) },
    locations: [
      {
        physicalLocation: { artifactLocation, region: region(lines, range) },
        ...(path === '' ? {} : { logicalLocations: [{ fullyQualifiedName: path }] }),
      },
    ],
    ...(related.length === 0
      ? {}
      : {
          relatedLocations: related.map((place) => ({
            physicalLocation: { artifactLocation, region: region(lines, place.range) },
            message: { text: formatMessage(place.message) },
          })),
        }),
    ...(fixes.length === 0 ? {} : { fixes: fixes.map((fix) => fixOf(fix, artifactLocation, lines)) }),
  };
}

function fixOf({ title, edits }: Fix, artifactLocation: object, lines: LineIndex): object {
  const replacements = edits.map(({ range, newText }) => ({
    deletedRegion: region(lines, range),
    insertedContent: { text: newText },
  }));
  return {
    description: { text: formatMessage(title) },
    artifactChanges: [{ artifactLocation, replacements }],
  };
}

function region(lines: LineIndex, range: TextRange): object {
  const { line, column, endLine, endColumn } = regionOf(lines, range);
  return { startLine: line, startColumn: column, endLine, endColumn };
}

/** A relative file stays relative, to be resolved where the log is read. */
function addressOf(file: string): string {
  if (file === standardInput) return 'stdin.yaml';
  const encoded = file.split(sep).map(encodeURIComponent).join('/');
  if (/^[A-Za-z]%3A\//.test(encoded)) return `file:///${encoded.replace('%3A', ':')}`;
  return encoded.startsWith('/') ? `file://${encoded}` : encoded;
}
