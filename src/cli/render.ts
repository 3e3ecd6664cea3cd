import { readFile, stat } from 'node:fs/promises';
import { basename, dirname, relative, resolve, sep } from 'node:path';
import { glob } from 'tinyglobby';
import {
  checkRendered,
  type Finding,
  formatMessage,
  inRenderedOutput,
  isChartFile,
  isKustomizationFile,
  LineIndex,
  pathsNamedBy,
  readKustomization,
  type RenderedOptions,
  type Rendering,
} from '../core/index.ts';
import { renderChart, RenderError, renderOverlay } from '../engines/index.ts';
import type { FileReport, Report } from './formats/report.ts';

export interface RenderedLintOptions extends RenderedOptions {
  /** Values files for charts, the strongest last. */
  readonly values?: readonly string[];
  /** Version of Kubernetes charts are told they are rendered for: `1.34`. */
  readonly kubernetesVersion?: string;
  readonly env?: NodeJS.ProcessEnv;
  readonly signal?: AbortSignal;
}

/**
 * Checks what kustomize or Helm makes of a folder: of its own kustomization or chart, else of every one below it that
 * is not part of another. Findings are told of the files they come from. What cannot be rendered is a problem of the
 * report.
 */
export async function lintRendered(path: string, options: RenderedLintOptions = {}): Promise<Report> {
  const roots = await rootsAt(path);
  if (roots.length === 0) {
    return { files: [], problems: [`${path} holds no kustomization.yaml and no Chart.yaml to render.`] };
  }
  const files = new Map<string, FileReport>();
  const problems: string[] = [];
  for (const root of roots) {
    const rendering = await render(root, options);
    if (typeof rendering === 'string') problems.push(rendering);
    else for (const report of reportsOf(rendering, options)) files.set(report.file, merged(files, report));
  }
  return { files: [...files.values()].sort((a, b) => (a.file < b.file ? -1 : 1)), problems };
}

/** A kustomization file or a Chart.yaml, absolute. */
type Root = string;

async function rootsAt(path: string): Promise<readonly Root[]> {
  const absolute = resolve(path);
  if (!(await isFolder(absolute))) return isRoot(absolute) ? [absolute] : [];
  const found = await glob(
    ['**/kustomization.yaml', '**/kustomization.yml', '**/Kustomization', '**/Chart.yaml'],
    { cwd: absolute, ignore: ['**/node_modules/**', '**/.git/**'], dot: true, absolute: true },
  );
  const own = found.filter((file) => resolve(dirname(file)) === absolute);
  return own.length > 0 ? own.map((file) => resolve(file)) : independent(found.sort());
}

function isRoot(file: string): boolean {
  return isKustomizationFile(slashed(file)) || isChartFile(slashed(file));
}

async function isFolder(path: string): Promise<boolean> {
  return (await stat(path).catch(() => null))?.isDirectory() === true;
}

/** Without those that are built into another, or cannot be rendered by themselves. */
async function independent(files: readonly string[]): Promise<readonly Root[]> {
  const texts = await Promise.all(
    files.map(async (file) => [slashed(file), await readFile(file, 'utf8').catch(() => '')] as const),
  );
  const named = new Set(texts.flatMap(([path, text]) => pathsNamedBy(path, text)));
  const charts = texts.filter(([path]) => isChartFile(path)).map(([path]) => dirname(path));
  return texts
    .filter(([path, text]) => {
      if (!isChartFile(path)) return !named.has(path) && readKustomization(text, path)?.component === false;
      const within = charts.some((chart) => path.startsWith(`${chart}/charts/`));
      return !within && !/^type:[ \t]*["']?library\b/m.test(text);
    })
    .map(([path]) => resolve(path));
}

/** What was rendered, or why nothing was. */
async function render(root: Root, options: RenderedLintOptions): Promise<Rendering | string> {
  const { env = process.env, signal, values = [], kubernetesVersion } = options;
  const shared = { env, ...(signal === undefined ? {} : { signal }) };
  try {
    if (basename(root) !== 'Chart.yaml') return await renderOverlay(dirname(root), shared);
    return await renderChart(dirname(root), {
      ...shared,
      values: values.map((file) => resolve(file)),
      ...(kubernetesVersion === undefined ? {} : { kubernetesVersion }),
    });
  } catch (error) {
    if (error instanceof RenderError && error.code !== 'cancelled') return error.message;
    throw error;
  }
}

/** A report for every source, those included that nothing is said of. */
function reportsOf(rendering: Rendering, options: RenderedOptions): readonly FileReport[] {
  const sources = rendering.by === 'kustomize' ? rendering.overlay.files : rendering.chart.files;
  const told = new Map(checkRendered(rendering, options).map((file) => [file.path, file]));
  return [...new Set([...sources.keys(), ...told.keys()])].map((path) => {
    const file = told.get(path);
    return {
      file: relative(process.cwd(), path),
      lines: file?.lines ?? new LineIndex(sources.get(path) ?? ''),
      findings: (file?.findings ?? []).map(({ finding }): Finding => ({
        ...finding,
        message: inRenderedOutput(finding.message),
      })),
    };
  });
}

/** Overlays share bases: what was said of a file for one need not be said for the next. */
function merged(files: ReadonlyMap<string, FileReport>, report: FileReport): FileReport {
  const findings = new Map(
    [...(files.get(report.file)?.findings ?? []), ...report.findings].map((finding) => [
      [finding.code, finding.range.start, finding.range.end, formatMessage(finding.message)].join('\n'),
      finding,
    ]),
  );
  return { ...report, findings: [...findings.values()].sort((a, b) => a.range.start - b.range.start) };
}

function slashed(path: string): string {
  return sep === '/' ? path : path.replaceAll(sep, '/');
}
