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
  /** Runs, and is not ready since so many seconds before the moment the tests look at. */
  readonly unready?: number;
  /** Seconds from the moment the tests look at until it is made; default: four minutes before it. */
  readonly made?: number;
  /** Default: `n-1`. */
  readonly node?: string;
}

export function pod(name: string, owner: OwnerName | null, state: PodState = {}): object {
  const { waiting, exitCode, restarts = 0 } = state;
  const container =
    waiting === undefined
      ? { ready: state.unready === undefined, state: { running: {} } }
      : {
          ready: false,
          state: { waiting: { reason: waiting } },
          lastState: exitCode === undefined ? {} : { terminated: { exitCode, reason: 'Error' } },
        };
  return {
    metadata: {
      ...metadata(`p-${name}`, name, owner),
      ...(state.made === undefined
        ? {}
        : { creationTimestamp: new Date(now + state.made * 1000).toISOString() }),
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
      conditions: [
        {
          type: 'Ready',
          status: waiting === undefined && state.unready === undefined ? 'True' : 'False',
          ...(state.unready === undefined
            ? {}
            : { lastTransitionTime: new Date(now - state.unready * 1000).toISOString() }),
        },
      ],
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

const meta = (uid: string, name: string, more: object = {}): object => ({
  uid,
  name,
  namespace: 'shop',
  creationTimestamp: created,
  ...more,
});

export function service(name: string): object {
  return {
    metadata: meta(`s-${name}`, name),
    spec: {
      type: 'ClusterIP',
      clusterIP: '10.96.0.1',
      selector: { app: name },
      ports: [{ port: 80, targetPort: 8080 }],
    },
  };
}

export interface EndpointFacts {
  readonly address: string;
  readonly pod: string;
  readonly ready?: boolean;
}

export function endpointSlice(serviceName: string, endpoints: readonly EndpointFacts[]): object {
  const owner = { kind: 'Service', uid: `s-${serviceName}`, name: serviceName, controller: true };
  return {
    metadata: meta(`e-${serviceName}`, `${serviceName}-x7k2p`, { ownerReferences: [owner] }),
    endpoints: endpoints.map(({ address, pod: name, ready = true }) => ({
      addresses: [address],
      conditions: { ready },
      nodeName: 'n-1',
      targetRef: { kind: 'Pod', namespace: 'shop', name, uid: `p-${name}` },
    })),
  };
}

export function secret(name: string, values: Readonly<Record<string, string>>): object {
  const data = Object.entries(values).map(([key, value]) => [key, Buffer.from(value).toString('base64')]);
  return {
    metadata: meta(`secret-${name}`, name),
    type: 'Opaque',
    data: Object.fromEntries(data) as object,
  };
}

export function configMap(name: string, data: Readonly<Record<string, string>>): object {
  return { metadata: meta(`c-${name}`, name), data };
}

export function helmSecret(release: string, revision: number, status = 'deployed'): object {
  const name = `sh.helm.release.v1.${release}.v${revision}`;
  const labels = { owner: 'helm', name: release, version: String(revision), status };
  return {
    metadata: meta(`h-${release}-${revision}`, name, { labels }),
    type: 'helm.sh/release.v1',
    data: { release: 'H4sI' },
  };
}

export interface EventState {
  /** When it was seen last, counted from the moment the tests look at. */
  readonly seconds: number;
  readonly reason: string;
  readonly type?: 'Normal' | 'Warning';
  readonly count?: number;
}

export function event(uid: string, { seconds, reason, type = 'Normal', count = 1 }: EventState): object {
  return {
    metadata: meta(`ev-${uid}`, `web.${uid}`),
    involvedObject: { kind: 'Pod', name: 'web', namespace: 'shop' },
    reason,
    type,
    count,
    message: 'said so',
    lastTimestamp: new Date(now + seconds * 1000).toISOString(),
  };
}

/** What the kubelet says of a probe of a pod's container, `seconds` before the moment the tests look at. */
export function probeEvent(podName: string, container: string, said: string, seconds = 5): object {
  return {
    metadata: meta(`probe-${podName}-${container}`, `${podName}.probe`),
    involvedObject: {
      kind: 'Pod',
      name: podName,
      namespace: 'shop',
      uid: `p-${podName}`,
      fieldPath: `spec.containers{${container}}`,
    },
    reason: 'Unhealthy',
    type: 'Warning',
    count: 3,
    message: said,
    lastTimestamp: new Date(now - seconds * 1000).toISOString(),
  };
}

/** A CustomResourceDefinition of shop.example with one column. */
export function definition(plural: string, kind: string, jsonPath: string): object {
  return {
    metadata: { uid: `crd-${plural}`, name: `${plural}.shop.example`, creationTimestamp: created },
    spec: {
      group: 'shop.example',
      scope: 'Namespaced',
      names: { kind, plural },
      versions: [
        {
          name: 'v1',
          served: true,
          storage: true,
          additionalPrinterColumns: [{ name: 'Size', type: 'string', jsonPath }],
        },
      ],
    },
    status: { conditions: [{ type: 'Established', status: 'True' }] },
  };
}

/** The object as the tree keeps it. */
export function rowOf(kind: string, object: object): ObjectRow {
  const description = kindOf(kind);
  if (description === null) throw new Error(`The tree does not show ${kind}.`);
  return description.project(object);
}
