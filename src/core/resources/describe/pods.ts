import { formatDuration } from '../../durations.ts';
import { message } from '../../finding.ts';
import { objectsIn, textOf } from '../../json.ts';
import type { Json } from '../../json.ts';
import { effectiveLimits, effectiveRequests } from '../../workload/effective.ts';
import { podStatus } from '../../workload/pod-status.ts';
import { qosClass } from '../../workload/qos.ts';
import { amountsText } from '../amounts.ts';
import { partsOf, scalarText, timeOf } from '../fields.ts';
import { labelText } from '../labels.ts';
import { factsOf } from '../summary.ts';
import { belowHeading, podContainers, volumeText } from './containers.ts';
import { moment } from './overview.ts';
import { factSection, tableSection } from './section.ts';
import type { DescriptionSection, Related } from './section.ts';

/** A Pod: where and how it runs, its containers, its volumes. */
export function describePod(pod: unknown, { now }: Related): readonly DescriptionSection[] {
  const { spec, status } = partsOf(pod);
  return [
    factSection(message('Runs'), runFacts(spec, status, now)),
    ...belowHeading(podContainers(pod, now)),
    ...volumesSection(spec),
  ];
}

function runFacts(spec: Json, status: Json, now: number): DescriptionSection['facts'] {
  const addresses = objectsIn(status['podIPs']).map((one) => textOf(one['ip']));
  return factsOf(
    [message('Addresses'), addresses.join(', ') || textOf(status['podIP'])],
    [message('Node address'), textOf(status['hostIP'])],
    [message('Started'), moment(timeOf(status['startTime']), now)],
    [message('Requests'), amountsText(effectiveRequests(spec))],
    [message('Limits'), amountsText(effectiveLimits(spec))],
    [message('Quality of service'), textOf(status['qosClass']) || qosClass(spec)],
    [
      message('Priority'),
      [textOf(spec['priorityClassName']), scalarText(spec['priority'])].filter(Boolean).join(' '),
    ],
    [message('Service account'), textOf(spec['serviceAccountName'])],
    [message('Restart policy'), textOf(spec['restartPolicy'])],
    [message('Node selector'), labelText(spec['nodeSelector'])],
    [message('Tolerations'), objectsIn(spec['tolerations']).map(tolerationText).join('\n')],
    [
      message('Scheduling gates'),
      objectsIn(spec['schedulingGates'])
        .map((one) => textOf(one['name']))
        .join(', '),
    ],
  );
}

/** `node.kubernetes.io/unreachable:NoExecute for 300 s`; `*` where it names no key. */
function tolerationText(toleration: Json): string {
  const value = scalarText(toleration['value']);
  const effect = textOf(toleration['effect']);
  const seconds = scalarText(toleration['tolerationSeconds']);
  const key = textOf(toleration['key']) || '*';
  return `${key}${value === '' ? '' : `=${value}`}${effect === '' ? '' : `:${effect}`}${seconds === '' ? '' : ` ${seconds} s`}`;
}

export function volumesSection(podSpec: Json): readonly DescriptionSection[] {
  return tableSection(
    message('Volumes'),
    [message('Name'), message('Source')],
    objectsIn(podSpec['volumes']).map((volume) => [textOf(volume['name']), volumeText(volume)]),
  );
}

/** Pods that belong to the object, those in trouble first. */
export function podsSection(pods: readonly unknown[], now: number): readonly DescriptionSection[] {
  const rows = pods.map((pod) => ({ pod: partsOf(pod), status: podStatus(pod) }));
  const spread = new Set(rows.map(({ pod }) => textOf(pod.metadata['namespace']))).size > 1;
  const rank = ({ health }: { readonly health: string }): number =>
    health === 'failed' ? 0 : health === 'warning' ? 1 : 2;
  rows.sort(
    (a, b) =>
      rank(a.status) - rank(b.status) ||
      textOf(a.pod.metadata['name']).localeCompare(textOf(b.pod.metadata['name']), 'en'),
  );
  return tableSection(
    message('Pods ({0})', pods.length),
    [
      message('Name'),
      message('Ready'),
      message('State'),
      message('Restarts'),
      message('Age'),
      message('Node'),
      message('Requests'),
    ],
    rows.map(({ pod: { metadata, spec }, status }) => {
      const created = timeOf(metadata['creationTimestamp']);
      return [
        spread ? `${textOf(metadata['namespace'])}/${textOf(metadata['name'])}` : textOf(metadata['name']),
        status.ready,
        status.text,
        String(status.restarts),
        created === null ? '' : formatDuration(now - created),
        textOf(spec['nodeName']),
        amountsText(effectiveRequests(spec)),
      ];
    }),
  );
}
