import { type Analysis, toManifestObject } from '../../core/index.ts';
import type { ObjectsResult } from '../../core/protocol.ts';
import { translated } from '../options.ts';
import type { ProviderContext } from './context.ts';

/** Every object of the file, and what is wrong with it. */
export function objects(analysis: Analysis, context: ProviderContext): ObjectsResult {
  return {
    version: context.version,
    objects: analysis.documents.flatMap((document) =>
      document.objects.map((object) => toManifestObject(object, analysis.lines)),
    ),
    findings: analysis.findings.map((finding) => ({
      code: finding.code,
      document: finding.document,
      severity: finding.severity,
      message: translated(finding.message, context.options),
      range: analysis.lines.rangeAt(finding.range),
    })),
  };
}
