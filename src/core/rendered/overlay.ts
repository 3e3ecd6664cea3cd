/** The kustomizations an overlay is made of, and the files they name. */
import { readKustomization } from '../manifest/kustomization.ts';
import type { Kustomization, PathUse } from '../manifest/kustomization.ts';
import { folderOf, kustomizationFiles, resolvePath } from '../manifest/roles.ts';

/** Files by their path, which is `/`-separated. */
export type Files = ReadonlyMap<string, string>;

/** One kustomization of an overlay. */
export interface Layer {
  readonly path: string;
  readonly folder: string;
  readonly kustomization: Kustomization;
}

/** The kustomizations an overlay is built from, in the order in which they take effect: its own comes last. */
export function layersOf(root: string, files: Files): readonly Layer[] {
  const layers: Layer[] = [];
  const seen = new Set<string>();
  const visit = (path: string): void => {
    const text = files.get(path);
    if (text === undefined || seen.has(path)) return;
    seen.add(path);
    const kustomization = readKustomization(text, path);
    if (kustomization === null) return;
    const folder = folderOf(path);
    for (const use of [...kustomization.resources, ...kustomization.components]) {
      for (const name of kustomizationFiles) visit(joinPath(resolvePath(folder, use.path), name));
    }
    layers.push({ path, folder, kustomization });
  };
  visit(root);
  return layers;
}

/**
 * Paths a file of an overlay names, for who gathers the files: of a folder its possible kustomizations. What is
 * fetched from elsewhere, and what only configures kustomize, is left out.
 */
export function pathsNamedBy(path: string, text: string): readonly string[] {
  const kustomization = readKustomization(text, path);
  if (kustomization === null) return [];
  const { resources, components, patches } = kustomization;
  const folder = folderOf(path);
  const local = (uses: readonly (PathUse | null)[]): string[] =>
    uses.flatMap((use) => (use === null || isRemote(use.path) ? [] : [resolvePath(folder, use.path)]));
  const maybeFolders = local([...resources, ...components]);
  return [
    ...maybeFolders,
    ...maybeFolders.flatMap((one) => kustomizationFiles.map((name) => joinPath(one, name))),
    ...local(patches.map(({ file }) => file)),
  ];
}

/** An address of a repository or a file elsewhere. */
function isRemote(path: string): boolean {
  return path.includes('://') || path.includes('?ref=') || path.startsWith('git@') || path.includes('//');
}

function joinPath(folder: string, name: string): string {
  return folder === '' ? name : `${folder}/${name}`;
}
