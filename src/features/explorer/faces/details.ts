import { message, type Message, type ProbeFailure, verbatim } from '../../../core/index.ts';
import type { AccessRules } from '../../../cluster/index.ts';
import { abilitiesOfDetail } from '../abilities.ts';
import type { KindDescription } from '../kinds/description.ts';
import type { ContainerDetail, EndpointDetail, KeyDetail } from '../rows/details.ts';
import type { Detail, ObjectRow } from '../rows/rows.ts';
import { type Face, healthIcons, healthWords, noTooltip } from './face.ts';
import { shortImage } from '../rows/rows.ts';

type Look = Pick<Face, 'description' | 'icon' | 'spoken' | 'tooltip'>;

/** The row of a part of an object. */
export function detailFace(
  row: ObjectRow,
  detail: Detail,
  kind: KindDescription | null,
  access: AccessRules | null,
  probe: ProbeFailure | null,
): Face {
  const words = [detail.type, 'named', ...abilitiesOfDetail(row, detail, kind, access)];
  return { label: verbatim(detail.name), contextValue: words.join(' '), ...lookOf(detail, probe) };
}

function lookOf(detail: Detail, probe: ProbeFailure | null): Look {
  switch (detail.type) {
    case 'container':
      return containerLook(detail, probe);
    case 'key':
      return keyLook(detail);
    case 'endpoint':
      return endpointLook(detail);
  }
}

const roles: Readonly<Record<ContainerDetail['role'], Message | null>> = {
  app: null,
  init: message('init container'),
  sidecar: message('sidecar'),
  ephemeral: message('debug container'),
};

function containerLook(detail: ContainerDetail, probe: ProbeFailure | null): Look {
  const { role, text, health, restarts, last, reason, image } = detail;
  const told = last === null || text.includes(last) ? text : `${text}, ${last}`;
  const roleWords = roles[role];
  return {
    description: [
      restarts === 0 ? verbatim(told) : message('{0} ×{1}', told, restarts),
      ...(probe === null ? [] : [probe.words]),
      ...(roleWords === null ? [] : [roleWords]),
      verbatim(shortImage(image)),
    ],
    icon: healthIcons[health],
    spoken: [message('container'), healthWords[health]],
    tooltip: () => ({
      title: message('Image {0}', image),
      facts: [],
      story: reason === null ? [] : [verbatim(reason)],
    }),
  };
}

/** The value is never known here: who reveals it reads the object anew. */
function keyLook({ bytes, secret }: KeyDetail): Look {
  const size = bytes === 1 ? message('1 byte') : message('{0} bytes', bytes);
  return {
    description: secret ? [verbatim('••••••'), size] : [size],
    icon: { id: 'key', color: null },
    spoken: [message('key')],
    tooltip: noTooltip,
  };
}

function endpointLook({ state, pod, node }: EndpointDetail): Look {
  const health = state === 'ready' ? 'healthy' : state === 'terminating' ? 'progressing' : 'warning';
  const words = {
    ready: message('ready'),
    terminating: message('terminating'),
    unready: message('not ready'),
  }[state];
  return {
    description: [
      words,
      ...(pod === null ? [] : [verbatim(pod.name)]),
      ...(node === null ? [] : [verbatim(node)]),
    ],
    icon: healthIcons[health],
    spoken: [message('endpoint')],
    tooltip: noTooltip,
  };
}
