import { message } from '../../finding.ts';
import { isWhole } from '../../quantity.ts';
import type { Field } from '../../schema/field.ts';
import { parseCidr } from '../addresses.ts';
import { checkForm, checkItems, cidr, labelValue, qualifiedName } from '../forms.ts';
import { isCountedResource } from '../resource-names.ts';
import type { Rule, Visit } from '../rule.ts';
import { checkChoice, goText } from '../values.ts';

const effects: readonly string[] = ['NoSchedule', 'PreferNoSchedule', 'NoExecute'];

export const nodeInvalid: Rule = {
  code: 'node-invalid',
  title: 'Node with impossible taints, ranges or amounts',
  origin: 'server',
  severity: 'error',
  docs: `
A taint has the key of a label and an \`effect\`: \`NoSchedule\`, \`PreferNoSchedule\` or \`NoExecute\`; no two share both.
\`podCIDRs\` has at most one range of each family, with nothing but zeros behind their prefix.

\`\`\`yaml
# bad
taints: [{ key: dedicated, effect: noSchedule }]
# good
taints: [{ key: dedicated, effect: NoSchedule }]
\`\`\`
`,
  visit: {
    'core/v1.NodeSpec'(spec, visit) {
      checkTaints(spec.get('taints'), visit);
      checkRanges(spec, visit);
    },
    'core/v1.NodeStatus'(status, visit) {
      for (const key of ['capacity', 'allocatable'])
        for (const amount of status.get(key).entries()) checkAmount(amount, visit);
    },
  },
};

/** The server speaks of `metadata.taints`. */
function checkTaints(list: Field, visit: Visit): void {
  const seen = new Set<string>();
  const base = `${list.object.path === '' ? '' : `${list.object.path}.`}metadata.taints`;
  const at = (field: Field): string => base + field.path.slice(list.path.length);
  const named: Visit = {
    context: visit.context,
    report: (field, text, options) => visit.report(field, text, { ...options, path: at(field) }),
    missing: (parent, key, text, options) =>
      visit.missing(parent, key, text, { ...options, path: at(parent.get(key)) }),
  };
  for (const taint of list.items()) {
    const [key, effect] = [goText(taint.get('key')), goText(taint.get('effect'))];
    if (key === '') named.missing(taint, 'key', message('A taint needs a key; add it'));
    else checkForm(taint.get('key'), qualifiedName, named);
    checkForm(taint.get('value'), labelValue, named);
    if (effect === '') named.missing(taint, 'effect', message('A taint needs an effect; add NoSchedule'));
    else checkChoice(taint.get('effect'), effects, named);
    if (key === null || effect === null) continue;
    const both = `${key}:${effect}`;
    if (seen.has(both)) named.report(taint, message('The taint {0} is there already; remove one', both));
    seen.add(both);
  }
}

function checkRanges(spec: Field, visit: Visit): void {
  const [single, list] = [spec.get('podCIDR'), spec.get('podCIDRs')];
  const own = goText(single);
  const first = list.items()[0];
  // The server goes by the old field where both are written and differ.
  const byOld = own !== '' && (first === undefined || goText(first) !== own);
  if (own === null) return;
  if (byOld) {
    if (parseCidr(own) === null)
      visit.report(single, message(cidr.template, 'podCIDR', own), { path: `${list.path}[0]` });
    return;
  }
  checkItems(list, cidr, visit);
  const families = list.items().map((item) => parseCidr(item.text() ?? '')?.address.length);
  if (
    families.length > 2 ||
    (families.length === 2 && families[0] === families[1] && families[0] !== undefined)
  )
    visit.report(list, message('podCIDRs has at most one range of each family; remove one'));
}

/** The server separates the name by a dot here. */
function checkAmount(amount: Field, visit: Visit): void {
  const quantity = amount.quantity();
  if (quantity === null) return;
  const path = `${amount.parent?.path ?? ''}.${amount.key}`;
  if (quantity.nano < 0n)
    visit.report(amount, message('{0} must not be negative; use 0 or more', amount.key), { path });
  if (isCountedResource(amount.key) && !isWhole(quantity))
    visit.report(amount, message('{0} is counted in whole numbers; change the amount', amount.key), { path });
}
