import type { Field } from '../schema/field.ts';
import { scalarText } from './names.ts';
import type { Proposal } from './proposal.ts';
import type { Site } from './site.ts';
import { fieldAt } from './site.ts';
import { podOf } from '../workspace/collect.ts';

/** What other places of the same object are called. */
export function localProposals(site: Site): readonly Proposal[] {
  const { owner, steps, object, part } = site;
  const last = steps.at(-1);
  if (object === null) return [];
  if (part !== 'value')
    return last === 'labels' && steps.at(-2) === 'metadata' ? labelsOfSelector(site, object) : [];
  if (owner?.kind !== 'object') return [];
  const field = `${owner.name}.${String(last)}`;
  if (/^core\/v1\.(?:HTTPGetAction|TCPSocketAction)\.port$/.test(field)) return portsAround(object, steps);
  const spec = podSpecOf(object);
  switch (field) {
    case 'core/v1.VolumeMount.name':
    case 'core/v1.VolumeDevice.name':
      return [
        ...namesOf(spec?.get('volumes') ?? null),
        ...namesOf(object.at('spec.volumeClaimTemplates'), (one) => one.at('metadata.name')),
      ];
    case 'core/v1.ResourceClaim.name':
      return namesOf(spec?.get('resourceClaims') ?? null);
    case 'core/v1.ResourceFieldSelector.containerName':
    case 'autoscaling/v2.ContainerResourceMetricSource.container':
      return namesOf(spec?.get('containers') ?? null);
    default:
      return [];
  }
}

function podSpecOf(object: Field): Field | null {
  const pod = podOf(object, object.get('apiVersion').text() ?? '', object.get('kind').text() ?? '');
  return pod?.get('spec') ?? null;
}

function portsAround(object: Field, steps: Site['steps']): readonly Proposal[] {
  const container = fieldAt(object, steps.slice(0, -3)) ?? fieldAt(object, steps.slice(0, -4));
  const around = container?.has('ports') === true ? container : fieldAt(object, steps.slice(0, -4));
  return (around?.get('ports').items() ?? []).flatMap((port) => {
    const number = port.get('containerPort').number();
    const name = port.get('name').text();
    const numbered = number === null ? [] : [proposal(String(number), String(number))];
    return name === null ? numbered : [proposal(name, scalarText(name)), ...numbered];
  });
}

function namesOf(
  list: Field | null,
  read: (item: Field) => Field = (item) => item.get('name'),
): readonly Proposal[] {
  return (list?.items() ?? []).flatMap((item) => {
    const name = read(item).text();
    return name === null || name === '' ? [] : [proposal(name, scalarText(name))];
  });
}

/** Labels of a pod template that its workload's own selector asks for. */
function labelsOfSelector({ steps, siblings, colon }: Site, object: Field): readonly Proposal[] {
  if (colon || !steps.includes('template')) return [];
  return object
    .at('spec.selector.matchLabels')
    .entries()
    .flatMap((entry) => {
      const value = entry.text();
      if (value === null || siblings.has(entry.key)) return [];
      const pair = `${scalarText(entry.key)}: ${scalarText(value)}`;
      return [{ ...proposal(pair, pair), filter: entry.key }];
    });
}

function proposal(label: string, insert: string): Proposal {
  return { label, kind: 'reference', insert, snippet: false, rank: '1' };
}
