/** Objects that tests put into a cluster. */
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
