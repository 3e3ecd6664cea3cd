import { definesKinds, kindsDefined } from '../schema/crd.ts';
import type { Field } from '../schema/field.ts';
import type {
  Amounts,
  ContainerFacts,
  LabelSelector,
  LimitFacts,
  NamedPlace,
  ObjectFacts,
  Particulars,
  PodFacts,
  PortFacts,
  Reference,
  Selection,
} from './facts.ts';
import type { Node } from '../manifest/nodes.ts';
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
    defines: definesKinds(object) ? kindsDefined(object) : [],
    particulars: particularsOf(object, kind),
  };
}

/** Whether its kind is none of Kubernetes' own. */
function isCustom(object: Field): boolean {
  const group = object.get('apiVersion').text()?.split('/', 1)[0] ?? '';
  if (!group.includes('.')) return false;
  const type = object.type?.kind === 'object' ? object.type : null;
  return !group.endsWith('.k8s.io') || type?.name === '' || type?.definition !== undefined;
}

/** The pod template of an object, or the Pod itself; null where it makes none. Custom kinds keep theirs in one place. */
export function podOf(object: Field, apiVersion: string, kind: string): Field | null {
  const keys = podTemplatePath(apiVersion, kind);
  if (keys === null) {
    const template = isCustom(object) ? object.at('spec.template') : null;
    return template !== null && template.at('spec.containers').items().length > 0 ? template : null;
  }
  let field = object;
  for (const key of keys) field = field.get(key);
  return field;
}

/** The texts of a mapping, such as labels, by their keys. */
export function textsOf(field: Field): Record<string, string> {
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
        init: list === 'initContainers',
        running: list === 'containers' || one.get('restartPolicy').text() === 'Always',
        range: one.head,
        ports: one.get('ports').items().map(portOf),
        requests: { ...amountsOf(one.at('resources.limits')), ...amountsOf(one.at('resources.requests')) },
        limits: amountsOf(one.at('resources.limits')),
      }));
  return {
    labels: textsOf(labels),
    labelsKnown: labels.entries().every((label) => label.text() !== null),
    labelsRange: labels.head,
    containers: [...containers('initContainers'), ...containers('containers')],
    requests: { ...amountsOf(spec.at('resources.limits')), ...amountsOf(spec.at('resources.requests')) },
    limits: amountsOf(spec.at('resources.limits')),
    overhead: amountsOf(spec.get('overhead')),
  };
}

function amountsOf(field: Field): Amounts {
  const amounts: Record<string, string> = {};
  for (const entry of field.entries()) {
    if (entry.node?.type === 'scalar' && entry.key !== '__proto__') amounts[entry.key] = entry.node.source;
  }
  return amounts;
}

function particularsOf(object: Field, kind: string): Particulars | null {
  if (isCustom(object)) return { of: 'custom', mentions: mentionsIn(object) };
  const spec = object.get('spec');
  switch (kind) {
    case 'Service': {
      const type = spec.get('type').text();
      return {
        of: 'service',
        headless: spec.get('clusterIP').text() === 'None',
        external: type === 'ExternalName',
      };
    }
    case 'HorizontalPodAutoscaler': {
      const minimum = spec.get('minReplicas');
      const maximum = spec.get('maxReplicas').number();
      return { of: 'autoscaler', minimum: minimum.written ? (minimum.number() ?? 0) : 1, maximum };
    }
    case 'PersistentVolumeClaim': {
      const accessModes = spec.get('accessModes').items();
      return { of: 'claim', accessModes: accessModes.flatMap((mode) => mode.text() ?? []) };
    }
    case 'LimitRange':
      return { of: 'limits', limits: spec.get('limits').items().map(limitOf) };
    case 'ResourceQuota': {
      const scoped = spec.get('scopes').items().length > 0 || spec.get('scopeSelector').written;
      return { of: 'quota', hard: amountsOf(spec.get('hard')), scoped };
    }
    default:
      return null;
  }
}

function limitOf(limit: Field): LimitFacts {
  return {
    type: limit.get('type').text() ?? '',
    max: amountsOf(limit.get('max')),
    min: amountsOf(limit.get('min')),
    default: amountsOf(limit.get('default')),
    defaultRequest: amountsOf(limit.get('defaultRequest')),
    maxLimitRequestRatio: amountsOf(limit.get('maxLimitRequestRatio')),
  };
}

/** What is read of an object of an unknown kind goes no farther. */
const MOST_MENTIONS = 200;
const MOST_NODES = 5000;

/** Its own name, what fields call a name, and values of labels: what it makes is called, or labelled, by one of them. */
function mentionsIn(object: Field): readonly string[] {
  const mentions = new Set<string>();
  let seen = 0;
  const collect = (node: Node, key: string, among: boolean, depth: number): void => {
    if (mentions.size >= MOST_MENTIONS || seen++ > MOST_NODES || depth > 12) return;
    if (node.type === 'mapping') {
      const names = /labels$/i.test(key);
      for (const entry of node.entries) collect(entry.value, entry.key, among || names, depth + 1);
    } else if (node.type === 'sequence') {
      for (const item of node.items) collect(item, key, among, depth + 1);
    } else if (among || /name$/i.test(key)) mentions.add(node.source);
  };
  if (object.node !== null) collect(object.node, '', false, 0);
  return [...mentions];
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
