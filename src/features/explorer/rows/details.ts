/** Parts of objects that have rows of their own: what a row keeps of them. */
import { containersOf, type ContainerType, endpointsOf, type Health, keysOf } from '../../../core/index.ts';
import { kept, keptValue } from './shared.ts';

export interface KeyDetail {
  readonly type: 'key';
  readonly name: string;
  /** Of the value, which itself is never kept. */
  readonly bytes: number;
  /** Of a Secret: masked until somebody reveals it. */
  readonly secret: boolean;
}

export interface ContainerDetail {
  readonly type: 'container';
  readonly name: string;
  readonly role: ContainerType;
  readonly image: string;
  readonly text: string;
  readonly health: Health;
  readonly restarts: number;
  /** How it ended last: `exit 3`; null: it did not. */
  readonly last: string | null;
  readonly reason: string | null;
}

export interface EndpointDetail {
  readonly type: 'endpoint';
  /** Its address. */
  readonly name: string;
  readonly state: 'ready' | 'terminating' | 'unready';
  readonly node: string | null;
  /** The pod behind it; null: there is none, or nobody says which. */
  readonly pod: { readonly name: string; readonly uid: string } | null;
}

export type Detail = KeyDetail | ContainerDetail | EndpointDetail;

const noDetails: readonly Detail[] = [];

export function detailsOf(kind: string, object: unknown): readonly Detail[] {
  switch (kind) {
    case 'Pod':
      return containerDetails(object);
    case 'Secret':
    case 'ConfigMap':
      return keysOf(object).map(({ name, bytes }) => ({
        type: 'key',
        name,
        bytes,
        secret: kind === 'Secret',
      }));
    case 'EndpointSlice':
      return endpointDetails(object);
    default:
      return noDetails;
  }
}

/** In the order in which they start. */
function containerDetails(pod: unknown): readonly ContainerDetail[] {
  const details = containersOf(pod).map(
    ({ name, type, image, text, health, restarts, last, reason }): ContainerDetail => ({
      type: 'container',
      name,
      role: type,
      image,
      text,
      health,
      restarts,
      last,
      reason,
    }),
  );
  return keptValue('containers', details, () => details);
}

function endpointDetails(slice: unknown): readonly EndpointDetail[] {
  return endpointsOf(slice).map(({ addresses, ready, terminating, node, pod }) => ({
    type: 'endpoint',
    name: addresses[0] ?? '',
    state: terminating ? 'terminating' : ready ? 'ready' : 'unready',
    node: node === '' ? null : kept(node),
    pod: pod === null ? null : { name: pod.name, uid: pod.uid },
  }));
}
