import { message } from '../finding.ts';
import type { Message } from '../finding.ts';
import { numberOf, objectOf, objectsIn, textOf } from '../json.ts';
import type { Json } from '../json.ts';
import { labelText } from './labels.ts';
import { fewOf, partsOf, scalarText, textsIn } from './fields.ts';
import { loadBalancerAddresses } from './load-balancer.ts';
import { factsOf, wordsOf } from './summary.ts';
import type { ResourceSummary } from './summary.ts';

/** A Service: its type, where it is reached and by which ports. */
export function summarizeService(service: unknown): ResourceSummary {
  const { spec, status } = partsOf(service);
  const type = textOf(spec['type']) || 'ClusterIP';
  const external = [...loadBalancerAddresses(status), ...textsIn(spec['externalIPs'])];
  const isPending = type === 'LoadBalancer' && loadBalancerAddresses(status).length === 0;
  const ports = objectsIn(spec['ports']).map(servicePort);
  const pending = message('external address pending');
  const isHeadless = spec['clusterIP'] === 'None';
  return {
    health: isPending ? 'progressing' : 'healthy',
    words: wordsOf(
      isHeadless ? message('headless') : type,
      type === 'ExternalName' ? textOf(spec['externalName']) : isHeadless ? '' : textOf(spec['clusterIP']),
      isPending ? pending : fewOf(external, 1),
      fewOf(ports, 2),
    ),
    facts: factsOf(
      [message('Type'), isHeadless ? message('{0}, headless', type) : type],
      [message('Cluster address'), isHeadless ? '' : clusterAddresses(spec).join(', ')],
      [message('External address'), isPending ? pending : external.join(', ')],
      [message('External name'), textOf(spec['externalName'])],
      [message('Ports'), objectsIn(spec['ports']).map(servicePortInFull).join(', ')],
      [message('Selector'), selectorOf(spec, type)],
      [message('Session affinity'), spec['sessionAffinity'] === 'ClientIP' ? 'ClientIP' : ''],
      [message('External traffic'), textOf(spec['externalTrafficPolicy'])],
      [message('Internal traffic'), spec['internalTrafficPolicy'] === 'Local' ? 'Local' : ''],
    ),
    reason: isPending ? message('No load balancer has given it an address yet') : null,
  };
}

function clusterAddresses(spec: Json): readonly string[] {
  const all = textsIn(spec['clusterIPs']);
  return all.length > 0 ? all : [textOf(spec['clusterIP'])];
}

function selectorOf(spec: Json, type: string): Message | string {
  const text = labelText(spec['selector']);
  return text === '' && type !== 'ExternalName' ? message('none: its endpoints are made by hand') : text;
}

/** `80→8080/TCP`; the target is left out where it is the port itself. */
function servicePort(port: Json): string {
  const own = scalarText(port['port']);
  const target = scalarText(port['targetPort']);
  return `${own}${target === '' || target === own ? '' : `→${target}`}/${textOf(port['protocol']) || 'TCP'}`;
}

/** `http 80→8080/TCP:30080`: with its name, and the port of every node. */
function servicePortInFull(port: Json): string {
  const name = textOf(port['name']);
  const node = numberOf(port['nodePort']);
  return `${name === '' ? '' : `${name} `}${servicePort(port)}${node === 0 ? '' : `:${node}`}`;
}

/** One address behind a Service. */
export interface EndpointRow {
  readonly addresses: readonly string[];
  /** It gets traffic. An endpoint that does not say is ready (EndpointConditions). */
  readonly ready: boolean;
  /** Its pod is being deleted; it may still serve those connected. */
  readonly terminating: boolean;
  /** `''` when it is not known. */
  readonly node: string;
  readonly zone: string;
  /** The pod it stands for; null: an address given by hand. */
  readonly pod: { readonly namespace: string; readonly name: string; readonly uid: string } | null;
}

/** Endpoints of an EndpointSlice. */
export function endpointsOf(slice: unknown): readonly EndpointRow[] {
  const { root, metadata } = partsOf(slice);
  return objectsIn(root['endpoints']).map((one) => {
    const conditions = objectOf(one['conditions']);
    return {
      addresses: textsIn(one['addresses']),
      ready: conditions['ready'] !== false,
      terminating: conditions['terminating'] === true,
      node: textOf(one['nodeName']),
      zone: textOf(one['zone']),
      pod: podOf(objectOf(one['targetRef']), textOf(metadata['namespace'])),
    };
  });
}

function podOf({ kind, name, namespace, uid }: Json, fallback: string): EndpointRow['pod'] {
  if (kind !== 'Pod' || textOf(name) === '') return null;
  return { namespace: textOf(namespace) || fallback, name: textOf(name), uid: textOf(uid) };
}

/** An EndpointSlice: how many of its endpoints are ready. */
export function summarizeEndpointSlice(slice: unknown): ResourceSummary {
  const { root, metadata } = partsOf(slice);
  const endpoints = endpointsOf(slice);
  const ready = endpoints.filter((one) => one.ready).length;
  const ports = objectsIn(root['ports']).map(slicePort);
  return {
    ...readiness(ready, endpoints.length),
    words: wordsOf(readyWords(ready, endpoints.length), fewOf(ports, 2)),
    facts: factsOf(
      [message('Service'), textOf(objectOf(metadata['labels'])['kubernetes.io/service-name'])],
      [message('Endpoints'), readyWords(ready, endpoints.length)],
      [message('Ports'), ports.join(', ')],
      [message('Address type'), textOf(root['addressType'])],
    ),
  };
}

/** The older kind of the core group, in subsets. */
export function summarizeEndpoints(endpoints: unknown): ResourceSummary {
  const subsets = objectsIn(objectOf(endpoints)['subsets']);
  const count = (field: string): number =>
    subsets.reduce((sum, subset) => sum + objectsIn(subset[field]).length, 0);
  const ready = count('addresses');
  const total = ready + count('notReadyAddresses');
  const ports = subsets.flatMap((subset) => objectsIn(subset['ports']).map(slicePort));
  return {
    ...readiness(ready, total),
    words: wordsOf(readyWords(ready, total), fewOf(ports, 2)),
    facts: factsOf(
      [message('Endpoints'), readyWords(ready, total)],
      [message('Ports'), [...new Set(ports)].join(', ')],
    ),
  };
}

function slicePort(port: Json): string {
  const name = textOf(port['name']);
  const number = numberOf(port['port']);
  const text = `${number === 0 ? '*' : number}/${textOf(port['protocol']) || 'TCP'}`;
  return name === '' ? text : `${name} ${text}`;
}

function readyWords(ready: number, total: number): Message {
  return total === 0 ? message('no endpoints') : message('{0} of {1} ready', ready, total);
}

function readiness(ready: number, total: number): Pick<ResourceSummary, 'health' | 'reason'> {
  if (total === 0) return { health: 'idle', reason: null };
  if (ready === total) return { health: 'healthy', reason: null };
  if (ready === 0) return { health: 'warning', reason: message('None of its endpoints is ready') };
  return { health: 'progressing', reason: message('Endpoints not ready: {0}', total - ready) };
}
