import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { message, type Rendering, resolvePath } from '../../core/index.ts';
import { RenderError, type RenderFault } from './errors.ts';
import { slashed } from './overlay.ts';
import { findRenderer, reasonOf, type Renderer, type RenderOptions, runRenderer } from './renderer.ts';

export interface ChartOptions extends RenderOptions {
  /** Values files as absolute paths, the strongest last. */
  readonly values?: readonly string[];
  readonly release?: string;
  readonly namespace?: string;
  /** Version of the cluster the chart is asked about: `1.34`. Absent: the one the program was made for. */
  readonly kubernetesVersion?: string;
}

/** What findings can be told of; charts packed into archives have no lines to show. */
const sourceFile = /(?:^|\/)(?:templates\/.*\.(?:ya?ml|tpl|txt)|crds\/.*\.ya?ml|values\.yaml|Chart\.yaml)$/;

/**
 * Renders the chart of a folder (an absolute path) with Helm, and gathers the files it was rendered from. Never asks a
 * cluster, and changes nothing in the folder. Rejects with RenderError.
 */
export async function renderChart(folder: string, options: ChartOptions): Promise<Rendering> {
  const names = await readdir(folder).catch((): string[] => []);
  if (!names.includes('Chart.yaml')) {
    throw new RenderError(
      'notFound',
      message('{0} holds no Chart.yaml. Choose the folder of a chart.', folder),
    );
  }
  const renderer = await findRenderer([{ name: 'helm', args: ['template'] }], options.env);
  const output = await template(renderer, folder, options);
  const values = (options.values ?? []).map(slashed);
  return {
    by: 'helm',
    output,
    chart: { folder: slashed(folder), files: await gather(folder, values), values },
  };
}

async function template(renderer: Renderer, folder: string, options: ChartOptions): Promise<string> {
  const { values = [], release = 'release', namespace, kubernetesVersion } = options;
  const args = [
    ...[release, folder, '--include-crds'],
    ...values.flatMap((file) => ['--values', file]),
    ...(namespace === undefined ? [] : ['--namespace', namespace]),
    ...(kubernetesVersion === undefined ? [] : ['--kube-version', kubernetesVersion]),
  ];
  const result = await runRenderer(renderer, args, folder, options);
  if (result.code === 0) return result.stdout;
  if (/YAML parse error/.test(result.stderr)) {
    // Then it prints what it could not read: the mistake in it is a finding like others.
    const { stdout } = await runRenderer(renderer, [...args, '--debug'], folder, options);
    if (stdout.trim() !== '') return stdout;
  }
  throw new RenderError(
    'renderFailed',
    message('{0} cannot render {1}: {2}.', renderer.name, folder, reasonOf(result)),
    { output: result.stderr, fault: faultIn(result.stderr, folder) },
  );
}

/** The place Helm names in an error (`shop/templates/web.yaml:12:7`); its path begins with the chart's name. */
function faultIn(stderr: string, folder: string): RenderFault | null {
  const [, path, line, character] =
    /[\w.-]+\/((?:charts\/[\w.-]+\/)*templates\/[\w./-]+?):(\d+)(?::(\d+))?/.exec(stderr) ?? [];
  if (path === undefined) return null;
  return {
    path: resolvePath(slashed(folder), path),
    line: Math.max(0, Number(line) - 1),
    character: Number(character ?? 0),
  };
}

async function gather(folder: string, values: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const inside = (await readdir(folder, { recursive: true }))
    .map(slashed)
    .filter((path) => sourceFile.test(path));
  const paths = [...inside.map((path) => join(folder, path)), ...values];
  const read = await Promise.all(
    paths.map(async (path) => [slashed(path), await readFile(path, 'utf8').catch(() => null)] as const),
  );
  return new Map(read.flatMap(([path, text]) => (text === null ? [] : [[path, text] as const])));
}
