import type { TextRange } from '../finding.ts';
import type { Field } from '../schema/field.ts';
import type { NamedPlace } from './facts.ts';

/**
 * A place inside an object that has a name of its own, or uses one: none of them names an object. `volume` and
 * `containerPort` belong to a pod, `servicePort` to a Service. `podPort` is a port of the pods that the object selects,
 * by name or number. `labels` are all labels of a pod template, `selection` is a whole selector, called by its path.
 */
export interface LocalName extends NamedPlace {
  readonly of: 'volume' | 'containerPort' | 'servicePort' | 'podPort' | 'labels' | 'selection';
  /** Defined here, rather than used. */
  readonly defines: boolean;
}

/** The names in an object; `pod` is its pod template, `selections` are the paths of its selectors. */
export function localNamesOf(
  object: Field,
  kind: string,
  pod: Field | null,
  selections: readonly { readonly path: string }[],
): readonly LocalName[] {
  const names = [
    ...(pod === null ? [] : namesOfPod(pod)),
    ...object.at('spec.volumeClaimTemplates').items().flatMap(definedIn('volume', 'metadata.name')),
    ...selections.flatMap(({ path }) => selectionAt(object, path)),
  ];
  if (kind === 'Service') {
    const ports = object.at('spec.ports').items();
    names.push(...ports.flatMap(definedIn('servicePort', 'name')));
    names.push(...ports.flatMap((port) => used('podPort', port.get('targetPort'))));
  }
  if (kind === 'NetworkPolicy') {
    const rules = object.at('spec.ingress').items();
    const ports = rules.flatMap((rule) => rule.get('ports').items());
    names.push(...ports.flatMap((port) => used('podPort', port.get('port'))));
  }
  return names;
}

function* namesOfPod(pod: Field): Iterable<LocalName> {
  const spec = pod.get('spec');
  yield* spec.get('volumes').items().flatMap(definedIn('volume', 'name'));
  for (const list of ['initContainers', 'containers']) {
    for (const container of spec.get(list).items()) yield* namesOfContainer(container);
  }
  const labels = pod.at('metadata.labels');
  if (labels.written) yield { of: 'labels', name: '', range: extentOf(labels), defines: true };
}

function* namesOfContainer(container: Field): Iterable<LocalName> {
  yield* container.get('ports').items().flatMap(definedIn('containerPort', 'name'));
  for (const list of ['volumeMounts', 'volumeDevices']) {
    for (const mount of container.get(list).items()) yield* used('volume', mount.get('name'));
  }
  const probes = ['livenessProbe', 'readinessProbe', 'startupProbe'].map((probe) => container.get(probe));
  const handlers = [...probes, container.at('lifecycle.postStart'), container.at('lifecycle.preStop')];
  for (const handler of handlers) {
    if (!handler.written) continue;
    for (const action of ['httpGet', 'tcpSocket']) {
      yield* used('containerPort', handler.get(action).get('port'));
    }
  }
}

function definedIn(of: LocalName['of'], path: string): (field: Field) => readonly LocalName[] {
  return (field) => {
    const place = field.at(path);
    const name = place.text();
    return name === null || name === '' ? [] : [{ of, name, range: place.range, defines: true }];
  };
}

function used(of: LocalName['of'], field: Field): readonly LocalName[] {
  const name = field.text() ?? field.number();
  return name === null || name === '' ? [] : [{ of, name: String(name), range: field.range, defines: false }];
}

function selectionAt(object: Field, path: string): readonly LocalName[] {
  const inside = object.path === '' ? path : path.slice(object.path.length + 1);
  const field = inside.split('.').reduce<Field>((at, key) => at.get(key), object);
  return field.written ? [{ of: 'selection', name: path, range: extentOf(field), defines: false }] : [];
}

/** From a key to the end of its value. */
function extentOf({ head, node }: Field): TextRange {
  return { start: head.start, end: Math.max(head.end, node?.range.end ?? 0) };
}
