import { readFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { delimiter, join, resolve } from 'node:path';
import { message } from '../../core/finding.ts';
import type { KubeconfigProblem } from '../model.ts';
import type { KubeconfigFile } from './entries.ts';
import { parseKubeconfig } from './parse.ts';

/** Files in order of precedence, absolute and each once: the setting's, else $KUBECONFIG's, else `~/.kube/config`. */
export function kubeconfigFiles(setting: readonly string[], env: NodeJS.ProcessEnv): string[] {
  const home = env.HOME ?? env.USERPROFILE ?? homedir();
  const configured = setting.map((path) => path.trim().replace(/^~(?=$|[\\/])/, home));
  const chosen = [configured, (env.KUBECONFIG ?? '').split(delimiter), [join(home, '.kube', 'config')]]
    .map((paths) => paths.filter((path) => path !== ''))
    .find((paths) => paths.length > 0);
  return [...new Set((chosen ?? []).map((path) => resolve(path)))];
}

/** Reads what is there. A missing file is none of the problems; one that cannot be read or understood is. */
export async function readKubeconfigs(
  files: readonly string[],
): Promise<{ configs: KubeconfigFile[]; problems: KubeconfigProblem[] }> {
  const problems: KubeconfigProblem[] = [];
  const configs: KubeconfigFile[] = [];
  const texts = await Promise.all(files.map(readText));
  for (const [index, file] of files.entries()) {
    const text = texts[index];
    if (text === undefined || text === null) continue;
    if (text instanceof Error) {
      problems.push({ file, message: message('{0} cannot be read: {1}.', file, reasonOf(text)) });
      continue;
    }
    const config = parseKubeconfig(text, file);
    configs.push(config);
    problems.push(...config.problems.map((problem) => ({ file, message: problem })));
  }
  return { configs, problems };
}

async function readText(file: string): Promise<string | Error | null> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (code === 'ENOENT' || code === 'ENOTDIR') return null;
    return error as Error;
  }
}

function reasonOf(error: NodeJS.ErrnoException): string {
  if (error.code === 'EACCES' || error.code === 'EPERM') return 'permission denied';
  if (error.code === 'EISDIR') return 'it is a folder';
  return error.message;
}
