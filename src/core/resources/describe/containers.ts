import { message } from '../../finding.ts';
import type { Message } from '../../finding.ts';
import { numberOf, objectOf, objectsIn, textOf } from '../../json.ts';
import type { Json } from '../../json.ts';
import { resourceAmounts } from '../../workload/effective.ts';
import { containers } from '../../workload/pod-templates.ts';
import type { Container } from '../../workload/pod-templates.ts';
import { amountsText } from '../amounts.ts';
import { containersOf } from '../containers.ts';
import type { ContainerRow, ContainerType } from '../containers.ts';
import { partsOf, scalarText, textsIn } from '../fields.ts';
import { factsOf } from '../summary.ts';
import { moment } from './overview.ts';
import { factSection } from './section.ts';
import type { DescriptionSection } from './section.ts';

const titles: Readonly<Record<ContainerType, (name: string) => Message>> = {
  init: (name) => message('Init container {0}', name),
  sidecar: (name) => message('Sidecar {0}', name),
  app: (name) => message('Container {0}', name),
  ephemeral: (name) => message('Debug container {0}', name),
};

/** The containers of a running pod, each with its state. */
export function podContainers(pod: unknown, now: number): readonly DescriptionSection[] {
  const rows = containersOf(pod);
  return containers(partsOf(pod).spec).flatMap((container, index) => {
    const row = rows[index];
    return row === undefined ? [] : [runningContainer(container, row, now)];
  });
}

function runningContainer({ value }: Container, row: ContainerRow, now: number): DescriptionSection {
  const { name, type, text, reason, last, since, ready, restarts, imageId } = row;
  return factSection(
    titles[type](name),
    [
      ...factsOf(
        [message('State'), text],
        [message('Since'), moment(since, now)],
        [message('Reason'), reason],
        [message('Last end'), last],
        [message('Ready'), ready ? message('yes') : message('no')],
        [message('Restarts'), String(restarts)],
        [message('Image'), row.image],
        [message('Runs'), imageId],
      ),
      ...containerFacts(value),
    ],
    2,
  );
}

/** The containers a workload's pods will have. */
export function templateContainers(podSpec: unknown): readonly DescriptionSection[] {
  return containers(podSpec).map(({ name, list, sidecar, value }) => {
    const type = list === 'initContainers' ? (sidecar ? 'sidecar' : 'init') : 'app';
    return factSection(
      titles[type](name),
      [...factsOf([message('Image'), textOf(value['image'])]), ...containerFacts(value)],
      2,
    );
  });
}

function containerFacts(container: Json): DescriptionSection['facts'] {
  const { requests, limits } = objectOf(container['resources']);
  return factsOf(
    [message('Command'), [...textsIn(container['command']), ...textsIn(container['args'])].join(' ')],
    [message('Ports'), objectsIn(container['ports']).map(portText).join(', ')],
    [message('Requests'), amountsText(resourceAmounts(requests))],
    [message('Limits'), amountsText(resourceAmounts(limits))],
    [message('Startup probe'), probeText(container['startupProbe'])],
    [message('Readiness probe'), probeText(container['readinessProbe'])],
    [message('Liveness probe'), probeText(container['livenessProbe'])],
    [
      message('Environment'),
      [...objectsIn(container['envFrom']).map(envFromText), ...objectsIn(container['env']).map(envText)].join(
        '\n',
      ),
    ],
    [message('Mounts'), objectsIn(container['volumeMounts']).map(mountText).join('\n')],
  );
}

function portText(port: Json): string {
  const name = textOf(port['name']);
  const own = `${scalarText(port['containerPort'])}/${textOf(port['protocol']) || 'TCP'}`;
  const host = scalarText(port['hostPort']);
  return `${name === '' ? '' : `${name} `}${own}${host === '' || host === '0' ? '' : ` (host ${host})`}`;
}

function probeText(probe: unknown): Message | null {
  const { httpGet, tcpSocket, grpc, exec, periodSeconds, failureThreshold } = objectOf(probe);
  const http = objectOf(httpGet);
  const what =
    httpGet !== undefined
      ? `GET ${textOf(http['scheme']) || 'HTTP'} :${scalarText(http['port'])}${textOf(http['path'])}`
      : tcpSocket !== undefined
        ? `TCP :${scalarText(objectOf(tcpSocket)['port'])}`
        : grpc !== undefined
          ? `gRPC :${scalarText(objectOf(grpc)['port'])}`
          : textsIn(objectOf(exec)['command']).join(' ');
  if (what === '') return null;
  return message(
    '{0} every {1} s, {2} failures in a row',
    what,
    numberOf(periodSeconds, 10),
    numberOf(failureThreshold, 3),
  );
}

/** A value from a Secret or ConfigMap is told by where it comes from. */
function envText(variable: Json): string {
  const name = textOf(variable['name']);
  const { secretKeyRef, configMapKeyRef, fieldRef, resourceFieldRef } = objectOf(variable['valueFrom']);
  const keyOf = (kind: string, ref: unknown): string => {
    const { name: source, key } = objectOf(ref);
    return `${name} ← ${kind} ${textOf(source)} [${textOf(key)}]`;
  };
  if (secretKeyRef !== undefined) return keyOf('Secret', secretKeyRef);
  if (configMapKeyRef !== undefined) return keyOf('ConfigMap', configMapKeyRef);
  if (fieldRef !== undefined) return `${name} ← ${textOf(objectOf(fieldRef)['fieldPath'])}`;
  if (resourceFieldRef !== undefined) return `${name} ← ${textOf(objectOf(resourceFieldRef)['resource'])}`;
  return `${name}=${scalarText(variable['value'])}`;
}

function envFromText(source: Json): string {
  const prefix = textOf(source['prefix']);
  const { name: secret } = objectOf(source['secretRef']);
  const { name: map } = objectOf(source['configMapRef']);
  const from = textOf(secret) === '' ? `ConfigMap ${textOf(map)}` : `Secret ${textOf(secret)}`;
  return `${prefix}* ← ${from}`;
}

function mountText(mount: Json): string {
  const sub = textOf(mount['subPath']);
  const readOnly = mount['readOnly'] === true ? ' (ro)' : '';
  return `${textOf(mount['mountPath'])} ← ${textOf(mount['name'])}${sub === '' ? '' : `/${sub}`}${readOnly}`;
}

/** Containers below their heading; nothing where there are none. */
export function belowHeading(sections: readonly DescriptionSection[]): readonly DescriptionSection[] {
  return sections.length === 0 ? [] : [factSection(message('Containers'), []), ...sections];
}

/** What stands behind a volume: `Secret login`, `PersistentVolumeClaim data`, `emptyDir`. */
export function volumeText(volume: Json): string {
  const [type = '', source] = Object.entries(volume).find(([key]) => key !== 'name') ?? [];
  const { name, secretName, claimName, path, driver } = objectOf(source);
  const detail = [secretName, claimName, name, path, driver].map(textOf).find((text) => text !== '') ?? '';
  return `${type} ${detail}`.trim();
}
