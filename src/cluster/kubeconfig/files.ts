import { readFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { delimiter, join, resolve } from 'node:path';
import { message, type Message } from '../../core/finding.ts';
import type { KubeconfigProblem } from '../model.ts';
import type { KubeconfigFile } from './entries.ts';
import { parseKubeconfig } from './parse.ts';

/**
 * Files in order of precedence, absolute and each once: the setting's, else $KUBECONFIG's, else `~/.kube/config`.
 * As for kubectl, a $KUBECONFIG that is set, even to empty entries only, keeps the home folder out.
 */
export function kubeconfigFiles(setting: readonly string[], env: NodeJS.ProcessEnv): string[] {
  const home = env.HOME ?? env.USERPROFILE ?? homedir();
  const configured = setting.map((path) => path.trim().replace(/^~(?=$|[\\/])/, home)).filter(Boolean);
  if (configured.length > 0) return absolute(configured);
  if (env.KUBECONFIG !== undefined && env.KUBECONFIG !== '') return absolute(env.KUBECONFIG.split(delimiter));
  return [join(home, '.kube', 'config')];
}

function absolute(paths: readonly string[]): string[] {
  return [...new Set(paths.filter((path) => path !== '').map((path) => resolve(path)))];
}

/**
 * The file whose `current-context` makes the context kubectl's: the first there is of those kubectl reads, where one of
 * them holds the context; else its own, for `kubectl --kubeconfig`. null: it is the current one already.
 */
export async function currentContextFile(
  { name, file }: { readonly name: string; readonly file: string },
  env: NodeJS.ProcessEnv,
): Promise<string | null> {
  const { configs } = await readKubeconfigs(kubeconfigFiles([], env));
  const read = configs.some(({ contexts }) => contexts.has(name))
    ? configs
    : (await readKubeconfigs([file])).configs;
  const current = read.find((config) => config.current !== null)?.current;
  return current === name ? null : (read[0]?.file ?? file);
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
    return decode(await readFile(file));
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (code === 'ENOENT' || code === 'ENOTDIR') return null;
    return error as Error;
  }
}

/** UTF-8, or UTF-16 where a byte order mark says so: PowerShell writes what kubectl prints in that form. */
function decode(bytes: Buffer): string {
  const encodings: Readonly<Record<string, string>> = { fffe: 'utf-16le', feff: 'utf-16be' };
  const encoding = encodings[bytes.subarray(0, 2).toString('hex')] ?? 'utf-8';
  return new TextDecoder(encoding, { fatal: true }).decode(bytes);
}

function reasonOf(error: NodeJS.ErrnoException): string | Message {
  if (error.code === 'EACCES' || error.code === 'EPERM') return message('permission denied');
  if (error.code === 'EISDIR') return message('it is a folder');
  if (error instanceof TypeError) return message('it is not UTF-8 text');
  return error.message;
}
