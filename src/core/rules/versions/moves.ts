import type { TextEdit } from '../../finding.ts';
import type { MappingNode } from '../../manifest/nodes.ts';
import { columnOf, lineBreak, lineEnd, lineStart } from '../../manifest/text.ts';
import type { Field } from '../../schema/field.ts';
import { appendLines } from '../edits.ts';
import { reshape } from './reshape.ts';
import type { Destination } from './reshape.ts';

/** Edits that bring fields to where a newer API version has them. */
export interface Moves {
  readonly edits: readonly TextEdit[];
  /** Paths that fit the newer version after the edits, with all below them. */
  readonly settled: readonly string[];
  /** The newer version has another default for something that is not written: a person should know. */
  readonly defaultChanges?: boolean;
}

const nothing: Moves = { edits: [], settled: [] };

/** Null: the object means something else in the newer version, or would be refused; a person has to look at it. */
type Mover = (object: Field, text: string) => Moves | null;

/** What has to be done beside a new apiVersion, by kind; kinds that are not named have kept their fields. */
const movers: Readonly<Record<string, Mover>> = {
  Ingress: ingress,
  HorizontalPodAutoscaler: autoscaler,
  Deployment: selector,
  ReplicaSet: selector,
  DaemonSet: updated,
  StatefulSet: updated,
  // An empty selector used to select nothing, and selects every pod now.
  PodDisruptionBudget: (object) => unless(isEmpty(object.at('spec.selector'))),
  PriorityLevelConfiguration: shares,
  MutatingWebhookConfiguration: webhooks,
  ValidatingWebhookConfiguration: webhooks,
  // The newer version wants usages, and fields of events nobody writes.
  CertificateSigningRequest: (object) => unless(object.at('spec.usages').items().length === 0),
  Event: () => null,
};

/** The edits an object needs beside another apiVersion; null where no edit can be trusted. */
export function movesOf(object: Field, kind: string, text: string): Moves | null {
  const move = Object.hasOwn(movers, kind) ? movers[kind] : undefined;
  return move === undefined ? nothing : move(object, text);
}

function unless(veto: boolean): Moves | null {
  return veto ? null : nothing;
}

function isEmpty({ node }: Field): boolean {
  return node?.type === 'mapping' && node.entries.length === 0;
}

/** Collects reshaped mappings; one that cannot be reshaped spoils the whole. */
class Collector {
  readonly #text: string;
  readonly #edits: TextEdit[] = [];
  readonly #settled: string[] = [];
  readonly #done = new Set<MappingNode>();
  #spoilt = false;

  constructor(text: string) {
    this.#text = text;
  }

  get moves(): Moves | null {
    return this.#spoilt ? null : { edits: this.#edits, settled: this.#settled };
  }

  spoil(): void {
    this.#spoilt = true;
  }

  settle(field: Field): void {
    this.#settled.push(field.path);
  }

  add(edit: TextEdit | null): void {
    if (edit === null) this.spoil();
    else this.#edits.push(edit);
  }

