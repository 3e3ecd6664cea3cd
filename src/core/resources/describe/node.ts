import { message } from '../../finding.ts';
import type { Message } from '../../finding.ts';
import { formatQuantity } from '../../quantity.ts';
import { resourceAmounts } from '../../workload/effective.ts';
import { amountsText } from '../amounts.ts';
import { nodeHeartbeat } from '../heartbeat.ts';
import { partsOf } from '../fields.ts';
import { factsOf } from '../summary.ts';
import { nodeUse } from '../use.ts';
import type { ResourceUse } from '../use.ts';
import { factSection, tableSection } from './section.ts';
import type { DescriptionSection, Related } from './section.ts';

/** A Node: its heartbeat, and how full it is. */
export function describeNode(node: unknown, { pods, now, lease }: Related): readonly DescriptionSection[] {
  const { words, late, duration } = nodeHeartbeat(node, lease, now);
  const use = nodeUse(node, pods);
  const most = use.podsAllowed;
  return [
    factSection(
      message('Heartbeat'),
      factsOf(
        [message('Last'), words],
        [message('Good for'), duration === null ? null : `${duration / 1000} s`],
        [message('State'), late ? message('overdue: nobody can know how it is') : null],
      ),
    ),
    ...tableSection(
      message('Use'),
      [message('Resource'), message('Allocatable'), message('Requested'), message('Limits')],
      [...use.resources.map(useCells), ['pods', most === null ? '' : String(most), String(use.pods), '']],
    ),
    factSection(
      message('Capacity'),
      factsOf([message('Capacity'), amountsText(resourceAmounts(partsOf(node).status['capacity']))]),
    ),
  ].filter(({ facts, table }) => facts.length > 0 || table !== null);
}

function useCells({
  name,
  allocatable,
  requested,
  limits,
  ...percent
}: ResourceUse): readonly (Message | string)[] {
  const share = (amount: string, value: number | null): string =>
    value === null ? amount : `${amount} (${value} %)`;
  return [
    name,
    formatQuantity(allocatable),
    share(formatQuantity(requested), percent.requestedPercent),
    share(formatQuantity(limits), percent.limitsPercent),
  ];
}
