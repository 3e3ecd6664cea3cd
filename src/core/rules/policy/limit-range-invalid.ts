import { message } from '../../finding.ts';
import type { Message } from '../../finding.ts';
import type { Quantity } from '../../quantity.ts';
import type { Field } from '../../schema/field.ts';
import { isQualifiedName } from '../names.ts';
import { isContainerResource, isOvercommitAllowed, isResourceName } from '../resource-names.ts';
import type { Rule, Visit } from '../rule.ts';
import { checkUnique, goText, isEmptyMap } from '../values.ts';
import { milli } from '../../quantity.ts';
import { ratioOf } from './amounts.ts';

const types: readonly string[] = ['Container', 'Pod', 'PersistentVolumeClaim'];
const amountKeys = ['max', 'min', 'default', 'defaultRequest', 'maxLimitRequestRatio'] as const;
type AmountKey = (typeof amountKeys)[number];

export const limitRangeInvalid: Rule = {
  code: 'limit-range-invalid',
  title: 'LimitRange that nothing can keep to',
  origin: 'server',
  severity: 'error',
  docs: `
A LimitRange has each type (\`Container\`, \`Pod\`, \`PersistentVolumeClaim\`) at most once. For every resource
\`min\` ≤ \`defaultRequest\` ≤ \`default\` ≤ \`max\`, and \`maxLimitRequestRatio\` is from 1 to \`max\` / \`min\`. \`Pod\` takes no
defaults; \`PersistentVolumeClaim\` needs \`min\` or \`max\` of \`storage\`. Of resources that cannot be overcommitted
(\`nvidia.com/gpu\`), \`default\` and \`defaultRequest\` are equal.

\`\`\`yaml
# bad
- type: Container
  default: { memory: 256Mi }
  max: { memory: 128Mi }
# good
- type: Container
  default: { memory: 128Mi }
  max: { memory: 256Mi }
\`\`\`
`,
  visit: {
    'core/v1.LimitRangeSpec'(spec, visit) {
      const seen = new Map<string, Field>();
      for (const limit of spec.get('limits').items()) {
        const type = limit.get('type');
        checkType(limit, visit);
        checkUnique(type, seen, visit, goText(type));
        checkNames(limit, type.text(), visit);
        checkParts(limit, type.text(), visit);
        for (const name of namesIn(limit)) new Amounts(limit, name).check(visit);
      }
    },
  },
};

function checkType(limit: Field, visit: Visit): void {
  const type = goText(limit.get('type'));
  if (type === '')
    visit.missing(
      limit,
      'type',
      message('A limit needs a type; add Container, Pod or PersistentVolumeClaim'),
    );
  else if (type !== null && !(isQualifiedName(type) && (type.includes('/') || types.includes(type))))
    visit.report(
      limit.get('type'),
      message('There is no type {0}; use Container, Pod or PersistentVolumeClaim', type),
    );
}

/** The keys whose amounts count: a limit of pods has no defaults. */
function keysOf(type: string | null): readonly AmountKey[] {
  return type === 'Pod' ? amountKeys.filter((key) => !key.startsWith('default')) : amountKeys;
}

function checkNames(limit: Field, type: string | null, visit: Visit): void {
  if (type === null) return;
  const isGood = type === 'Pod' || type === 'Container' ? isContainerResource : isResourceName;
  for (const key of keysOf(type)) {
    for (const amount of limit.get(key).entries()) {
      if (isGood(amount.key)) continue;
      visit.report(
        amount,
        message('{0} is no resource of type {1}; use a name such as memory', amount.key, type),
        {
          range: amount.head,
        },
      );
    }
  }
}

function checkParts(limit: Field, type: string | null, visit: Visit): void {
  if (type === 'Pod') {
    for (const key of ['default', 'defaultRequest'] as const) {
      if (!isEmptyMap(limit.get(key)))
        visit.report(limit.get(key), message('Type Pod takes no {0}; use type Container or remove it', key));
    }
  }
  const holds = (key: AmountKey): boolean => {
    const { node } = limit.get(key);
    return limit.get(key).get('storage').node !== null || (node?.type === 'scalar' && node.value !== null);
  };
  if (type === 'PersistentVolumeClaim' && !holds('min') && !holds('max'))
    visit.missing(
      limit,
      'limits',
      message('Type PersistentVolumeClaim needs min or max of storage; add one'),
    );
}

function namesIn(limit: Field): ReadonlySet<string> {
  return new Set(
    amountKeys.flatMap((key) =>
      limit
        .get(key)
        .entries()
        .map((amount) => amount.key),
    ),
  );
}

/** The amounts a limit sets for one resource, after the server's defaults and its rounding up to thousandths. */
class Amounts {
  readonly #limit: Field;
  readonly #name: string;
  readonly #type: string | null;

  constructor(limit: Field, name: string) {
    this.#limit = limit;
    this.#name = name;
    this.#type = limit.get('type').text();
  }

  check(visit: Visit): void {
    this.#order('min', 'max', visit);
    this.#order('min', 'defaultRequest', visit, 'defaultRequest');
    this.#order('defaultRequest', 'max', visit);
    this.#order('defaultRequest', 'default', visit);
    this.#order('min', 'default', visit, 'default');
    this.#order('default', 'max', visit);
    this.#checkRatio(visit);
    this.#checkEqual(visit);
  }

  #field(key: AmountKey): Field {
    return this.#limit.get(key).get(this.#name);
  }

  #quantity(key: AmountKey): Quantity | null {
    return keysOf(this.#type).includes(key) ? this.#field(key).quantity() : null;
  }

  #order(low: AmountKey, high: AmountKey, visit: Visit, at = low): void {
    const [less, more] = [this.#quantity(low), this.#quantity(high)];
    if (less === null || more === null || milli(less) <= milli(more)) return;
    const other = at === low ? high : low;
    visit.report(this.#field(at), message('{0} {1} is above {0} {2}; change one', this.#name, low, high), {
      related: [{ message: message('The other one is here'), range: this.#field(other).range }],
    });
  }

  #checkRatio(visit: Visit): void {
    const ratio = this.#quantity('maxLimitRequestRatio');
    if (ratio === null) return;
    const say = (text: Message): void => visit.report(this.#field('maxLimitRequestRatio'), text);
    if (milli(ratio) < 1000n) say(message('maxLimitRequestRatio must be 1 or more; raise it'));
    const [least, most] = [this.#quantity('min'), this.#quantity('max')];
    if (least !== null && most !== null && ratioOf(ratio) / 1000 > ratioOf(most) / ratioOf(least))
      say(message('maxLimitRequestRatio must not be above max / min; lower it'));
  }

  /** The default of a container is its maximum where none is written. */
  #checkEqual(visit: Visit): void {
    if (isOvercommitAllowed(this.#name)) return;
    const request = this.#quantity('defaultRequest');
    const limit = this.#quantity('default') ?? (this.#type === 'Container' ? this.#quantity('max') : null);
    if (request !== null && limit !== null && milli(request) !== milli(limit))
      visit.report(
        this.#field('defaultRequest'),
        message('{0} cannot be overcommitted; make default and defaultRequest equal', this.#name),
      );
  }
}
