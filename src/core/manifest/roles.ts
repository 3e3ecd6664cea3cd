/** What the files around a file make of it: the text alone does not show that it is a patch or a chart's values. */
import type { Kustomization, PathUse } from './kustomization.ts';

/**
 * `manifest`: objects to be applied, as far as is known. `patch`: parts of objects that stand elsewhere, or JSON 6902
 * operations. `template`: becomes a manifest when its chart is rendered. `values`: a chart's values. `data`: anything
 * else that only looks like a manifest (configuration of kustomize, content of a generated ConfigMap, Chart.yaml).
 */
export type FileRole = 'manifest' | 'patch' | 'template' | 'values' | 'data';

/** Of several roles of one file the first wins: the one that lets least be said. */
const order: readonly FileRole[] = ['data', 'values', 'template', 'patch', 'manifest'];

const valuesName = /^values[\w.-]*\.ya?ml$|^(?:values|ci)\/.+\.ya?ml$|[.-]values\.ya?ml$/;

/** Files of a workspace by what its kustomizations and charts say of them. Paths are `/`-separated, of one root. */
export class FileRoles {
  readonly #roles = new Map<string, FileRole>();
  readonly #charts: ReadonlySet<string>;

  /** `kustomizations` by their path; `charts` are the paths of every `Chart.yaml`. */
  constructor(kustomizations: ReadonlyMap<string, Kustomization>, charts: Iterable<string>) {
    this.#charts = new Set([...charts].map(folderOf));
    for (const [path, kustomization] of kustomizations) this.#learn(folderOf(path), kustomization);
  }

  roleOf(path: string): FileRole {
    const chart = this.#chartOf(path);
    const role = this.#roles.get(path) ?? 'manifest';
    return chart === null ? role : first(role, roleInChart(path.slice(chart.length).replace(/^\//, '')));
  }

  #learn(folder: string, kustomization: Kustomization): void {
    const add = (uses: readonly (PathUse | null)[], role: FileRole): void => {
      for (const use of uses) {
        if (use === null) continue;
        const path = resolvePath(folder, use.path);
        this.#roles.set(path, first(role, this.#roles.get(path) ?? 'manifest'));
      }
    };
    add(
      kustomization.patches.map(({ file }) => file),
      'patch',
    );
    add(kustomization.plugins, 'data');
    add(
      kustomization.generators.flatMap(({ files }) => files),
      'data',
    );
    add(kustomization.values, 'values');
  }

  /** The folder of the innermost chart around a file; null outside of charts. */
  #chartOf(path: string): string | null {
    if (this.#charts.size === 0) return null;
    for (let folder = folderOf(path); ; folder = folderOf(folder)) {
      if (this.#charts.has(folder)) return folder;
      if (folder === '' || folder === '/') return null;
    }
  }
}

/** Of a file inside a chart, by its path from the chart's folder. */
function roleInChart(path: string): FileRole {
  if (path.startsWith('templates/')) return 'template';
  if (valuesName.test(path)) return 'values';
  return /^(?:Chart\.(?:yaml|lock)|requirements\.(?:yaml|lock)|files\/.*)$/.test(path) ? 'data' : 'manifest';
}

function first(...roles: readonly FileRole[]): FileRole {
  return order.find((role) => roles.includes(role)) ?? 'manifest';
}

/** Whether a file is one of those that say what other files are. */
export function describesOthers(path: string): boolean {
  return isKustomizationFile(path) || isChartFile(path);
}

/** Names under which kustomize looks for its file in a folder. */
export const kustomizationFiles: readonly string[] = [
  'kustomization.yaml',
  'kustomization.yml',
  'Kustomization',
];

/** Whether kustomize takes a file for a kustomization, whatever it says inside. */
export function isKustomizationFile(path: string): boolean {
  return kustomizationFiles.includes(path.slice(path.lastIndexOf('/') + 1));
}

export function isChartFile(path: string): boolean {
  return path === 'Chart.yaml' || path.endsWith('/Chart.yaml');
}

/** `''` for a path without a folder; `/` is its own. */
export function folderOf(path: string): string {
  const at = path.lastIndexOf('/');
  return at === 0 ? '/' : path.slice(0, Math.max(0, at));
}

/** The path a file in `folder` means by `path`: `.` and `..` are worked out; what leads out of the root keeps its `..`. */
export function resolvePath(folder: string, path: string): string {
  const whole = path.startsWith('/') || folder === '' ? path : `${folder === '/' ? '' : folder}/${path}`;
  const parts: string[] = [];
  for (const part of whole.split('/')) {
    if (part === '..' && parts.length > 0 && parts.at(-1) !== '..') parts.pop();
    else if (part !== '.' && part !== '') parts.push(part);
  }
  return `${whole.startsWith('/') ? '/' : ''}${parts.join('/')}`;
}
