import { formatDuration } from '../../durations.ts';
import { message } from '../../finding.ts';
import { objectOf, textOf } from '../../json.ts';
import type { Json } from '../../json.ts';
import { workloadStatus } from '../../rollout/status.ts';
import { podTemplates, selectorText } from '../../workload/pod-templates.ts';
import { partsOf, scalarText, timeOf } from '../fields.ts';
import { labelText } from '../labels.ts';
import { factsOf } from '../summary.ts';
import { belowHeading, templateContainers } from './containers.ts';
import { volumesSection } from './pods.ts';
import { factSection } from './section.ts';
import type { DescriptionSection, Related } from './section.ts';

/** A workload: its replicas, how it rolls out, and the containers of its pods. */
export function describeWorkload(object: unknown, { now }: Related): readonly DescriptionSection[] {
  const { root, spec, status } = partsOf(object);
  const [template] = podTemplates(object);
  const containers = belowHeading(templateContainers(template?.spec));
  const volumes = volumesSection(template?.spec ?? {});
  if (root['kind'] === 'CronJob') return [...containers, ...volumes];
  const facts = root['kind'] === 'Job' ? jobFacts(spec, status, now) : replicaFacts(object);
  return [factSection(message('Replicas'), facts), ...containers, ...volumes];
}

function replicaFacts(object: unknown): DescriptionSection['facts'] {
  const { metadata, spec } = partsOf(object);
  const { desired, current, updated, ready, available } = workloadStatus(object).counts;
  const annotations = objectOf(metadata['annotations']);
  return factsOf(
    [message('Desired'), String(desired)],
    [message('Current'), String(current)],
    [message('Updated'), String(updated)],
    [message('Ready'), String(ready)],
    [message('Available'), String(available)],
    [message('Revision'), textOf(annotations['deployment.kubernetes.io/revision'])],
    [message('Strategy'), strategyText(spec)],
    [message('Paused'), spec['paused'] === true ? message('yes') : null],
    [message('Selector'), selectorText(spec['selector']) || labelText(spec['selector'])],
  );
}

/** `RollingUpdate maxSurge=25%, maxUnavailable=25%` */
function strategyText(spec: Json): string {
  const strategy = objectOf(spec['strategy'] ?? spec['updateStrategy']);
  const bounds = Object.entries(objectOf(strategy['rollingUpdate']))
    .map(([key, value]) => `${key}=${scalarText(value)}`)
    .join(', ');
  return `${textOf(strategy['type'])} ${bounds}`.trim();
}

function jobFacts(spec: Json, status: Json, now: number): DescriptionSection['facts'] {
  const started = timeOf(status['startTime']);
  const ended = timeOf(status['completionTime']);
  return factsOf(
    [message('Succeeded'), scalarText(status['succeeded']) || '0'],
    [message('Failed'), scalarText(status['failed']) || '0'],
    [message('Active'), scalarText(status['active']) || '0'],
    [message('Completions'), scalarText(spec['completions'])],
    [message('Parallelism'), scalarText(spec['parallelism'])],
    [message('Retries allowed'), scalarText(spec['backoffLimit'])],
    [
      message('Deadline'),
      scalarText(spec['activeDeadlineSeconds']) && `${scalarText(spec['activeDeadlineSeconds'])} s`,
    ],
    [message('Took'), started === null ? null : formatDuration((ended ?? now) - started)],
  );
}
