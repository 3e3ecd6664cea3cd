import { type Analysis, findingsBySource, inRenderedOutput, type Rendering } from '../../core/index.ts';
import type { RenderedParams, RenderedResult } from '../../core/protocol.ts';
import { translated } from '../options.ts';
import type { ProviderContext } from './context.ts';

/** Findings of a rendered output, told of the files it comes from. */
export function rendered(
  analysis: Analysis,
  { options }: ProviderContext,
  sources: RenderedParams,
): RenderedResult {
  const { rulesUrl, translations } = options;
  const translate = (template: string): string => translations[template] ?? template;
  return {
    files: findingsBySource(analysis, renderingOf(sources)).map(({ path, lines, findings }) => ({
      path,
      findings: findings.map(({ finding: { code, severity, message, range }, related }) => ({
        code,
        severity,
        message: translated(inRenderedOutput(message, translate), options),
        range: lines.rangeAt(range),
        page: rulesUrl === null ? null : `${rulesUrl}/${code}.md`,
        related: related.map((place) => ({ ...place, message: translated(place.message, options) })),
      })),
    })),
  };
}

function renderingOf({ output, by, root, files, values, origins }: RenderedParams): Rendering {
  const texts = new Map(files);
  if (by === 'helm') return { by, output, chart: { folder: root, files: texts, values } };
  return {
    by,
    output,
    overlay: {
      root,
      files: texts,
      origins: origins === null ? null : { folder: origins.folder, files: new Map(origins.files) },
    },
  };
}
