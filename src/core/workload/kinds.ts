/** Where the pod template stands in each kind that has one; a Pod is its own. Keys are in lower case. */
const templatePaths: ReadonlyMap<string, readonly string[]> = new Map([
  ['pod', []],
  ['podtemplate', ['template']],
  ['replicationcontroller', ['spec', 'template']],
  ['replicaset', ['spec', 'template']],
  ['deployment', ['spec', 'template']],
  ['statefulset', ['spec', 'template']],
  ['daemonset', ['spec', 'template']],
  ['job', ['spec', 'template']],
  ['cronjob', ['spec', 'jobTemplate', 'spec', 'template']],
]);

/**
 * Keys from the object to its pod template, or null for a kind without one. The kind's letter case is
 * forgiven: `deployment` is a mistake of its own, and the rest of it is checked all the same. A group with a
 * dot belongs to somebody else, who may use the same kind for something different.
 */
export function podTemplatePath(apiVersion: string, kind: string): readonly string[] | null {
  const group = apiVersion.includes('/') ? apiVersion.slice(0, apiVersion.indexOf('/')) : '';
  if (group.includes('.')) return null;
  return templatePaths.get(kind.toLowerCase()) ?? null;
}

/** Lists of a pod's spec that hold containers, in the order they start. */
export const containerLists = ['initContainers', 'containers', 'ephemeralContainers'] as const;

export type ContainerList = (typeof containerLists)[number];
