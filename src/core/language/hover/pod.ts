import { message, type Message } from '../../finding.ts';
import { objectOf } from '../../json.ts';
import { mappingToJson } from '../../manifest/nodes.ts';
import { canonicalQuantity, formatQuantity } from '../../quantity.ts';
import type { Quantity } from '../../quantity.ts';
import type { Field } from '../../schema/field.ts';
import { effectiveLimits, effectiveRequests, requestsOf, resourceAmounts } from '../../workload/effective.ts';
import type { ResourceAmounts } from '../../workload/effective.ts';
import { containers } from '../../workload/pod-templates.ts';
import type { Container } from '../../workload/pod-templates.ts';
import { qosClass } from '../../workload/qos.ts';
import type { Say } from './say.ts';
import { code, table } from './say.ts';

/** Parts of a pod whose hover tells what the whole of it needs. */
const telling = new Set([
  'resources',
  'containers',
  'initContainers',
  'template',
  'overhead',
  'replicas',
  'jobTemplate',
]);

export function tellsOfPod(field: Field): boolean {
  return telling.has(field.key) || (field.key === 'spec' && field.is('core/v1.PodSpec'));
}

/** What a pod asks for as the scheduler counts it, of all replicas too, and its class of service; null without a pod. */
export function podText(spec: Field, replicas: number | null, say: Say): string | null {
  if (spec.node?.type !== 'mapping') return null;
  const value = mappingToJson(spec.node);
  const all = containers(value).filter(({ list }) => list !== 'ephemeralContainers');
  if (all.length === 0) return null;
  const requests = effectiveRequests(value);
  const limits = boundedLimits(value, all);
  const names = inOrder(new Set([...requests.keys(), ...limits.keys()]));
  const quality = say(qualityText(value, all));
  if (names.length === 0) return quality;
  const none = say(message('none'));
  const row = (title: string, amounts: ResourceAmounts): readonly string[] => [
    title,
    ...names.map((name) => quantityText(amounts.get(name)) ?? none),
  ];
  const many =
    replicas !== null && replicas > 1
      ? [row(say(message('{0} replicas request', replicas)), times(requests, replicas))]
      : [];
  const rows = [
    [say(message('One pod')), ...names.map((name) => (/^[\w./-]+$/.test(name) ? name : code(name)))],
    row(say(message('requests')), requests),
    row(say(message('limits')), limits),
    ...many,
  ];
  const doubt = all.some(({ value: { resources } }) => isDoubtful(resources))
    ? [say(message('Amounts that cannot be read are left out.'))]
    : [];
  return [table(rows), [quality, ...doubt].join(' ')].join('\n\n');
}

/** Whether some of the amounts are none. */
function isDoubtful(resources: unknown): boolean {
  return ['requests', 'limits'].some((part) => {
    const written = objectOf(objectOf(resources)[part]);
    return resourceAmounts(written).size < Object.keys(written).length;
  });
}

/** A limit counts where everything that runs has one: beside a container without, a pod is not limited. */
function boundedLimits(value: unknown, all: readonly Container[]): ResourceAmounts {
  const ofPod = resourceAmounts(objectOf(objectOf(objectOf(value)['resources'])['limits']));
  const running = all.filter(({ list, sidecar }) => list === 'containers' || sidecar);
  return new Map(
    [...effectiveLimits(value)].filter(
      ([name]) =>
        ofPod.has(name) ||
        running.every((one) => resourceAmounts(objectOf(one.value['resources'])['limits']).has(name)),
    ),
  );
}

/** Its class of service, and why it has no better one. */
function qualityText(value: unknown, all: readonly Container[]): Message {
  const quality = qosClass(value);
  const name = `**${quality}**`;
  if (quality === 'BestEffort')
    return message('Quality of service {0}: nothing requests CPU or memory.', name);
  if (quality === 'Guaranteed')
    return message(
      'Quality of service {0}: CPU and memory are requested and limited alike everywhere.',
      name,
    );
  const ofPod = objectOf(value)['resources'];
  if (ofPod !== undefined) {
    const lack = lackOf(ofPod);
    if (lack?.of === 'limit')
      return message('Quality of service {0}: the pod has no limit for {1}.', name, lack.resource);
    if (lack?.of === 'request')
      return message(
        'Quality of service {0}: the pod requests less {1} than its limit.',
        name,
        lack.resource,
      );
  } else {
    for (const one of all) {
      const lack = lackOf(one.value['resources']);
      const who = code(one.name);
      if (lack?.of === 'limit')
        return message(
          'Quality of service {0}: container {1} has no limit for {2}.',
          name,
          who,
          lack.resource,
        );
      if (lack?.of === 'request')
        return message(
          'Quality of service {0}: container {1} requests less {2} than its limit.',
          name,
          who,
          lack.resource,
        );
    }
  }
  return message('Quality of service {0}: requests and limits differ.', name);
}

/** What keeps resources from being guaranteed; null where nothing does. */
function lackOf(resources: unknown): { readonly of: 'limit' | 'request'; readonly resource: string } | null {
  const limits = resourceAmounts(objectOf(objectOf(resources)['limits']));
  const requests = requestsOf(resources);
  for (const resource of ['cpu', 'memory']) {
    const limit = limits.get(resource);
    if (limit === undefined) return { of: 'limit', resource };
    if (requests.get(resource)?.nano !== limit.nano) return { of: 'request', resource };
  }
  return null;
}

function times(amounts: ResourceAmounts, factor: number): ResourceAmounts {
  const count = BigInt(Math.trunc(factor));
  return new Map([...amounts].map(([name, { nano, format }]) => [name, { nano: nano * count, format }]));
}

/** More digits than this nobody compares. */
const MOST_DIGITS = 5;

/** As people write amounts in manifests, `1050m` or `1628Mi`; rounded where that would be long. Null: none. */
function quantityText(amount: Quantity | undefined): string | null {
  if (amount === undefined) return null;
  const exact = canonicalQuantity(amount);
  return exact.replace(/\D/g, '').length <= MOST_DIGITS ? exact : `≈ ${formatQuantity(amount)}`;
}

function inOrder(names: ReadonlySet<string>): readonly string[] {
  const first = ['cpu', 'memory'];
  return [
    ...first.filter((name) => names.has(name)),
    ...[...names].filter((name) => !first.includes(name)).sort(),
  ];
}
