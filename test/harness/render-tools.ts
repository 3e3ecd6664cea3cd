import { mkdir, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ensureProduct, type Report } from './cache.ts';
import { ensureKube, ensureRenderPrograms } from './kubernetes-build.ts';

/** Folders for a PATH, each with one program: a test says which of them are installed. */
export interface RenderTools {
  readonly kustomize: string;
  readonly kubectl: string;
  readonly helm: string;
}

/** The programs that render overlays and charts, built where they are absent. */
export async function ensureRenderTools(report: Report): Promise<RenderTools> {
  const programs = await ensureRenderPrograms(report);
  const kube = await ensureKube(report);
  const folder = await ensureProduct(
    {
      name: 'render-tools',
      inputs: [programs, kube],
      async build(into) {
        for (const name of ['kustomize', 'helm']) {
          await mkdir(join(into, name));
          await symlink(join(programs, name), join(into, name, name));
        }
        await mkdir(join(into, 'kubectl'));
        const script = `#!/bin/sh\nexec '${kube}' kubectl "$@"\n`;
        await writeFile(join(into, 'kubectl', 'kubectl'), script, { mode: 0o755 });
      },
    },
    report,
  );
  return {
    kustomize: join(folder, 'kustomize'),
    kubectl: join(folder, 'kubectl'),
    helm: join(folder, 'helm'),
  };
}
