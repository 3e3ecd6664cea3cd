/** What a pod or a container is there for: advice that is right for a web server is wrong for a node's agent. */
import type { Field } from '../schema/field.ts';

/** Kind of the object a pod's spec stands in: `Deployment`, `Pod` …; `''` for one that is not Kubernetes' own. */
function ownerKind(spec: Field): string {
  const { type } = spec.object;
  return type?.kind === 'object' ? type.name.slice(type.name.lastIndexOf('.') + 1) : '';
}

const services: ReadonlySet<string> = new Set([
  'Deployment',
  'StatefulSet',
  'ReplicaSet',
  'ReplicationController',
]);

/** Runs in as many copies as are wanted, until somebody stops it: no job, no agent of a node, no single pod. */
export function isService(spec: Field): boolean {
  return services.has(ownerKind(spec));
}

/** Belongs to the cluster itself: it may do what others had better not. */
export function isSystemPod(spec: Field): boolean {
  if (spec.object.at('metadata.namespace').text() === 'kube-system') return true;
  return spec.get('priorityClassName').text()?.startsWith('system-') ?? false;
}

/** Serves the node it runs on, as storage drivers and collectors of logs do. */
export function isNodeAgent(spec: Field): boolean {
  return ownerKind(spec) === 'DaemonSet';
}

/** Pods for Windows have none of what secures those for Linux. */
export function isForWindows(spec: Field): boolean {
  return (
    spec.at('os.name').text() === 'windows' ||
    spec.get('nodeSelector').get('kubernetes.io/os').text() === 'windows'
  );
}

/** A container without an image is a part of one, in a patch: the rest is written elsewhere. */
export function isWhole(container: Field): boolean {
  return container.get('image').written;
}

/** Every container of the pod is there, so that what is not in its spec is certainly missing. */
export function isWholePod(spec: Field): boolean {
  const containers = spec.get('containers').items();
  return containers.length > 0 && containers.every(isWhole);
}

/** Runs as long as its pod does: not a plain init container, which ends before the others begin. */
export function keepsRunning(container: Field): boolean {
  return container.parent?.key === 'containers' || container.get('restartPolicy').text() === 'Always';
}

/** What people call a container: its name, or its place. */
export function containerName(container: Field): string {
  return container.get('name').text() ?? `${container.parent?.key ?? ''}[${container.key}]`;
}