  /** Every key of the field has a destination, or the field is left to a person. */
  reshape(field: Field, destinations: ReadonlyMap<string, Destination>): void {
    const { node } = field;
    this.settle(field);
    if (node?.type !== 'mapping' || this.#done.has(node)) return;
    this.#done.add(node);
    if (node.entries.some(({ key }) => !destinations.has(key))) this.spoil();
    else this.add(reshape(this.#text, node, destinations));
  }
}

const serviceName: Destination = { path: ['service', 'name'] };

/** networking.k8s.io/v1 has the service and its port as objects, asks for a pathType, and calls a backend the default. */
function ingress(object: Field, text: string): Moves | null {
  const collector = new Collector(text);
  const spec = object.get('spec');
  const standard = spec.get('backend').entry;
  if (standard !== null) {
    backend(spec.get('backend'), collector);
    collector.add(standard.inherited ? null : rename(text, standard.keyRange, 'defaultBackend'));
  }
  for (const rule of spec.get('rules').items()) {
    for (const path of rule.at('http.paths').items()) {
      backend(path.get('backend'), collector);
      if (path.get('pathType').written || path.node?.type !== 'mapping') continue;
      // What the older version takes a path for that does not say.
      collector.add(insertAfter(text, path.node, 'path', 'pathType: ImplementationSpecific'));
      collector.settle(path.get('pathType'));
    }
  }
  return collector.moves;
}

function backend(field: Field, collector: Collector): void {
  const [name, port] = [field.get('serviceName'), field.get('servicePort')];
  if (!name.written && !port.written) return;
  const number = port.number();
  const named = port.text();
  // A number in quotes named a port, and cannot name one any more.
  if (name.text() === null || (number === null && (named === null || /^\d+$/.test(named)))) {
    collector.spoil();
  }
  const servicePort: Destination = { path: ['service', 'port', number === null ? 'name' : 'number'] };
  collector.reshape(
    field,
    new Map([
      ['serviceName', serviceName],
      ['servicePort', servicePort],
    ]),
  );
}

const own = (key: string): [string, Destination] => [key, { path: [key] }];
const metricName: [string, Destination] = ['metricName', { path: ['metric', 'name'] }];
const target = (from: string, type: string, key: string): [string, Destination] => [
  from,
  { path: ['target', key], beside: { key: 'type', value: type } },
];
const averageValue = target('targetAverageValue', 'AverageValue', 'averageValue');
const value = target('targetValue', 'Value', 'value');
const utilization = target('targetAverageUtilization', 'Utilization', 'averageUtilization');

/** Fields of each metric source of autoscaling/v2beta1, by where autoscaling/v2 has them. */
const metricSources: Readonly<Record<string, ReadonlyMap<string, Destination>>> = {
  resource: new Map([own('name'), utilization, averageValue]),
  containerResource: new Map([own('name'), own('container'), utilization, averageValue]),
  pods: new Map([metricName, ['selector', { path: ['metric', 'selector'] }], averageValue]),
  external: new Map([metricName, ['metricSelector', { path: ['metric', 'selector'] }], value, averageValue]),
  object: new Map([
    ['target', { path: ['describedObject'] }],
    metricName,
    ['selector', { path: ['metric', 'selector'] }],
    value,
  ]),
};

function autoscaler(object: Field, text: string): Moves | null {
  if (object.get('apiVersion').text() !== 'autoscaling/v2beta1') return nothing;
  const collector = new Collector(text);
  for (const metric of object.at('spec.metrics').items()) {
    for (const [source, destinations] of Object.entries(metricSources)) {
      const field = metric.get(source);
      if (field.written) collector.reshape(field, destinations);
    }
  }
  return collector.moves;
}

/** The older versions took the labels of the template for a selector that is not written; apps/v1 wants it written. */
function selector(object: Field, text: string): Moves | null {
  const spec = object.get('spec');
  const { node } = spec;
  if (spec.get('selector').entry !== null || node?.type !== 'mapping') return nothing;
  const labels = spec.at('template.metadata.labels').entries();
  const lines = labels.map((label) => {
    const written = label.node?.type === 'scalar' ? label.entry : null;
    return written === null ? null : text.slice(written.keyRange.start, written.value.range.end);
  });
  if (lines.length === 0 || lines.some((line) => line === null || line.includes('\n'))) return nothing;
  const collector = new Collector(text);
  collector.settle(spec.get('selector'));
  const added = node.flow
    ? [`selector: {matchLabels: {${lines.join(', ')}}}`]
    : ['selector:', '  matchLabels:', ...lines.map((line) => `    ${line}`)];
  collector.add(insertAfter(text, node, 'replicas', ...added));
  return collector.moves;
}

/** Pods that an update left alone, unless it said otherwise, until they were deleted. */
const updatedOnDelete = new Set(['extensions/v1beta1 DaemonSet', 'apps/v1beta1 StatefulSet']);

function updated(object: Field, text: string): Moves | null {
  const moves = selector(object, text);
  const kind = `${object.get('apiVersion').text()} ${object.get('kind').text()}`;
  const defaultChanges = updatedOnDelete.has(kind) && !object.at('spec.updateStrategy.type').written;
  return moves === null ? null : { ...moves, defaultChanges };
}

/** A share of 0 meant the default, and means none now. */
function shares(object: Field, text: string): Moves | null {
  const limited = object.at('spec.limited');
  const collector = new Collector(text);
  for (const key of ['assuredConcurrencyShares', 'nominalConcurrencyShares']) {
    const { entry } = limited.get(key);
    if (limited.get(key).number() === 0) collector.spoil();
    if (entry === null || key === 'nominalConcurrencyShares') continue;
    collector.settle(limited.get(key));
    collector.add(entry.inherited ? null : rename(text, entry.keyRange, 'nominalConcurrencyShares'));
  }
  return collector.moves;
}

/** Where the older version had other defaults, they are written down. */
const webhookDefaults: readonly (readonly [string, string])[] = [
  ['failurePolicy', 'Ignore'],
  ['matchPolicy', 'Exact'],
  ['timeoutSeconds', '30'],
  ['admissionReviewVersions', '[v1beta1]'],
];

function webhooks(object: Field, text: string): Moves | null {
  const collector = new Collector(text);
  for (const webhook of object.get('webhooks').items()) {
    const effects = webhook.get('sideEffects').text();
    if (effects !== 'None' && effects !== 'NoneOnDryRun') collector.spoil();
    if (webhook.node?.type !== 'mapping') continue;
    const missing = webhookDefaults.filter(([key]) => !webhook.get(key).written);
    const lines = missing.map(([key, text]) => `${key}: ${text}`);
    if (lines.length > 0) collector.add(appendLines(text, webhook.node, lines));
    collector.settle(webhook.get('admissionReviewVersions'));
  }
  return collector.moves;
}

function rename(text: string, range: { start: number; end: number }, name: string): TextEdit {
  const quote = /^["']/.exec(text.slice(range.start, range.end))?.[0] ?? '';
  return { range, newText: `${quote}${name}${quote}` };
}

/** Puts lines behind an entry of one line, or else before all others; null for mappings that no line can be put into. */
function insertAfter(text: string, mapping: MappingNode, key: string, ...lines: string[]): TextEdit | null {
  const [first] = mapping.entries;
  if (first === undefined || first.inherited) return null;
  const { start } = first.keyRange;
  if (mapping.flow) {
    // JSON wants quotes that these lines do not have.
    if (text[start] === '"') return null;
    return { range: { start, end: start }, newText: `${lines.join(', ')}, ` };
  }
  const indent = lineBreak(text) + ' '.repeat(columnOf(text, start));
  const anchor = mapping.entry(key);
  if (anchor?.value.type === 'scalar' && !anchor.inherited) {
    const offset = lineEnd(text, anchor.value.range.end);
    const alone = lineStart(text, anchor.value.range.end) === lineStart(text, anchor.keyRange.start);
    if (alone) return { range: { start: offset, end: offset }, newText: indent + lines.join(indent) };
  }
  return { range: { start, end: start }, newText: lines.join(indent) + indent };
}
