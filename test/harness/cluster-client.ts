import { run } from './processes.ts';

/** What tests do to a cluster by hand, as its administrator. */
export interface ClusterClient {
  /** Kubeconfig of the administrator; the bench's own has one context, named `bench`. */
  readonly kubeconfig: string;
  /** Runs kubectl and returns what it printed. */
  kubectl(args: readonly string[], input?: string): Promise<string>;
  /** Adds simulated nodes, tainted so that only pods that tolerate `kwok.x-k8s.io/node` land on them. */
  addNodes(count: number): Promise<void>;
}

/** `kube` is the program that has kubectl inside. */
export function clusterClient(kube: string, kubeconfig: string): ClusterClient {
  const kubectl = (args: readonly string[], input = ''): Promise<string> =>
    run(kube, ['kubectl', '--kubeconfig', kubeconfig, ...args], { input });
  return {
    kubeconfig,
    kubectl,
    async addNodes(count) {
      const names = await kubectl(['get', 'nodes', '-l', 'type=kwok', '-o', 'name']);
      const taken = names.split('\n').filter(Boolean).length;
      const items = Array.from({ length: count }, (_, index) => kwokNode(`kwok-${taken + index}`));
      await kubectl(['create', '-f', '-'], JSON.stringify({ apiVersion: 'v1', kind: 'List', items }));
    },
  };
}

function kwokNode(name: string): object {
  const capacity = { cpu: '32', memory: '256Gi', pods: '110' };
  return {
    apiVersion: 'v1',
    kind: 'Node',
    metadata: { name, labels: { type: 'kwok', 'kubernetes.io/hostname': name, 'kubernetes.io/os': 'linux' } },
    spec: { taints: [{ key: 'kwok.x-k8s.io/node', value: 'fake', effect: 'NoSchedule' }] },
    status: { allocatable: capacity, capacity },
  };
}
