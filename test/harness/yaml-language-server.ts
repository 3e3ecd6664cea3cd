import { join } from 'node:path';
import { ensureProduct, type Report } from './cache.ts';
import { run } from './processes.ts';

/** The language server inside `redhat.vscode-yaml`: path of its program for Node, installed where it is absent. */
export async function ensureYamlLanguageServer(version: string, report: Report): Promise<string> {
  const folder = await ensureProduct(
    {
      name: 'yaml-language-server',
      inputs: [version],
      build: async (target) => {
        report(`installing yaml-language-server ${version}`);
        const flags = ['--no-save', '--no-audit', '--no-fund', '--ignore-scripts'];
        const args = ['install', ...flags, '--prefix', target, `yaml-language-server@${version}`];
        await run('npm', args, { cwd: target });
      },
    },
    report,
  );
  return join(folder, 'node_modules/yaml-language-server/bin/yaml-language-server');
}
