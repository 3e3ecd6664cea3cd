import type { ContainerRow, EventRow, PodRow, ReplicaPage } from '../../src/webview/protocol.ts';

/** All times are told from this moment, which the tests set the page's clock to. */
export const now = Date.UTC(2026, 4, 4, 12, 0, 0);
const second = 1_000;
const minute = 60 * second;

export const workload = {
  context: 'dev',
  namespace: 'shop',
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  name: 'web',
};

function container(changes: Partial<ContainerRow> = {}): ContainerRow {
  return {
    name: 'app',
    role: 'main',
    image: 'registry.example/shop/app:1.4',
    state: 'Running',
    health: 'healthy',
    message: '',
    restarts: 0,
    lastEnd: null,
    ...changes,
  };
}

export function pod(name: string, changes: Partial<PodRow> = {}): PodRow {
  const since = now - 12 * minute;
  return {
    uid: `uid-${name}`,
    name,
    state: 'Running',
    reason: '',
    health: 'healthy',
    ready: '1/1',
    restarts: 0,
    createdAt: since,
    node: 'n-1',
    image: 'app:1.4',
    containers: [container()],
    conditions: [
      { type: 'Ready', status: 'True', health: 'healthy', reason: '', message: '', since },
      { type: 'PodScheduled', status: 'True', health: 'healthy', reason: '', message: '', since },
    ],
    ...changes,
  };
}

export function event(uid: string, changes: Partial<EventRow> = {}): EventRow {
  return {
    uid,
    warning: false,
    reason: 'Started',
    about: 'Pod web-7d9f-x2x',
    message: 'Started container app',
    count: 1,
    at: now - 40 * second,
    ...changes,
  };
}

export const healthy: ReplicaPage = {
  workload,
  connection: { phase: 'live', at: now - 200 },
  verdict: { health: 'healthy', text: 'Healthy: 3 of 3 ready, v12', since: now - 4 * minute },
  facts: [
    { name: 'desired', value: 3, off: false },
    { name: 'current', value: 3, off: false },
    { name: 'updated', value: 3, off: false },
    { name: 'ready', value: 3, off: false },
    { name: 'available', value: 3, off: false },
  ],
  autoscaler: 'HPA web: 2–10 · cpu 64 of 80 %',
  scalable: true,
  pods: [pod('web-7d9f-x2x'), pod('web-7d9f-k8d'), pod('web-7d9f-q4z', { node: 'n-2', restarts: 1 })],
  conditions: [
    {
      type: 'Available',
      status: 'True',
      health: 'healthy',
      reason: 'MinimumReplicasAvailable',
      message: 'Deployment has minimum availability.',
      since: now - 90 * minute,
    },
    {
      type: 'Progressing',
      status: 'True',
      health: 'healthy',
      reason: 'NewReplicaSetAvailable',
      message: 'ReplicaSet "web-7d9f" has successfully progressed.',
      since: now - 4 * minute,
    },
  ],
  events: [
    event('e1'),
    event('e2', {
      reason: 'ScalingReplicaSet',
      about: 'Deployment web',
      message: 'Scaled up replica set web-7d9f from 2 to 3',
      at: now - 4 * minute,
    }),
  ],
  eventsProblem: '',
};

const crashing = {
  state: 'CrashLoopBackOff',
  reason: 'exit 3',
  health: 'failed',
  ready: '0/1',
  restarts: 5,
  createdAt: now - 3 * minute,
  image: 'app:1.5',
} as const;

export const failing: ReplicaPage = {
  ...healthy,
  verdict: {
    health: 'failed',
    text: 'Failing: 1 of 3 ready, v13 · 2 pods: CrashLoopBackOff, exit 3',
    since: null,
  },
  facts: healthy.facts.map((fact) =>
    fact.name === 'ready' || fact.name === 'available' ? { ...fact, value: 1, off: true } : fact,
  ),
  pods: [
    pod('web-6c4b-m2p', {
      ...crashing,
      containers: [
        container({
          state: 'CrashLoopBackOff',
          health: 'failed',
          message: 'back-off 2m40s restarting failed container',
          restarts: 5,
          lastEnd: { reason: 'Error', exitCode: 3, at: now - 70 * second },
        }),
        container({ name: 'proxy', role: 'sidecar', image: 'registry.example/shop/proxy:2' }),
      ],
      conditions: [
        {
          type: 'Ready',
          status: 'False',
          health: 'warning',
          reason: 'ContainersNotReady',
          message: 'containers with unready status: [app]',
          since: now - 3 * minute,
        },
      ],
    }),
    pod('web-6c4b-zz9', crashing),
    pod('web-6c4b-aa1', {
      state: 'ContainerCreating',
      health: 'progressing',
      ready: '0/1',
      createdAt: now - 8 * second,
      node: 'n-3',
    }),
    pod('web-7d9f-x2x'),
  ],
  events: [
    event('e3', {
      warning: true,
      reason: 'BackOff',
      about: 'Pod web-6c4b-m2p',
      message: 'Back-off restarting failed container app in pod web-6c4b-m2p',
      count: 12,
      at: now - 5 * second,
    }),
    ...healthy.events,
  ],
};
