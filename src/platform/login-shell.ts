import { delimiter } from 'node:path';
import { runProcess } from './processes.ts';

/** A profile that asks the network or a person is not waited for. */
const patienceMs = 5_000;
const mark = '__elastic_path__';

const asked = new Map<string, Promise<string | null>>();

/**
 * The environment with the PATH a terminal would have: an editor started from a dock or a menu has one that knows
 * nothing of what a person's shell profile adds. Asked of the login shell once; the given one where it does not answer.
 */
export async function withLoginPath(env: NodeJS.ProcessEnv): Promise<NodeJS.ProcessEnv> {
  const shell = env['SHELL'];
  if (process.platform === 'win32' || shell === undefined || shell === '') return env;
  let answer = asked.get(shell);
  if (answer === undefined) {
    answer = askShell(shell, env);
    asked.set(shell, answer);
  }
  const path = await answer;
  if (path === null) return env;
  const folders = [...(env['PATH'] ?? '').split(delimiter), ...path.split(delimiter)];
  return { ...env, PATH: [...new Set(folders)].filter((folder) => folder !== '').join(delimiter) };
}

async function askShell(shell: string, env: NodeJS.ProcessEnv): Promise<string | null> {
  try {
    const { stdout } = await runProcess({
      command: shell,
      // Profiles print greetings: what counts stands between two marks. `env` says it in any shell's dialect.
      args: ['-ilc', `echo ${mark}; env; echo ${mark}`],
      env,
      signal: AbortSignal.timeout(patienceMs),
    });
    return /^PATH=(.+)$/m.exec(stdout.split(mark)[1] ?? '')?.[1] ?? null;
  } catch {
    // No such shell, or not one that can be asked: then nothing is known beyond the environment.
    return null;
  }
}
