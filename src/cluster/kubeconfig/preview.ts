import { isAbsolute } from 'node:path';
import { isScalar, visit } from 'yaml';
import type { Message } from '../../core/finding.ts';
import type { ContextInfo } from '../model.ts';
import { readKubeconfigs } from './files.ts';
import { contextInfos } from './merge.ts';
import { firstDocument, parseKubeconfig } from './parse.ts';

/** What a kubeconfig would bring, before it is added. */
export interface KubeconfigPreview {
  readonly contexts: readonly ContextInfo[];
  /** Programs it runs to log in, with their arguments, each once. */
  readonly programs: readonly string[];
  /** Files it names by a path relative to its own folder, as written. */
  readonly beside: readonly string[];
  readonly problems: readonly Message[];
}

/** Reads a file of this machine for a look at it. */
export async function previewKubeconfig(file: string): Promise<KubeconfigPreview> {
  const { configs, problems } = await readKubeconfigs([file]);
  const [config] = configs;
  const messages = problems.map((problem) => problem.message);
  if (config === undefined) return { contexts: [], programs: [], beside: [], problems: messages };
  return { contexts: contextInfos(config), programs: programsOf(config), beside: [], problems: messages };
}

/** Reads a text that is no file yet; `name` stands for it in sentences. */
export function previewText(text: string, name: string): KubeconfigPreview {
  const config = parseKubeconfig(text, name);
  return {
    contexts: contextInfos(config),
    programs: programsOf(config),
    beside: config.problems.length === 0 ? relativePaths(text) : [],
    problems: config.problems,
  };
}

function programsOf({ users }: ReturnType<typeof parseKubeconfig>): readonly string[] {
  const lines = [...users.values()].flatMap(({ exec }) =>
    exec === null ? [] : [[exec.command, ...exec.args].join(' ')],
  );
  return [...new Set(lines)];
}

const pathKeys = new Set(['certificate-authority', 'client-certificate', 'client-key', 'tokenFile']);

function relativePaths(text: string): readonly string[] {
  const found = new Set<string>();
  visit(firstDocument(text), {
    Pair: (_, { key, value }) => {
      if (!isScalar(key) || !isScalar(value) || typeof value.value !== 'string') return;
      const name = String(key.value);
      const path = value.value;
      const isPath = pathKeys.has(name) || (name === 'command' && /[\\/]/.test(path));
      if (isPath && path !== '' && !isAbsolute(path)) found.add(path);
    },
  });
  return [...found];
}
