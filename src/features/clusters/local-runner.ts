/** Runs the programs that make local clusters; no vscode, so that it can be tested with programs of our own. */
import { homedir } from 'node:os';
import { message } from '../../core/index.ts';
import { findOnPath } from '../../platform/executables.ts';
import { CancelledError, ExplainedError } from '../../platform/failure.ts';
import { withLoginPath } from '../../platform/login-shell.ts';
import { plainWords } from '../../platform/plain-words.ts';
import { runProcess, type RunResult } from '../../platform/processes.ts';
import { type Call, type LocalCluster, localClusterOf, type LocalTool, localTools } from './local-tools.ts';

/** A program that is there. */
export interface InstalledTool {
  readonly tool: LocalTool;
  /** Its file. */
  readonly command: string;
  /** What it says of itself; null where it says nothing we understand. */
  readonly version: string | null;
  readonly env: NodeJS.ProcessEnv;
}

/** Questions are answered in moments; one that is not, for a daemon that hangs, must not hang us. */
const questionMs = 30_000;

/** A program failed; the explanation ends with its own words. */
class LocalToolError extends ExplainedError {
  override readonly name = 'LocalToolError';
}

/** Those of the programs that are on the PATH, or on the one of the person's login shell. */
export async function installedTools(env: NodeJS.ProcessEnv): Promise<readonly InstalledTool[]> {
  const full = await withLoginPath(env);
  const found = await Promise.all(
    localTools.map(async (tool): Promise<InstalledTool | null> => {
      const command = await findOnPath(tool.name, full);
      if (command === null) return null;
      const version = await versionOf(tool, command, full);
      return { tool, command, version, env: full };
    }),
  );
  return found.filter((tool) => tool !== null);
}

/** The programs that may have a cluster, and its name in them; null: any may, and any of theirs. */
export interface ClusterOwners {
  readonly tools: readonly InstalledTool[];
  readonly cluster: string | null;
}

/** Who has the cluster of a context. Throws LocalToolError where that program is not there: another's may be called the same. */
export function ownersOf(context: string | undefined, installed: readonly InstalledTool[]): ClusterOwners {
  const wanted = context === undefined ? null : localClusterOf(context);
  if (wanted === null) return { tools: installed, cluster: null };
  const tools = installed.filter(({ tool }) => tool === wanted.tool);
  if (tools.length > 0) return { tools, cluster: wanted.name };
  throw new LocalToolError(
    message(
      '{0} made the cluster {1}, and is not on the PATH. Install it, then try again.',
      wanted.tool.name,
      wanted.name,
    ),
  );
}

async function versionOf(tool: LocalTool, command: string, env: NodeJS.ProcessEnv): Promise<string | null> {
  try {
    return tool.readVersion((await ask(command, tool.version, env)).stdout);
  } catch {
    // It is there; that it cannot say its version is told by the word that is missing.
    return null;
  }
}

/** The clusters a program has. Throws LocalToolError with its words. */
export async function localClusters({ tool, command, env }: InstalledTool): Promise<readonly LocalCluster[]> {
  const { code, stdout, stderr, aborted } = await ask(command, tool.list, env);
  if (aborted) {
    throw new LocalToolError(
      message(
        '{0} did not answer within {1} s. Is its container engine running?',
        tool.name,
        questionMs / 1000,
      ),
    );
  }
  if (code !== 0) {
    throw new LocalToolError(
      message('{0} cannot list its clusters: {1}', tool.name, lastWords(stderr || stdout, code)),
    );
  }
  try {
    return tool.readList(stdout).filter(({ name }) => name !== '');
  } catch {
    throw new LocalToolError(
      message(
        '{0} lists its clusters in a form that is not known here. Try another version of it.',
        tool.name,
      ),
    );
  }
}

export interface LiveRun {
  readonly onOutput: (chunk: string) => void;
  readonly signal: AbortSignal;
  /** The file that gets, or loses, the context. */
  readonly kubeconfig: string;
}

/** Runs one call to its end. Throws LocalToolError with the program's last words, and CancelledError after an abort. */
export async function runTool(
  { tool, command, env }: InstalledTool,
  call: Call,
  { onOutput, signal, kubeconfig }: LiveRun,
): Promise<void> {
  const { code, stdout, stderr, aborted } = await runProcess({
    command,
    args: call.args,
    env: { ...env, KUBECONFIG: kubeconfig },
    // Nothing of a folder being worked on (kind's config, k3d's) may be picked up by chance.
    cwd: homedir(),
    ...(call.input === undefined ? {} : { input: call.input }),
    onOutput,
    signal,
  });
  if (aborted) throw new CancelledError();
  if (code !== 0) {
    throw new LocalToolError(message('{0} failed: {1}', tool.name, lastWords(stderr || stdout, code)));
  }
}

function ask(command: string, { args }: Call, env: NodeJS.ProcessEnv): Promise<RunResult> {
  return runProcess({
    command,
    args,
    env,
    cwd: homedir(),
    signal: AbortSignal.timeout(questionMs),
  });
}

const longestWords = 300;

/** The last line that says something, without colours, time stamps and bullets. */
function lastWords(output: string, code: number | null): string {
  const lines = plainWords(output)
    .split(/[\r\n]+/)
    .map((line) => line.trim())
    .filter((line) => line !== '');
  const telling = lines.findLast((line) => /\b(?:error|fatal|failed|exiting)\b/i.test(line)) ?? lines.at(-1);
  const words = (telling ?? `exit code ${code ?? '?'}`).replace(/^(?:ERROR:|FATA\[\d+\]|❌|🤷|💣)\s*/u, '');
  return words.length > longestWords ? `${words.slice(0, longestWords)}…` : words;
}
