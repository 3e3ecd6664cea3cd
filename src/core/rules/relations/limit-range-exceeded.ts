import { message } from '../../finding.ts';
import type { Message } from '../../finding.ts';
import { compareQuantities, formatQuantity } from '../../quantity.ts';
import type { Quantity } from '../../quantity.ts';
import type { Field } from '../../schema/field.ts';
import type { LimitFacts } from '../../workspace/facts.ts';
import type { Located } from '../../workspace/lookup.ts';
import { podOf } from '../../workspace/collect.ts';
import type { Relation, Rule } from '../rule.ts';
import { isWholePod } from '../workload-role.ts';
import { amountIn, podAmounts } from './amounts.ts';
import { defaultsFor, limitsOf } from './limits.ts';
import type { Defaults } from './limits.ts';
import { otherPlace } from './places.ts';
import { againstPod } from './pod-limits.ts';

export const limitRangeExceeded: Rule = {
  code: 'limit-range-exceeded',
  title: 'Amount that a LimitRange forbids',
  origin: 'advice',
  severity: 'warning',
  docs: `
A container, a pod as a whole, or a claim asks for more than a LimitRange of its namespace allows, for less than it demands, or for a
limit too many times its request: the server refuses it. Defaults of the LimitRange come first, which makes a trap: a
container with a request and no limit gets the default limit, and is refused where that is below the request. Nothing
is filled in for a pod as a whole: what an entry of type \`Pod\` bounds, its containers have to say.

\`\`\`yaml
# bad: the LimitRange has default: { memory: 256Mi }
resources:
  requests: { memory: 512Mi }
# good
resources:
  requests: { memory: 512Mi }
  limits: { memory: 512Mi }
\`\`\`
`,
  relate(object, relation) {
    const { workspace, here } = relation;
    if (workspace.mayDiffer(here)) return;
    if (here.facts.particulars?.of === 'claim') {
      for (const { limit, range } of limitsOf('PersistentVolumeClaim', here, workspace)) {
        const storage = object.at('spec.resources.requests.storage');
        lookAtBounds(storage, storage.quantity(), 'storage', limit, range, relation);
      }
      return;
    }
    const pod = podOf(object, here.facts.apiVersion, here.facts.kind);
    if (pod === null) return;
    lookAtPod(pod.get('spec'), relation);
    const limits = limitsOf('Container', here, workspace);
    if (limits.length === 0) return;
    const defaults = defaultsFor(here, workspace);
    const spec = pod.get('spec');
    for (const container of [...spec.get('initContainers').items(), ...spec.get('containers').items()]) {
      for (const { limit, range } of limits) lookAtContainer(container, limit, range, defaults, relation);
    }
  },
};

/** What is bounded of a pod as a whole is told at its containers. */
function lookAtPod(spec: Field, relation: Relation): void {
  const { workspace, here } = relation;
  const limits = limitsOf('Pod', here, workspace);
  const containers = spec.get('containers');
  // To a LimitRange the overhead of a pod is no part of it.
  const known = isWholePod(spec) && !spec.has('overhead');
  const amounts = limits.length === 0 || !known ? null : podAmounts(here, workspace);
  if (amounts === null) return;
  for (const { limit, range } of limits)
    for (const text of againstPod(limit, amounts, range))
      relation.report(containers, text, {
        range: containers.head,
        others: otherPlace(range, message('The LimitRange')),
      });
}

function lookAtContainer(
  container: Field,
  limit: LimitFacts,
  range: Located,
  defaults: Defaults,
  relation: Relation,
): void {
  const resources = container.get('resources');
  const names = new Set(
    [limit.max, limit.min, limit.maxLimitRequestRatio, limit.default].flatMap((one) => Object.keys(one)),
  );
  for (const name of names) {
    const written = {
      limit: resources.get('limits').get(name),
      request: resources.get('requests').get(name),
    };
    const most = written.limit.written ? written.limit.quantity() : amountIn(defaults.limits, name);
    const least = written.request.written
      ? written.request.quantity()
      : written.limit.written
        ? most
        : amountIn(defaults.requests, name);
    if (written.request.written && !written.limit.written && isLess(most, least)) {
      tell(
        written.request,
        message(
          'Without a limit it gets the default {0} of {1}, less than this request: pods are refused; set a limit',
          shown(most),
          range.facts.name,
        ),
        range,
        relation,
      );
      continue;
    }
    const place = written.limit.written ? written.limit : written.request;
    if (!place.written) continue;
    lookAtBounds(written.limit, written.limit.quantity(), name, limit, range, relation);
    if (written.request.written) lookAtBounds(written.request, least, name, limit, range, relation);
    lookAtRatio(place, most, least, name, limit, range, relation);
  }
}

function lookAtBounds(
  place: Field,
  amount: Quantity | null,
  name: string,
  limit: LimitFacts,
  range: Located,
  relation: Relation,
): void {
  if (!place.written) return;
  const max = amountIn(limit.max, name);
  const min = amountIn(limit.min, name);
  if (isLess(max, amount)) {
    const text = 'LimitRange {0} allows at most {1} of {2}; lower this, or the server refuses it';
    tell(place, message(text, range.facts.name, shown(max), name), range, relation);
  } else if (isLess(amount, min)) {
    const text = 'LimitRange {0} demands at least {1} of {2}; raise this, or the server refuses it';
    tell(place, message(text, range.facts.name, shown(min), name), range, relation);
  }
}

function lookAtRatio(
  place: Field,
  most: Quantity | null,
  least: Quantity | null,
  name: string,
  limit: LimitFacts,
  range: Located,
  relation: Relation,
): void {
  const ratio = amountIn(limit.maxLimitRequestRatio, name);
  if (ratio === null || most === null || least === null || least.nano <= 0n) return;
  // Both in billionths: the ratio's own billionths stand on the other side.
  if (most.nano * 1_000_000_000n <= ratio.nano * least.nano) return;
  const text =
    'LimitRange {0} allows a limit of {1} times the request of {2}; lower it, or raise the request';
  tell(place, message(text, range.facts.name, shown(ratio), name), range, relation);
}

function isLess(one: Quantity | null, other: Quantity | null): boolean {
  return one !== null && other !== null && compareQuantities(one, other) < 0;
}

function shown(amount: Quantity | null): string {
  return amount === null ? '' : formatQuantity(amount);
}

function tell(place: Field, text: Message, range: Located, relation: Relation): void {
  relation.report(place, text, { others: otherPlace(range, message('The LimitRange')) });
}
