/** Which ports there are to forward, and which port of a pod each means. */
import { containersOf, controllerOf, isReady } from '../../core/index.ts';
import { fieldsIn, type Fields, listIn } from '../apply/json.ts';
import type { KubeObject } from '../model.ts';

/** A port as a person chooses it. */
export interface PortChoice {
  /** Of the Service, else of the container. */
  readonly port: number;
  readonly name: string | null;
  /** The container that names it; null for a Service's. */
  readonly container: string | null;
  /** Where in a pod it leads: a number, or the name a container gives it. */
  readonly target: number | string;
}

/** What is needed of a pod to lead connections to it. */
export interface PodPorts {
  readonly uid: string;
  readonly name: string;
  /** ISO time. */
  readonly created: string;
  readonly deleted: boolean;
  readonly running: boolean;
  readonly ready: boolean;
  /** Whether a pod of the same name follows when it is deleted. */
  readonly returns: boolean;
  readonly named: Readonly<Record<string, number>>;
}

/** The projection of pods for port-forwards: one function, so that they share their stores. */
export function projectPodPorts(object: unknown): PodPorts {
  const pod = object as KubeObject;
  const metadata = fieldsIn(pod, 'metadata');
  const named = containerPorts(fieldsIn(pod, 'spec')).flatMap(({ name, port }) =>
    name === null ? [] : [[name, port] as const],
  );
  return {
    uid: String(metadata.uid),
    name: String(metadata.name),
    created: String(metadata.creationTimestamp),
    deleted: metadata.deletionTimestamp !== undefined,
    running: fieldsIn(pod, 'status').phase === 'Running',
    ready: isReady(pod),
    returns: controllerOf(pod)?.kind === 'StatefulSet',
    named: Object.fromEntries(named),
  };
}

/** The TCP ports an object declares; there may be none though its programs listen. */
export function declaredPorts(object: KubeObject): readonly PortChoice[] {
  const spec = fieldsIn(object, 'spec');
  if (object.kind === 'Service') return servicePorts(spec);
  return containerPorts(object.kind === 'Pod' ? spec : fieldsIn(fieldsIn(spec, 'template'), 'spec'));
}

/** What a number means that a person typed: a port of the Service where it has one of that number, else the pod's. */
export function targetOfPort(object: KubeObject, port: number): number | string {
  return declaredPorts(object).find((choice) => choice.port === port)?.target ?? port;
}

function servicePorts(spec: Fields): readonly PortChoice[] {
  return listIn(spec, 'ports').flatMap(({ port, name, targetPort, protocol = 'TCP' }) => {
    if (typeof port !== 'number' || protocol !== 'TCP') return [];
    const target = typeof targetPort === 'number' || typeof targetPort === 'string' ? targetPort : port;
    return [{ port, name: typeof name === 'string' ? name : null, container: null, target }];
  });
}

function containerPorts(spec: Fields): readonly PortChoice[] {
  return containersOf({ spec }).flatMap(({ name: container, ports }) =>
    ports
      .filter(({ protocol }) => protocol === 'TCP')
      .map(({ name, port }) => ({ port, name: name === '' ? null : name, container, target: port })),
  );
}
