/** What rules about requests and limits share. */
import { message } from '../../finding.ts';
import type { Fix, TextRange } from '../../finding.ts';
import type { Field } from '../../schema/field.ts';
import { nearestWord } from '../../nearest.ts';
import { insertUnder } from '../edits.ts';
import type { Visit } from '../rule.ts';

/**
 * What a container or pod says of one resource; a limit alone is a request as well. Null where that cannot be known:
 * a template or a mistake stands where the amounts belong.
 */
export interface Amount {
  readonly request: Field | null;
  readonly limit: Field | null;
}

/** Null where the amounts cannot be known. */
export function amountOf(owner: Field, resource: string): Amount | null {
  const resources = owner.get('resources');
  if (!resources.written) return { request: null, limit: null };
  const [requests, limits] = [resources.get('requests'), resources.get('limits')];
  for (const field of [resources, requests, limits])
    if (field.written && field.node?.type !== 'mapping') return null;
  if (isMeant(requests, resource) || isMeant(limits, resource)) return null;
  const [request, limit] = [requests.get(resource), limits.get(resource)];
  return { request: request.written ? request : null, limit: limit.written ? limit : null };
}

/** Whether a resource stands among amounts under a name that there is not, and that is nearest to its own. */
export function isMeant(amounts: Field, resource: string): boolean {
  if (amounts.node?.type !== 'mapping') return false;
  return amounts.node.entries.some(({ key }) => {
    if (standardResources.includes(key) || key.includes('/')) return false;
    return nearestWord(key, standardResources) === resource;
  });
}

const standardResources = ['cpu', 'memory', 'ephemeral-storage'];

/** Whether the limit is more than so many times the request; in millionths, for a ratio may be 1.5. */
export function exceedsRatio(limit: bigint, request: bigint, ratio: number): boolean {
  return request > 0n && limit * 1_000_000n > request * BigInt(Math.round(ratio * 1e6));
}

/** Where a finding about what resources lack is shown: on `resources` or, without that, on what names the container. */
export function placeOf(container: Field): TextRange {
  const { entry } = container.get('resources');
  return entry !== null && !entry.inherited ? entry.keyRange : container.head;
}

/** Writes a line under `resources.limits` or the like, with those keys where they are not there yet. */
export function addAmount(
  container: Field,
  list: 'requests' | 'limits',
  line: string,
  visit: Visit,
): readonly Fix[] {
  const { node } = container;
  if (node?.type !== 'mapping') return [];
  const edit = insertUnder(visit.context.document.text, node, ['resources', list], [line]);
  if (edit === null) return [];
  const title = list === 'limits' ? message('Add the limit {0}', line) : message('Add the request {0}', line);
  return [{ title, edits: [edit], preferred: false }];
}

/** As people call it: `CPU`, `memory`. */
export function resourceName(resource: string): string {
  return resource === 'cpu' ? 'CPU' : resource;
}

/** Where one of these stands astray, an amount is there and only in the wrong place. */
const carriers = ['resources', 'requests', 'limits'];

/** Whether what carries amounts stands around or in the container where it does not belong. */
export function isAstray(container: Field): boolean {
  for (let field: Field | null = container; field !== null; field = field.parent) {
    const { type } = field;
    if (type?.kind !== 'object') continue;
    for (const key of carriers) if (!type.fields.has(key) && field.has(key)) return true;
  }
  return false;
}
