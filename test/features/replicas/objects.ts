/** API objects as the server sends them, cut down to what the page reads. */

export const shopWeb = {
  context: 'dev',
  namespace: 'shop',
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  name: 'web',
};

interface DeploymentOptions {
  readonly uid?: string;
  readonly replicas?: number;
  readonly ready?: number;
}

/** A Deployment, without `kind` as lists send it. */
export function deploymentObject({
  uid = 'd1',
  replicas = 3,
  ready = replicas,
}: DeploymentOptions = {}): object {
  return {
    metadata: {
      name: 'web',
      uid,
      generation: 2,
      annotations: { 'deployment.kubernetes.io/revision': '12' },
    },
    spec: { replicas, selector: { matchLabels: { app: 'web' } } },
    status: {
      observedGeneration: 2,
      replicas,
      updatedReplicas: replicas,
      readyReplicas: ready,
      availableReplicas: ready,
      conditions: [
        {
          type: 'Progressing',
          status: 'True',
          reason: 'NewReplicaSetAvailable',
          message: 'ReplicaSet "web-7d9f" has successfully progressed.',
          lastTransitionTime: '2026-05-01T00:00:00Z',
          lastUpdateTime: '2026-05-04T11:56:00Z',
        },
      ],
    },
  };
}

export function replicaSetObject(uid: string, owner: string): object {
  return {
    metadata: {
      name: 'web-7d9f',
      uid,
      creationTimestamp: '2026-05-04T11:50:00Z',
      annotations: { 'deployment.kubernetes.io/revision': '12' },
      ownerReferences: [{ uid: owner, controller: true }],
    },
  };
}

interface PodOptions {
  readonly owner?: string;
  readonly created?: string;
  readonly status?: object;
  readonly image?: string;
}

const running = { state: { running: {} }, ready: true, restartCount: 0, name: 'app' };

export const crashed = {
  name: 'app',
  ready: false,
  restartCount: 5,
  state: { waiting: { reason: 'CrashLoopBackOff', message: 'back-off 2m40s' } },
  lastState: { terminated: { exitCode: 3, reason: 'Error', finishedAt: '2026-05-04T11:59:00Z' } },
};

export function podObject(name: string, options: PodOptions = {}): object {
  const { owner = 'rs1', created = '2026-05-04T11:48:00Z', status = running, image = 'app:1.4' } = options;
  return {
    metadata: {
      name,
      uid: `uid-${name}`,
      creationTimestamp: created,
      ownerReferences: [{ uid: owner, controller: true }],
    },
    spec: { nodeName: 'n-1', containers: [{ name: 'app', image }] },
    status: {
      phase: 'Running',
      conditions: [{ type: 'Ready', status: 'True', lastTransitionTime: created }],
      containerStatuses: [status],
    },
  };
}

export function autoscalerObject(target: string, current: number | null): object {
  const resource = { name: 'cpu', target: { type: 'Utilization', averageUtilization: 80 } };
  return {
    metadata: { name: 'web', uid: 'hpa1' },
    spec: {
      scaleTargetRef: { kind: 'Deployment', name: target },
      minReplicas: 2,
      maxReplicas: 10,
      metrics: [{ type: 'Resource', resource }],
    },
    status: {
      currentMetrics:
        current === null
          ? null
          : [{ type: 'Resource', resource: { name: 'cpu', current: { averageUtilization: current } } }],
    },
  };
}
