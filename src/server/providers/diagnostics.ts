import {
  type Diagnostic,
  type DiagnosticRelatedInformation,
  DiagnosticSeverity,
} from 'vscode-languageserver-types';
import { type Analysis, type Finding, message, type RelatedPlace, type Severity } from '../../core/index.ts';
import { type ServerOptions, translated } from '../options.ts';
import type { DescribedFile } from '../project/configs.ts';
import type { ProviderContext } from './context.ts';

/** Editors stop drawing at about as many, and a person stops reading long before. */
const shownAtMost = 1000;

const severities: Record<Severity, DiagnosticSeverity> = {
  error: DiagnosticSeverity.Error,
  warning: DiagnosticSeverity.Warning,
  info: DiagnosticSeverity.Information,
  hint: DiagnosticSeverity.Hint,
};

/** Every finding of the file; of very many, the gravest, and one line that says so. */
export function diagnostics(analysis: Analysis, context: ProviderContext): Diagnostic[] {
  const { findings } = analysis;
  if (findings.length <= shownAtMost) {
    return findings.map((finding) => diagnosticOf(finding, analysis, context));
  }
  const gravest = [...findings]
    .sort((one, other) => severities[one.severity] - severities[other.severity])
    .slice(0, shownAtMost - 1);
  return [
    tooMany(findings.length, context),
    ...gravest.map((finding) => diagnosticOf(finding, analysis, context)),
  ];
}

/** What cannot be followed in a file of settings. */
export function settingsDiagnostics(
  { problems, lines }: DescribedFile,
  options: ServerOptions,
): Diagnostic[] {
  return problems.map(({ message: said, range }) => ({
    source: 'elastic',
    severity: DiagnosticSeverity.Warning,
    message: translated(said, options),
    range: lines.rangeAt(range),
  }));
}

/** The finding as the protocol has it. */
export function diagnosticOf(finding: Finding, analysis: Analysis, context: ProviderContext): Diagnostic {
  const { rulesUrl, supportsRelatedInformation } = context.options;
  const related = (place: RelatedPlace): DiagnosticRelatedInformation => ({
    location: place.elsewhere ?? { uri: context.uri, range: analysis.lines.rangeAt(place.range) },
    message: translated(place.message, context.options),
  });
  return {
    source: 'elastic',
    code: finding.code,
    severity: severities[finding.severity],
    message: translated(finding.message, context.options),
    range: analysis.lines.rangeAt(finding.range),
    ...(rulesUrl === null ? {} : { codeDescription: { href: `${rulesUrl}/${finding.code}.md` } }),
    ...(supportsRelatedInformation && finding.related.length > 0
      ? { relatedInformation: finding.related.map(related) }
      : {}),
  };
}

function tooMany(count: number, context: ProviderContext): Diagnostic {
  const start = { line: 0, character: 0 };
  return {
    source: 'elastic',
    severity: DiagnosticSeverity.Information,
    range: { start, end: start },
    message: translated(
      message(
        'This file has {0} findings; the {1} gravest are shown. Run `elastic lint` to list them all.',
        count,
        shownAtMost - 1,
      ),
      context.options,
    ),
  };
}
