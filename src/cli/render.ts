import { readFile, stat } from 'node:fs/promises';
import { basename, dirname, relative, resolve } from 'node:path';
import { glob } from 'tinyglobby';
import {
  checkRendered,
  defaultSettings,
  type Finding,
  formatMessage,
  inOrder,
  inRenderedOutput,
  isChartFile,
  isKustomizationFile,
  LineIndex,
  pathsNamedBy,
  readKustomization,
  type Rendering,
  schemaAt,
} from '../core/index.ts';
import { renderChart, RenderError, renderOverlay } from '../engines/render/index.ts';
import type { Circumstances } from '../server/project/project.ts';
import { fileSource, slashed, type Source } from './files/source.ts';
import { unreadable } from './files/text-file.ts';
import { type FileReport, problem, type Report } from './formats/report.ts';

export interface RenderedLintOptions {
  /** How what is rendered of a kustomization or chart is checked. Absent: as by default. */
  readonly circumstancesOf?: (root: Source) => Pick<Circumstances, 'settings' | 'kubernetesVersion'>;
  /** Values files for charts, the strongest last. */
  readonly values?: readonly string[];
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
  if (roots.length === 0) return { files: [], problems: [problem(await whyNothing(path))], notes: [] };
  const reports: Report[] = [];
  for (const root of roots) {
    const circumstances = options.circumstancesOf?.(fileSource(root)) ?? defaultCircumstances;
    const rendering = await render(root, circumstances.kubernetesVersion, options);
    reports.push(
      typeof rendering === 'string'
        ? { files: [], problems: [problem(rendering)], notes: [] }
        : { files: reportsOf(rendering, circumstances), problems: [], notes: [] },
    );
  }
  return mergeReports(reports);
}

async function whyNothing(path: string): Promise<string> {
  try {
    const found = await stat(path);
    return found.isDirectory()
      ? `${path} holds no kustomization.yaml and no Chart.yaml to render.`
      : `${path} is no kustomization.yaml and no Chart.yaml: --render wants one, or a folder with one.`;
  } catch (error) {
    return unreadable(path, error);
  }
}

/** Several may share files (overlays their base): what was said of one need not be said again. */
export function mergeReports(reports: readonly Report[]): Report {
  const files = new Map<string, FileReport>();
  for (const report of reports.flatMap((one) => one.files)) files.set(report.file, merged(files, report));
  return {
    files: [...files.values()].sort((a, b) => (a.file < b.file ? -1 : 1)),
    problems: reports.flatMap(({ problems }) => problems),
    notes: reports.flatMap(({ notes }) => notes),
  };
}

const defaultCircumstances = { settings: defaultSettings, kubernetesVersion: null };

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
async function render(
  root: Root,
  kubernetesVersion: string | null,
  { env = process.env, signal, values = [] }: RenderedLintOptions,
): Promise<Rendering | string> {
  const shared = { env, ...(signal === undefined ? {} : { signal }) };
  try {
    if (basename(root) !== 'Chart.yaml') return await renderOverlay(dirname(root), shared);
    return await renderChart(dirname(root), {
      ...shared,
      values: values.map((file) => resolve(file)),
      ...(kubernetesVersion === null ? {} : { kubernetesVersion }),
    });
  } catch (error) {
    if (error instanceof RenderError && error.code !== 'cancelled') return error.message;
    throw error;
  }
}

/** A report for every source, those included that nothing is said of. */
function reportsOf(
  rendering: Rendering,
  { settings, kubernetesVersion }: Pick<Circumstances, 'settings' | 'kubernetesVersion'>,
): readonly FileReport[] {
  const sources = rendering.by === 'kustomize' ? rendering.overlay.files : rendering.chart.files;
  const options = { settings, schema: schemaAt(kubernetesVersion ?? undefined) };
  const told = new Map(checkRendered(rendering, options).map((file) => [file.path, file]));
  return [...new Set([...sources.keys(), ...told.keys()])].map((path) => {
    const file = told.get(path);
    const text = sources.get(path) ?? '';
    return {
      file: relative(process.cwd(), path),
      lines: file?.lines ?? new LineIndex(text),
      text,
      findings: (file?.findings ?? []).map(({ finding }): Finding => ({
        ...finding,
        message: inRenderedOutput(finding.message),
      })),
    };
  });
}

function merged(files: ReadonlyMap<string, FileReport>, report: FileReport): FileReport {
  const findings = new Map(
    [...(files.get(report.file)?.findings ?? []), ...report.findings].map((finding) => [
      [finding.code, finding.range.start, finding.range.end, formatMessage(finding.message)].join('\n'),
      finding,
    ]),
  );
  return { ...report, findings: inOrder([...findings.values()]) };
}
