import { kubeconfigContextUnknown, kubeconfigEntryMissing, type ClusterError } from '../errors.ts';
import type { ContextInfo } from '../model.ts';
import type { ClusterEntry, ContextEntry, Kubeconfig, ResolvedContext, UserEntry } from './entries.ts';

/** Merges as kubectl does: the first file to name an entry, or the current context, wins as a whole. */
export function mergeKubeconfigs(files: readonly Kubeconfig[]): Kubeconfig {
  const clusters = new Map<string, ClusterEntry>();
  const users = new Map<string, UserEntry>();
  const contexts = new Map<string, ContextEntry>();
  for (const file of [...files].reverse()) {
    for (const [name, entry] of file.clusters) clusters.set(name, entry);
    for (const [name, entry] of file.users) users.set(name, entry);
    for (const [name, entry] of file.contexts) contexts.set(name, entry);
  }
  const current = files.find((file) => file.current !== null)?.current ?? null;
  return { clusters, users, contexts, current };
}

/** Contexts by name, as a person reads them. */
export function contextInfos(config: Kubeconfig): ContextInfo[] {
  return [...config.contexts.values()]
    .map((context) => ({ ...context, server: config.clusters.get(context.cluster)?.server ?? '' }))
    .sort((left, right) => left.name.localeCompare(right.name));
}

/** The context with its cluster and user, or why there is no connecting to it. */
export function resolveContext(
  config: Kubeconfig,
  name: string,
  files: readonly string[],
): ResolvedContext | ClusterError {
  const context = config.contexts.get(name);
  if (context === undefined) return kubeconfigContextUnknown(name, files, config.contexts.size === 0);
  const cluster = config.clusters.get(context.cluster);
  if (cluster === undefined) return kubeconfigEntryMissing(name, context.file, 'cluster', context.cluster);
  const user = config.users.get(context.user) ?? null;
  if (user === null && context.user !== '') {
    return kubeconfigEntryMissing(name, context.file, 'user', context.user);
  }
  return { context, cluster, user };
}
