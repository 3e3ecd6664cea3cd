import { cp, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { glob } from 'tinyglobby';

const SAMPLE = join(import.meta.dirname, '../examples/shop');
/** What the sample's images are called in the playground's registry, which has to do without the network. */
const LOCAL_IMAGE = 'app:1';
const SAMPLE_IMAGES = ['nginxinc/nginx-unprivileged:1.29-alpine', 'busybox:1.37'];

/** Puts a copy of the sample workspace there. */
export async function copySample(folder: string): Promise<void> {
  await cp(SAMPLE, folder, { recursive: true });
}

/**
 * Has the copy's manifests and Dockerfile take their images from a registry; nothing else in them is touched.
 * Returns the files that changed.
 */
export async function useRegistry(folder: string, registry: string): Promise<readonly string[]> {
  const changed: string[] = [];
  for (const file of await glob('{k8s,web}/*', { cwd: folder, absolute: true })) {
    const text = await readFile(file, 'utf8');
    const local = SAMPLE_IMAGES.reduce(
      (all, image) => all.replaceAll(image, `${registry}/${LOCAL_IMAGE}`),
      text,
    );
    if (local === text) continue;
    await writeFile(file, local);
    changed.push(file);
  }
  return changed;
}
