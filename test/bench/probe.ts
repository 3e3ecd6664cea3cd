import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { build } from 'esbuild';

/** Makes `folder` an extension that runs a file of this folder when VS Code has started; the file finds `task.json` beside it. */
export async function buildProbe(folder: string, file: string, task: object): Promise<string> {
  await build({
    entryPoints: [join(import.meta.dirname, file)],
    outfile: join(folder, 'main.cjs'),
    bundle: true,
    platform: 'node',
    format: 'cjs',
    external: ['vscode'],
  });
  const manifest = {
    ...{ name: 'probe', publisher: 'elastic-bench', version: '1.0.0', main: 'main.cjs' },
    engines: { vscode: '^1.106.0' },
    activationEvents: ['onStartupFinished'],
  };
  await writeFile(join(folder, 'package.json'), JSON.stringify(manifest));
  await writeFile(join(folder, 'task.json'), JSON.stringify(task));
  return folder;
}
