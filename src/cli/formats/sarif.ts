import { createHash } from 'node:crypto';
import { pathToFileURL } from 'node:url';
import type * as Sarif from 'sarif';
import {
  type Finding,
  type Fix,
  formatMessage,
  type LineIndex,
  type Rule,
  rules,
  type Severity,
  type TextRange,
} from '../../core/index.ts';
import { standardInput } from '../files/source.ts';
import { markdownAsText } from '../markdown.ts';
import { version } from '../version.ts';
import { type FileReport, type Problem, placeOf, type Region, regionOf, type Report } from './report.ts';
import { pathFrom, repositoryRoot } from './root.ts';

const levels = { error: 'error', warning: 'warning', info: 'note', hint: 'note' } as const satisfies Record<
  Severity,
  Sarif.Result.level
>;

const ruleIndex = new Map(rules.map(({ code }, index) => [code, index]));

/** What relative addresses start from: the root of the repository, under the name that code hosts know it by. */
const base = '%SRCROOT%';

/** Static Analysis Results Interchange Format 2.1.0 (OASIS), which code hosts and editors show as annotations. */
export function sarif({ files, problems }: Report): string {
  const root = repositoryRoot();
  const folder = pathToFileURL(root).href;
  const log: Sarif.Log = {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: { driver: { name: 'elastic', semanticVersion: version, rules: rules.map(descriptor) } },
        originalUriBaseIds: { [base]: { uri: folder.endsWith('/') ? folder : `${folder}/` } },
        columnKind: 'utf16CodeUnits',
        invocations: [
          {
            executionSuccessful: problems.length === 0,
            toolExecutionNotifications: problems.map((one) => notification(one, root)),
          },
        ],
        results: files.flatMap((file) => resultsOf(file, root)),
      },
    ],
  };
  return `${JSON.stringify(log, null, 2)}\n`;
}

function descriptor({ code, title, severity, docs, origin }: Rule): Sarif.ReportingDescriptor {
  return {
    id: code,
    shortDescription: { text: title },
    fullDescription: { text: markdownAsText(docs.trim().split(/\n\s*\n/, 1)[0] ?? title) },
    help: { text: markdownAsText(docs), markdown: docs.trim() },
    ...pageOf(docs),
    defaultConfiguration: severity === 'off' ? { enabled: false } : { level: levels[severity] },
    properties: { tags: ['kubernetes', origin === 'server' ? 'correctness' : 'best-practice'] },
  };
}

/** Where to read on: the page of Kubernetes that the rule's own page leads to. */
function pageOf(docs: string): Pick<Sarif.ReportingDescriptor, 'helpUri'> {
  const [, address] = /\]\((https:\/\/[^)\s]+)\)/.exec(docs) ?? [];
  return address === undefined ? {} : { helpUri: address };
}

function notification({ sentence, place }: Problem, root: string): Sarif.Notification {
  const message = { text: sentence };
  if (place === null) return { level: 'error', message };
  const physicalLocation = {
    artifactLocation: locationOf(place.file, root),
    region: sarifRegion(place.region),
  };
  return { level: 'error', message, locations: [{ physicalLocation }] };
}

function resultsOf(file: FileReport, root: string): Sarif.Result[] {
  const seen = new Map<string, number>();
  return file.findings.map((finding) => {
    const print = fingerprint(finding, file);
    const times = (seen.get(print) ?? 0) + 1;
    seen.set(print, times);
    return result(finding, file, `${print}:${times}`, root);
  });
}

/** The same wherever in the file, and in whichever file, the line that was found fault with stands. */
function fingerprint({ code, path, range }: Finding, { lines, text }: FileReport): string {
  const { line } = lines.positionAt(range.start);
  const start = lines.offsetAt({ line, character: 0 });
  const written = text.slice(start, lines.offsetAt({ line, character: Number.MAX_SAFE_INTEGER })).trim();
  return createHash('sha256').update([code, path, written].join('\n')).digest('hex').slice(0, 16);
}

function result(finding: Finding, report: FileReport, print: string, root: string): Sarif.Result {
  const { file, lines } = report;
  const { code, severity, message, path, range, related, fixes } = finding;
  const index = ruleIndex.get(code);
  const artifactLocation = locationOf(file, root);
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
    partialFingerprints: { 'elasticLine/v1': print },
    ...(related.length === 0
      ? {}
      : {
          relatedLocations: related.map((place) => {
            const at = placeOf(place, report);
            return {
              physicalLocation: {
                artifactLocation: locationOf(at.file, root),
                region: sarifRegion(at.region),
              },
              message: { text: formatMessage(place.message) },
            };
          }),
        }),
    ...(fixes.length === 0 ? {} : { fixes: fixes.map((fix) => fixOf(fix, artifactLocation, lines)) }),
  };
}

function fixOf({ title, edits }: Fix, artifactLocation: Sarif.ArtifactLocation, lines: LineIndex): Sarif.Fix {
  const replacements = edits.map(({ range, newText }) => ({
    deletedRegion: region(lines, range),
    insertedContent: { text: newText },
  }));
  return {
    description: { text: formatMessage(title) },
    artifactChanges: [{ artifactLocation, replacements }],
  };
}

function region(lines: LineIndex, range: TextRange): Sarif.Region {
  return sarifRegion(regionOf(lines, range));
}

function sarifRegion({ line, column, endLine, endColumn }: Region): Sarif.Region {
  return { startLine: line, startColumn: column, endLine, endColumn };
}

/** What is in the repository is named from its root, to be resolved where the log is read. */
function locationOf(file: string, root: string): Sarif.ArtifactLocation {
  if (file === standardInput) return { uri: 'stdin.yaml' };
  const inside = pathFrom(root, file);
  if (inside === null) return { uri: pathToFileURL(file).href };
  return { uri: inside.split('/').map(encodeURIComponent).join('/'), uriBaseId: base };
}
