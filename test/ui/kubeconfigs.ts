import { mkdtemp, readFile, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { parse, stringify } from 'yaml';

interface Kubeconfig {
  readonly clusters: readonly { readonly name: string; readonly cluster: { readonly server: string } }[];
  readonly users: readonly { readonly name: string; readonly user: object }[];
  readonly contexts: readonly { readonly name: string; readonly context: object }[];
  readonly 'current-context': string;
}

export interface WantedContext {
  readonly name: string;
  readonly namespace?: string;
  /** Another address than the cluster's own. */
  readonly server?: string;
  /** Other credentials than the administrator's. */
  readonly token?: string;
}

export interface MadeKubeconfigs {
  /** Value of KUBECONFIG: one file for each context, the first context being the current one. */
  readonly path: string;
  readonly files: readonly string[];
  remove(): Promise<void>;
}

/** Kubeconfig files of their own for a window, made from the administrator's: tests name contexts as they like. */
export async function makeKubeconfigs(
  administrator: string,
  wanted: readonly WantedContext[],
): Promise<MadeKubeconfigs> {
  const from = parse(await readFile(administrator, 'utf8')) as Kubeconfig;
  const folder = await realpath(await mkdtemp(join(tmpdir(), 'elastic-kubeconfigs-')));
  const files: string[] = [];
  for (const context of wanted) {
    const file = join(folder, `${context.name}.yaml`);
    await writeFile(file, stringify(configOf(from, context)));
    files.push(file);
  }
  return {
    path: files.join(delimiter),
    files,
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}

function configOf(from: Kubeconfig, { name, namespace, server, token }: WantedContext): object {
  const [cluster] = from.clusters;
  const [user] = from.users;
  if (cluster === undefined || user === undefined)
    throw new Error('The kubeconfig names no cluster or user.');
  return {
    apiVersion: 'v1',
    kind: 'Config',
    'current-context': name,
    clusters: [{ name, cluster: { ...cluster.cluster, ...(server === undefined ? {} : { server }) } }],
    users: [{ name, user: token === undefined ? user.user : { token } }],
    contexts: [
      { name, context: { cluster: name, user: name, ...(namespace === undefined ? {} : { namespace }) } },
    ],
  };
}
