import { message } from '../../finding.ts';
import { objectOf } from '../../json.ts';
import { mappingToJson } from '../../manifest/nodes.ts';
import { formatQuantity } from '../../quantity.ts';
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
  const quality = `**${say(message('Quality of service: {0}', qosClass(value)))}** (${qosReason(value, all, say)})`;
  if (names.length === 0) return quality;
  const row = (title: string, amounts: ResourceAmounts): readonly string[] => [
    title,
    ...names.map((name) => text(amounts.get(name))),
  ];
  const many =
    replicas !== null && replicas > 1
      ? [row(say(message('{0} replicas request', replicas)), times(requests, replicas))]
      : [];
  const rows = [
    [say(message('One pod')), ...names.map((name) => (/^[\w./-]+$/.test(name) ? name : code(name)))],
    row(say(message('requests')), requests),
    row(say(message('is limited to')), limits),
    ...many,
  ];
  return `${table(rows)}\n\n${quality}`;
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

function qosReason(value: unknown, all: readonly Container[], say: Say): string {
  const quality = qosClass(value);
  if (quality === 'BestEffort') return say(message('nothing requests CPU or memory'));
  if (quality === 'Guaranteed')
    return say(message('CPU and memory are requested and limited alike everywhere'));
  const ofPod = objectOf(value)['resources'];
  const owners =
    ofPod === undefined
      ? all.map((one) => ({ name: one.name, resources: one.value['resources'] }))
      : [{ name: '', resources: ofPod }];
  for (const { name, resources } of owners) {
    const limits = resourceAmounts(objectOf(resources)['limits']);
    for (const resource of ['cpu', 'memory']) {
      const limit = limits.get(resource);
      const who = name === '' ? say(message('the pod')) : code(name);
      if (limit === undefined) return say(message('{0} has no limit for {1}', who, resource));
      if (requestsOf(resources).get(resource)?.nano !== limit.nano) {
        return say(message('{0} requests less {1} than its limit', who, resource));
      }
    }
  }
  return say(message('requests and limits differ'));
}

function times(amounts: ResourceAmounts, factor: number): ResourceAmounts {
  const count = BigInt(Math.trunc(factor));
  return new Map([...amounts].map(([name, { nano, format }]) => [name, { nano: nano * count, format }]));
}

function text(amount: Quantity | undefined): string {
  return amount === undefined ? '–' : formatQuantity(amount);
}

function inOrder(names: ReadonlySet<string>): readonly string[] {
  const first = ['cpu', 'memory'];
  return [
    ...first.filter((name) => names.has(name)),
    ...[...names].filter((name) => !first.includes(name)).sort(),
  ];
}
