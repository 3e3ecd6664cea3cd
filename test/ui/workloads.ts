/** Objects that tests put into a cluster. */
import type { ClusterClient } from '../harness/cluster-client.ts';

export interface DeploymentOptions {
  readonly replicas?: number;
  readonly command?: readonly string[];
}

export function deployment(name: string, image: string, options: DeploymentOptions = {}): object {
  const labels = { app: name };
  const { replicas = 1, command } = options;
  const container = { name: 'app', image, ...(command === undefined ? {} : { command }) };
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name },
    spec: {
      replicas,
      selector: { matchLabels: labels },
      template: {
        metadata: { labels },
        spec: { terminationGracePeriodSeconds: 0, containers: [container] },
      },
    },
  };
}

/** One document for `kubectl apply -f -`. */
export function listOf(...items: readonly object[]): string {
  return JSON.stringify({ apiVersion: 'v1', kind: 'List', items });
}

/** A new namespace with these objects in it, among them a Deployment `web`; returns once that runs. */
export async function openShop(
  cluster: ClusterClient,
  namespace: string,
  ...objects: readonly object[]
): Promise<void> {
  await cluster.kubectl(['create', 'namespace', namespace]);
  await cluster.kubectl(['apply', '-n', namespace, '-f', '-'], listOf(...objects));
  await cluster.kubectl(['rollout', 'status', '-n', namespace, 'deployment/web', '--timeout=60s']);
}

/** While nobody measures its pods it decides nothing, and still owns the replicas. */
export function autoscaler(name: string): object {
  return {
    apiVersion: 'autoscaling/v2',
    kind: 'HorizontalPodAutoscaler',
    metadata: { name },
    spec: {
      scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name },
      minReplicas: 2,
      maxReplicas: 10,
      metrics: [
        {
          type: 'Resource',
          resource: { name: 'cpu', target: { type: 'Utilization', averageUtilization: 80 } },
        },
      ],
    },
  };
}
