import { message } from '../finding.ts';
import type { Message } from '../finding.ts';
import { objectOf, objectsIn, textOf } from '../json.ts';
import type { Json } from '../json.ts';
import { compareQuantities, formatQuantity, zeroQuantity } from '../quantity.ts';
import type { Quantity } from '../quantity.ts';
import { resourceAmounts } from '../workload/effective.ts';
import { fewOf, partsOf, textsIn } from './fields.ts';
import { factsOf, verbatim, wordsOf } from './summary.ts';
import type { ResourceSummary } from './summary.ts';
import { percentOf } from './use.ts';

/** One resource of a ResourceQuota. */
export interface QuotaUse {
  /** `requests.cpu`, `pods`, `count/deployments.apps` … */
  readonly name: string;
  readonly used: Quantity;
  readonly hard: Quantity;
  /** Whole percent, rounded down; null when nothing at all is allowed. */
  readonly percent: number | null;
  /** Nothing more of it can be created. */
  readonly isFull: boolean;
}

/** What a ResourceQuota allows and what of it is used, the fullest first. */
export function quotaUse(quota: unknown): readonly QuotaUse[] {
  const { spec, status } = partsOf(quota);
  const used = resourceAmounts(status['used']);
  const entries = [...resourceAmounts(status['hard'] ?? spec['hard'])].map(([name, hard]) => {
    const amount = used.get(name) ?? zeroQuantity;
    return {
      name,
      hard,
      used: amount,
      percent: percentOf(amount, hard),
      isFull: compareQuantities(amount, hard) >= 0,
    };
  });
  // What allows nothing and is not used is full and of no interest: it comes last.
  return entries.sort((a, b) => (b.percent ?? -1) - (a.percent ?? -1) || (a.name < b.name ? -1 : 1));
}

/** A ResourceQuota by its fullest resources. */
export function summarizeQuota(quota: unknown): ResourceSummary {
  const entries = quotaUse(quota);
  const full = entries.filter(({ isFull, hard }) => isFull && hard.nano > 0n).map(({ name }) => name);
  const { spec } = partsOf(quota);
  return {
    health: full.length > 0 ? 'warning' : 'healthy',
    words: wordsOf(...entries.slice(0, 2).map(worstWord), moreWord(entries.length - 2)),
    facts: factsOf(...entries.map((entry) => [verbatim(entry.name), useText(entry)] as const), [
      message('Scopes'),
      textsIn(spec['scopes']).join(', '),
    ]),
    reason: full.length > 0 ? message('Used up: {0}', fewOf(full)) : null,
  };
}

function worstWord(entry: QuotaUse): Message {
  const { name, used, hard, percent } = entry;
  const amounts = `${formatQuantity(used)}/${formatQuantity(hard)}`;
  return percent === null
    ? verbatim(`${name} ${amounts}`)
    : message('{0} {1} ({2} %)', name, amounts, percent);
}

function moreWord(count: number): Message | null {
  return count > 0 ? verbatim(`+${count}`) : null;
}

function useText({ used, hard, percent }: QuotaUse): Message {
  const amounts = `${formatQuantity(used)}/${formatQuantity(hard)}`;
  return percent === null ? verbatim(amounts) : message('{0} ({1} %)', amounts, percent);
}

/** The API's own names for the bounds of a LimitRange, in the order a person asks for them. */
export const limitFields = ['min', 'max', 'defaultRequest', 'default', 'maxLimitRequestRatio'] as const;

/** A LimitRange: for each type what a container, pod or claim gets by default and may ask for. */
export function summarizeLimitRange(object: unknown): ResourceSummary {
  const limits = objectsIn(partsOf(object).spec['limits']);
  return {
    health: 'healthy',
    words: wordsOf(fewOf(limits.map((limit) => textOf(limit['type'])))),
    facts: limits.flatMap((limit) => factsOf([verbatim(textOf(limit['type'])), limitText(limit)])),
    reason: null,
  };
}

/** `cpu min 10m, max 2, default 500m; memory max 1Gi` */
function limitText(limit: Json): string {
  const names = new Set(limitFields.flatMap((field) => Object.keys(objectOf(limit[field]))));
  return [...names]
    .map((name) => {
      const bounds = limitFields.flatMap((field) => {
        const amount = resourceAmounts(limit[field]).get(name);
        return amount === undefined ? [] : [`${field} ${formatQuantity(amount)}`];
      });
      return `${name} ${bounds.join(', ')}`;
    })
    .join('; ');
}
