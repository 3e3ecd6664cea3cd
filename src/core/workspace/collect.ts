import type { Field } from '../schema/field.ts';
import type {
  ContainerFacts,
  LabelSelector,
  NamedPlace,
  ObjectFacts,
  PodFacts,
  PortFacts,
  Reference,
  Selection,
} from './facts.ts';
import { localNamesOf } from './local-names.ts';
import { podTemplatePath } from '../workload/kinds.ts';

/** What there is to know of an object; `references` is what was met on the way through it. */
export function factsOf(object: Field, references: readonly Reference[]): ObjectFacts {
  const metadata = object.get('metadata');
  const name = metadata.get('name');
  const kind = object.get('kind').text() ?? '';
  const apiVersion = object.get('apiVersion').text() ?? '';
  const pod = podOf(object, apiVersion, kind);
  const selections = [...selectionsOf(object, kind, pod)];
  return {
    apiVersion,
    kind,
    name: name.text() ?? '',
    namespace: metadata.get('namespace').text(),
    path: object.path,
    range: name.written ? name.range : object.head,
    labels: textsOf(metadata.get('labels')),
    keys: ['ConfigMap', 'Secret'].includes(kind) ? keysOf(object) : [],
    ports: kind === 'Service' ? object.at('spec.ports').items().map(portOf) : [],
    pod: pod === null ? null : podFacts(pod),
    replicas: object.at('spec.replicas').number(),
    references,
    selections,
    localNames: localNamesOf(object, kind, pod, selections),
  };
}

/** The pod template of an object, or the Pod itself; null where it makes none. */
export function podOf(object: Field, apiVersion: string, kind: string): Field | null {
  const keys = podTemplatePath(apiVersion, kind);
  if (keys === null) return null;
  let field = object;
  for (const key of keys) field = field.get(key);
  return field;
}

function textsOf(field: Field): Record<string, string> {
  const texts: Record<string, string> = {};
  for (const entry of field.entries()) {
    const text = entry.text();
    if (text !== null && entry.key !== '__proto__') texts[entry.key] = text;
  }
  return texts;
}

function keysOf(object: Field): readonly NamedPlace[] {
  return ['data', 'stringData', 'binaryData'].flatMap((part) =>
    object
      .get(part)
      .entries()
      .map(({ key, head }) => ({ name: key, range: head })),
  );
}

function portOf(port: Field): PortFacts {
  return {
    name: port.get('name').text() ?? '',
    number: port.get('port').number() ?? port.get('containerPort').number(),
    protocol: port.get('protocol').text() ?? 'TCP',
    range: port.head,
  };
}

function podFacts(pod: Field): PodFacts {
  const labels = pod.at('metadata.labels');
  const spec = pod.get('spec');
  const containers = (list: 'containers' | 'initContainers'): readonly ContainerFacts[] =>
    spec
      .get(list)
      .items()
      .map((one) => ({
        name: one.get('name').text() ?? '',
        running: list === 'containers' || one.get('restartPolicy').text() === 'Always',
        range: one.head,
        ports: one.get('ports').items().map(portOf),
        requests: { ...amountsOf(one.at('resources.limits')), ...amountsOf(one.at('resources.requests')) },
        limits: amountsOf(one.at('resources.limits')),
      }));
  return {
    labels: textsOf(labels),
    labelsRange: labels.head,
    containers: [...containers('initContainers'), ...containers('containers')],
  };
}

function amountsOf(field: Field): Record<string, string> {
  const amounts: Record<string, string> = {};
  for (const entry of field.entries()) {
    if (entry.node?.type === 'scalar' && entry.key !== '__proto__') amounts[entry.key] = entry.node.source;
  }
  return amounts;
}

function* selectionsOf(object: Field, kind: string, pod: Field | null): Iterable<Selection> {
  const at = (by: Selection['by'], selector: Field, read: (field: Field) => LabelSelector): Selection => ({
    by,
    selector: read(selector),
    path: selector.path,
    range: selector.head,
  });
  const selector = object.at('spec.selector');
  if (kind === 'Service' && selector.entries().length > 0) yield at('service', selector, mapSelector);
  else if (kind === 'PodDisruptionBudget' && selector.written)
    yield at('disruptionBudget', selector, labelSelector);
  else if (kind === 'ReplicationController' && selector.written) yield at('workload', selector, mapSelector);
  else if (pod !== null && kind !== 'Pod' && selector.written) yield at('workload', selector, labelSelector);
  const policy = object.at('spec.podSelector');
  if (kind === 'NetworkPolicy' && policy.written) yield at('networkPolicy', policy, labelSelector);
  for (const constraint of pod?.at('spec.topologySpreadConstraints').items() ?? []) {
    const spread = constraint.get('labelSelector');
    if (spread.written) yield at('spread', spread, labelSelector);
  }
}

function mapSelector(field: Field): LabelSelector {
  return { matchLabels: textsOf(field), matchExpressions: [] };
}

function labelSelector(field: Field): LabelSelector {
  return {
    matchLabels: textsOf(field.get('matchLabels')),
    matchExpressions: field
      .get('matchExpressions')
      .items()
      .map((one) => ({
        key: one.get('key').text() ?? '',
        operator: one.get('operator').text() ?? '',
        values: one
          .get('values')
          .items()
          .flatMap((value) => value.text() ?? []),
      })),
  };
}
