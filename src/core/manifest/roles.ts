/** What the files around a file make of it: the text alone does not show that it is a patch or a chart's values. */
import type { Kustomization, PathUse } from './kustomization.ts';

/**
 * `manifest`: objects to be applied, as far as is known. `patch`: parts of objects that stand elsewhere, or JSON 6902
 * operations. `template`: becomes a manifest when its chart is rendered. `values`: a chart's values. `data`: anything
 * else that only looks like a manifest (configuration of kustomize, content of a generated ConfigMap, Chart.yaml).
 */
export type FileRole = 'manifest' | 'patch' | 'template' | 'values' | 'data';

/** What kustomizations set on the objects of a file: what the file says of it is not the last word. */
export interface Completion {
  readonly namespace: boolean;
  /** Selectors may be among what the labels are written to. */
  readonly labels: boolean;
  /** Names of images, without tag and digest, as they are written in the file. */
  readonly images: readonly string[];
}

/** Of several roles of one file the first wins: the one that lets least be said. */
const order: readonly FileRole[] = ['data', 'values', 'template', 'patch', 'manifest'];

const valuesName = /^values[\w.-]*\.ya?ml$|^(?:values|ci)\/.+\.ya?ml$|[.-]values\.ya?ml$/;

/** Files of a workspace by what its kustomizations and charts say of them. Paths are `/`-separated, of one root. */
export class FileRoles {
  readonly #roles = new Map<string, FileRole>();
  readonly #charts: ReadonlySet<string>;
  readonly #completions = new Map<string, Completion>();

  /** `kustomizations` by their path; `charts` are the paths of every `Chart.yaml`. */
  constructor(kustomizations: ReadonlyMap<string, Kustomization>, charts: Iterable<string>) {
    this.#charts = new Set([...charts].map(folderOf));
    for (const [path, kustomization] of kustomizations) this.#learn(folderOf(path), kustomization);
    this.#complete(new Map([...kustomizations].map(([path, one]) => [folderOf(path), one])));
  }

  /** Null where no kustomization sets anything on the file's objects. */
  completionOf(path: string): Completion | null {
    return this.#completions.get(path) ?? null;
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

  /** Carries what each kustomization sets, by its folder, to all files it is built of, whatever is in between. */
  #complete(kustomizations: ReadonlyMap<string, Kustomization>): void {
    const waiting = [...kustomizations].map(([folder, one]) => ({ folder, one, given: nothing }));
    for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
      const { folder, one } = next;
      const components = one.components.map(({ path }) => kustomizations.get(resolvePath(folder, path)));
      const set = [one, ...components].map((each) => (each === undefined ? nothing : settingsOf(each)));
      const given = together(next.given, ...set);
      for (const use of [...one.resources, ...one.components]) {
        const path = resolvePath(folder, use.path);
        const known = this.#completions.get(path) ?? nothing;
        const all = together(known, given);
        // What was carried there before is carried on from there already: circles come to an end.
        if (isSameCompletion(known, all)) continue;
        this.#completions.set(path, all);
        const inner = kustomizations.get(path);
        if (inner !== undefined) waiting.push({ folder: path, one: inner, given: all });
      }
    }
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

const nothing: Completion = { namespace: false, labels: false, images: [] };

function settingsOf({ namespace, labels, images }: Kustomization): Completion {
  return { namespace: namespace !== null, labels: labels.size > 0, images: images.map(({ name }) => name) };
}

function together(...all: readonly Completion[]): Completion {
  return {
    namespace: all.some(({ namespace }) => namespace),
    labels: all.some(({ labels }) => labels),
    images: [...new Set(all.flatMap(({ images }) => images))].sort(),
  };
}

export function isSameCompletion(one: Completion | null, other: Completion | null): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
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
