/** Objects as the API server lists them: without apiVersion and kind. */
import { kindOf } from '../../../src/features/explorer/kinds/catalogue.ts';
import type { ObjectRow } from '../../../src/features/explorer/rows/rows.ts';

/** The moment the tests look at, and the objects' age then: four minutes. */
export const now = Date.parse('2026-01-01T00:04:00Z');
const created = '2026-01-01T00:00:00Z';

interface OwnerName {
  readonly kind: string;
  readonly uid: string;
  readonly name?: string;
}

function metadata(uid: string, name: string, owner: OwnerName | null, annotations: object = {}): object {
  return {
    uid,
    name,
    namespace: 'shop',
    creationTimestamp: created,
    generation: 1,
    annotations,
    ownerReferences: owner === null ? [] : [{ name: owner.uid, ...owner, controller: true }],
  };
}

const revision = (number: number) => ({ 'deployment.kubernetes.io/revision': String(number) });
const template = (image: string) => ({ spec: { containers: [{ name: 'app', image }] } });

export interface DeploymentFacts {
  readonly desired?: number;
  readonly ready?: number;
  readonly revision?: number;
}

export function deployment(name: string, facts: DeploymentFacts = {}): object {
  const { desired = 3, ready = desired } = facts;
  return {
    metadata: metadata(`d-${name}`, name, null, revision(facts.revision ?? 1)),
    spec: { replicas: desired, template: template('registry.example/team/app:1.4') },
    status: {
      observedGeneration: 1,
      replicas: desired,
      updatedReplicas: desired,
      readyReplicas: ready,
      availableReplicas: ready,
      conditions: [
        { type: 'Available', status: ready === desired ? 'True' : 'False', reason: 'MinimumReplicas' },
      ],
    },
  };
}

export function replicaSet(
  deploymentName: string,
  number: number,
  desired: number,
  ready: number = desired,
): object {
  const uid = `r-${deploymentName}-${number}`;
  const owner = { kind: 'Deployment', uid: `d-${deploymentName}` };
  return {
    metadata: metadata(uid, `${deploymentName}-74579bb7${number}`, owner, revision(number)),
    spec: { replicas: desired, template: template('registry.example/team/app:1.4') },
    status: {
      observedGeneration: 1,
      replicas: desired,
      readyReplicas: ready,
      availableReplicas: ready,
      fullyLabeledReplicas: desired,
    },
  };
}

export interface PodState {
  readonly waiting?: string;
  readonly exitCode?: number;
  readonly restarts?: number;
  readonly deleting?: boolean;
  /** Default: `n-1`. */
  readonly node?: string;
}

export function pod(name: string, owner: OwnerName | null, state: PodState = {}): object {
  const { waiting, exitCode, restarts = 0 } = state;
  const container =
    waiting === undefined
      ? { ready: true, state: { running: {} } }
      : {
          ready: false,
          state: { waiting: { reason: waiting } },
          lastState: exitCode === undefined ? {} : { terminated: { exitCode, reason: 'Error' } },
        };
  return {
    metadata: {
      ...metadata(`p-${name}`, name, owner),
      ...(state.deleting === true ? { deletionTimestamp: created } : {}),
    },
    spec: {
      nodeName: state.node ?? 'n-1',
      containers: [
        { name: 'app', image: 'app:1.4', resources: { requests: { cpu: '100m', memory: '64Mi' } } },
      ],
    },
    status: {
      phase: 'Running',
      conditions: [{ type: 'Ready', status: waiting === undefined ? 'True' : 'False' }],
      containerStatuses: [{ name: 'app', restartCount: restarts, ...container }],
    },
  };
}

/** The ReplicaSet of a Deployment, as what it owns names it. */
export function owned(deploymentName: string, number: number): OwnerName {
  return {
    kind: 'ReplicaSet',
    uid: `r-${deploymentName}-${number}`,
    name: `${deploymentName}-74579bb7${number}`,
  };
}

export interface NodeState {
  readonly ready?: 'True' | 'False' | 'Unknown';
  readonly pressure?: string;
  readonly cordoned?: boolean;
}

export function node(name: string, { ready = 'True', pressure, cordoned = false }: NodeState = {}): object {
  const condition = (type: string, status: string) => ({ type, status, lastTransitionTime: created });
  return {
    metadata: { uid: `node-${name}`, name, creationTimestamp: created, labels: {} },
    spec: cordoned ? { unschedulable: true } : {},
    status: {
      allocatable: { cpu: '4', memory: '8Gi', pods: '110' },
      conditions: [
        condition('Ready', ready),
        ...(pressure === undefined ? [] : [condition(pressure, 'True')]),
      ],
      nodeInfo: { kubeletVersion: 'v1.36.3' },
    },
  };
}

/** `after`: seconds since the moment the tests look at. */
export function lease(name: string, after: number): object {
  return {
    metadata: { uid: `lease-${name}`, name, namespace: 'kube-node-lease', creationTimestamp: created },
    spec: { leaseDurationSeconds: 40, renewTime: new Date(now + after * 1000).toISOString() },
  };
}

/** The object as the tree keeps it. */
export function rowOf(kind: string, object: object): ObjectRow {
  const description = kindOf(kind);
  if (description === null) throw new Error(`The tree does not show ${kind}.`);
  return description.project(object);
}
