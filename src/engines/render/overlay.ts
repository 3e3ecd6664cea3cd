import { mkdtemp, readdir, readFile, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { isAbsolute, join, relative, sep } from 'node:path';
import { isKustomizationFile, message, pathsNamedBy, type Rendering } from '../../core/index.ts';
import { RenderError } from './errors.ts';
import { findRenderer, reasonOf, type Renderer, type RenderOptions, runRenderer } from './renderer.ts';

const renderers = [
  { name: 'kustomize', args: ['build'] },
  { name: 'kubectl', args: ['kustomize'] },
];

/**
 * Builds the kustomization of a folder (an absolute path) with kustomize, else with kubectl, and gathers the files it
 * was built from. Changes nothing in the folder. Rejects with RenderError.
 */
export async function renderOverlay(folder: string, options: RenderOptions): Promise<Rendering> {
  const names = await readdir(folder).catch((): string[] => []);
  const name = names.find((one) => isKustomizationFile(one));
  if (name === undefined) {
    throw new RenderError(
      'notFound',
      message('{0} holds no kustomization.yaml. Choose a folder with one.', folder),
    );
  }
  const renderer = await findRenderer(renderers, options.env);
  const { output, originFolder } = await build(renderer, folder, options);
  const root = slashed(join(folder, name));
  const { files, realPaths } = await gather(root);
  return {
    by: 'kustomize',
    output,
    overlay: {
      root,
      files,
      origins: originFolder === null ? null : { folder: originFolder, files: realPaths },
    },
  };
}

interface Built {
  readonly output: string;
  /** What paths in origin annotations start from; null where there are none. */
  readonly originFolder: string | null;
}

/**
 * Builds by way of an overlay of our own, which asks for origins to be noted. Where that does not work out (an old
 * kustomize, a folder that cannot be reached from the temporary one) the folder is built as it is, and whatever is
 * wrong with it is told in words that do not speak of ours.
 */
async function build(renderer: Renderer, folder: string, options: RenderOptions): Promise<Built> {
  const noted = await buildWithOrigins(renderer, folder, options);
  if (noted !== null) return noted;
  const result = await runRenderer(renderer, [folder], folder, options);
  if (result.code === 0) return { output: result.stdout, originFolder: null };
  throw new RenderError(
    'renderFailed',
    message('{0} cannot render {1}: {2}.', renderer.name, folder, reasonOf(result)),
    { output: result.stderr },
  );
}

async function buildWithOrigins(
  renderer: Renderer,
  folder: string,
  options: RenderOptions,
): Promise<Built | null> {
  const target = await realpath(folder);
  const own = await mkdtemp(join(await realpath(tmpdir()), 'elastic-render-'));
  try {
    const way = relative(own, target);
    // On another drive, or around the temporary folder: kustomize takes no such base.
    if (isAbsolute(way) || !relative(target, own).startsWith('..')) return null;
    const overlay = { resources: [slashed(way)], buildMetadata: ['originAnnotations'] };
    await writeFile(join(own, 'kustomization.yaml'), JSON.stringify(overlay));
    const result = await runRenderer(renderer, [own], own, options);
    return result.code === 0 ? { output: result.stdout, originFolder: slashed(own) } : null;
  } finally {
    await rm(own, { recursive: true, force: true });
  }
}

interface Gathered {
  readonly files: ReadonlyMap<string, string>;
  /** Paths of the files by the ones they have without symbolic links. */
  readonly realPaths: ReadonlyMap<string, string>;
}

/** Reads a kustomization and all it names, on and on. What is not there is kustomize's to complain about. */
async function gather(root: string): Promise<Gathered> {
  const files = new Map<string, string>();
  const realPaths = new Map<string, string>();
  const asked = new Set<string>();
  let next = [root];
  while (next.length > 0) {
    const read = await Promise.all(next.map((path) => readSource(path)));
    const named: string[] = [];
    for (const source of read) {
      if (source === null) continue;
      files.set(source.path, source.text);
      realPaths.set(source.realPath, source.path);
      named.push(...pathsNamedBy(source.path, source.text));
    }
    for (const path of next) asked.add(path);
    next = [...new Set(named)].filter((path) => !asked.has(path));
  }
  return { files, realPaths };
}

async function readSource(path: string) {
  try {
    const text = await readFile(path, 'utf8');
    return { path, text, realPath: slashed(await realpath(path)) };
  } catch {
    // A folder, or one of the names a kustomization may have and this one has not.
    return null;
  }
}

export function slashed(path: string): string {
  return sep === '/' ? path : path.replaceAll(sep, '/');
}
