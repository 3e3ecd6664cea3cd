/** Kinds whose parts make a table: keys, endpoints, rules, quotas. */
import { message } from '../../finding.ts';
import { byteText } from '../../bytes.ts';
import { objectOf, objectsIn, textOf } from '../../json.ts';
import { formatQuantity } from '../../quantity.ts';
import { resourceAmounts } from '../../workload/effective.ts';
import { partsOf, scalarText, textsIn } from '../fields.ts';
import { keysOf } from '../keys.ts';
import { limitFields, quotaUse } from '../quota.ts';
import { endpointsOf } from '../service.ts';
import { tableSection } from './section.ts';
import type { DescriptionSection, Related } from './section.ts';

/** Keys of a ConfigMap or Secret, without their values. */
export function describeKeys(object: unknown): readonly DescriptionSection[] {
  return tableSection(
    message('Keys'),
    [message('Name'), message('Size'), message('Form')],
    keysOf(object).map(({ name, bytes, binary }) => [
      name,
      byteText(bytes),
      binary ? message('binary') : message('text'),
    ]),
  );
}

export function describeService(_: unknown, { endpointSlices = [] }: Related): readonly DescriptionSection[] {
  return endpointsSection(endpointSlices);
}

export function describeEndpointSlice(slice: unknown): readonly DescriptionSection[] {
  return endpointsSection([slice]);
}

function endpointsSection(slices: readonly unknown[]): readonly DescriptionSection[] {
  return tableSection(
    message('Endpoints'),
    [message('Address'), message('State'), message('Pod'), message('Node'), message('Zone')],
    slices
      .flatMap((slice) => endpointsOf(slice))
      .map(({ addresses, ready, terminating, pod, node, zone }) => [
        addresses.join(', '),
        terminating ? message('terminating') : ready ? message('ready') : message('not ready'),
        pod?.name ?? '',
        node,
        zone,
      ]),
  );
}

export function describeIngress(ingress: unknown): readonly DescriptionSection[] {
  const rules = objectsIn(partsOf(ingress).spec['rules']);
  return tableSection(
    message('Routes'),
    [message('Host'), message('Path'), message('Type'), message('Service'), message('Port')],
    rules.flatMap((rule) =>
      objectsIn(objectOf(rule['http'])['paths']).map((path) => {
        const { name, port } = objectOf(objectOf(path['backend'])['service']);
        const { number, name: portName } = objectOf(port);
        return [
          textOf(rule['host']) || '*',
          textOf(path['path']) || '/',
          textOf(path['pathType']),
          textOf(name),
          scalarText(number) || textOf(portName),
        ];
      }),
    ),
  );
}

export function describeRole(role: unknown): readonly DescriptionSection[] {
  return tableSection(
    message('Rules'),
    [message('Verbs'), message('Resources'), message('Groups'), message('Names')],
    objectsIn(partsOf(role).root['rules']).map((rule) => [
      textsIn(rule['verbs']).join(', '),
      [...textsIn(rule['resources']), ...textsIn(rule['nonResourceURLs'])].join(', '),
      textsIn(rule['apiGroups'])
        .map((group) => group || '""')
        .join(', '),
      textsIn(rule['resourceNames']).join(', '),
    ]),
  );
}

export function describeBinding(binding: unknown): readonly DescriptionSection[] {
  return tableSection(
    message('Given to'),
    [message('Kind'), message('Name'), message('Namespace')],
    objectsIn(partsOf(binding).root['subjects']).map((one) => [
      textOf(one['kind']),
      textOf(one['name']),
      textOf(one['namespace']),
    ]),
  );
}

export function describeQuota(quota: unknown): readonly DescriptionSection[] {
  return tableSection(
    message('Use'),
    [message('Resource'), message('Used'), message('Allowed'), message('Share')],
    quotaUse(quota).map(({ name, used, hard, percent }) => [
      name,
      formatQuantity(used),
      formatQuantity(hard),
      percent === null ? '' : `${percent} %`,
    ]),
  );
}

export function describeLimitRange(object: unknown): readonly DescriptionSection[] {
  const rows = objectsIn(partsOf(object).spec['limits']).flatMap((limit) => {
    const lists = limitFields.map((field) => resourceAmounts(limit[field]));
    const names = new Set(lists.flatMap((list) => [...list.keys()]));
    return [...names].map((name) => [
      textOf(limit['type']),
      name,
      ...lists.map((list) => quantityText(list.get(name))),
    ]);
  });
  return tableSection(
    message('Limits'),
    [
      message('Type'),
      message('Resource'),
      message('Least'),
      message('Most'),
      message('Default request'),
      message('Default limit'),
      message('Most limit per request'),
    ],
    rows,
  );
}

/** As it is written in the object; nothing where it is not. */
function quantityText(amount: Parameters<typeof formatQuantity>[0] | undefined): string {
  return amount === undefined ? '' : formatQuantity(amount);
}
