import { message } from '../finding.ts';
import type { Message } from '../finding.ts';
import { numberOf, objectOf, objectsIn, textOf } from '../json.ts';
import type { Json } from '../json.ts';
import { formatQuantity, parseQuantity } from '../quantity.ts';
import { scalarText } from './fields.ts';

/** Where each type of metric keeps its body. */
const bodies: Readonly<Record<string, string>> = {
  Resource: 'resource',
  ContainerResource: 'containerResource',
  Pods: 'pods',
  Object: 'object',
  External: 'external',
};

/** Each metric of an autoscaler against its target: `cpu 64 of 80 %`; `?` for what nobody has measured. */
export function metricTexts(spec: Json, status: Json): readonly Message[] {
  const measured = objectsIn(status['currentMetrics']).map(metricOf);
  const texts = objectsIn(spec['metrics'])
    .map(metricOf)
    .map(({ name, body }) => {
      const current = measured.find((one) => one.name === name)?.body['current'];
      return againstTarget(name, objectOf(body['target']), objectOf(current));
    });
  const percent = spec['targetCPUUtilizationPercentage'];
  if (typeof percent !== 'number') return texts;
  return [percentText('cpu', percent, status['currentCPUUtilizationPercentage']), ...texts];
}

function metricOf(metric: Json): { name: string; body: Json } {
  const type = textOf(metric['type']);
  const body = objectOf(metric[Object.hasOwn(bodies, type) ? (bodies[type] ?? '') : '']);
  const container = textOf(body['container']);
  const name = textOf(body['name']) || textOf(objectOf(body['metric'])['name']) || type;
  return { name: container === '' ? name : `${name} (${container})`, body };
}

function againstTarget(name: string, target: Json, current: Json): Message {
  if (target['averageUtilization'] !== undefined) {
    return percentText(name, numberOf(target['averageUtilization']), current['averageUtilization']);
  }
  const field = target['averageValue'] === undefined ? 'value' : 'averageValue';
  return message('{0} {1} of {2}', name, metricValue(current[field]), metricValue(target[field]));
}

function percentText(name: string, target: number, used: unknown): Message {
  return message('{0} {1} of {2} %', name, typeof used === 'number' ? used : '?', target);
}

function metricValue(value: unknown): string {
  const text = scalarText(value);
  const reading = parseQuantity(text);
  return reading.ok ? formatQuantity(reading.quantity) : text || '?';
}
