import { message } from '../../finding.ts';
import type { Field } from '../../schema/field.ts';
import { checkForm, dnsLabel, dnsSubdomain, requireForm } from '../forms.ts';
import { isDnsSubdomain } from '../names.ts';
import type { Rule, Visit } from '../rule.ts';
import { checkUnique, goNumber, goText, isEmpty, isPending } from '../values.ts';
import { checkDevice } from './device.ts';
import { checkCount, checkCounters, driverName } from './devices.ts';

const LONGEST_POOL = 253;
const MOST_DEVICES = 128;
const MOST_SPECIAL_DEVICES = 64;
const MOST_COUNTER_SETS = 8;
const nodeKeys: readonly string[] = ['nodeName', 'nodeSelector', 'allNodes', 'perDeviceNodeSelection'];

export const resourceSliceInvalid: Rule = {
  code: 'resource-slice-invalid',
  title: 'ResourceSlice that offers nothing',
  origin: 'server',
  severity: 'error',
  docs: `
A ResourceSlice names its driver and pool, says by exactly one of \`nodeName\`, \`nodeSelector\`, \`allNodes\` and
\`perDeviceNodeSelection\` where its devices are, and has devices or shared counters. Each device has a name of its own;
each attribute has exactly one value.

\`\`\`yaml
# bad
attributes:
  model: { string: a100, version: 1.0.0 }
# good
attributes:
  model: { string: a100 }
\`\`\`
`,
  visit: {
    'resource/v1.ResourceSlice'(slice, visit) {
      const spec = slice.get('spec');
      requireForm(spec, 'driver', driverName, visit);
      checkPool(spec.get('pool'), visit);
      checkNodes(spec, visit);
      checkDevices(spec, visit);
      checkCounterSets(spec.get('sharedCounters'), visit);
    },
  },
};

function checkPool(pool: Field, visit: Visit): void {
  const name = goText(pool.get('name'));
  if (name === '') visit.missing(pool, 'name', message('{0} is required; add it', 'name'));
  else if (name !== null && (name.length > LONGEST_POOL || !name.split('/').every(isDnsSubdomain)))
    visit.report(pool.get('name'), message(dnsSubdomain.template, 'name', name));
  const [count, generation] = [pool.get('resourceSliceCount'), pool.get('generation')];
  if ((goNumber(count) ?? 1) < 1) {
    const text = message('{0} must be 1 or more; raise it', count.key);
    if (count.written) visit.report(count, text);
    else visit.missing(pool, count.key, text);
  }
  if ((generation.number() ?? 0) < 0)
    visit.report(generation, message('{0} must not be negative; use 0 or more', generation.key));
}

function checkNodes(spec: Field, visit: Visit): void {
  const [name, selector] = [spec.get('nodeName'), spec.get('nodeSelector')];
  checkForm(name, dnsSubdomain, visit);
  const terms = selector.get('nodeSelectorTerms');
  if (selector.node?.type === 'mapping' && terms.items().length !== 1 && terms.node?.type !== 'scalar')
    visit.report(terms, message('The node selector of a slice has exactly one term; change it'));
  for (const key of ['allNodes', 'perDeviceNodeSelection']) {
    if (spec.get(key).flag() === false)
      visit.report(spec.get(key), message('{0} is true or absent; remove it', key));
  }
  const chosen = nodeKeys.filter((key) => isChosen(spec.get(key)));
  if (spec.node !== null && spec.node.type !== 'mapping') return;
  const text = message(
    'A slice needs exactly one of nodeName, nodeSelector, allNodes and perDeviceNodeSelection',
  );
  if (chosen.length > 1) visit.report(spec, text);
  else if (chosen.length === 0 && spec.parent !== null) visit.missing(spec.parent, spec.key, text);
}

function isChosen(field: Field): boolean {
  return !isEmpty(field) && field.flag() !== false;
}

function checkDevices(spec: Field, visit: Visit): void {
  const [devices, counters] = [spec.get('devices'), spec.get('sharedCounters')];
  if (devices.written && counters.written)
    visit.report(spec, message('A slice has devices or sharedCounters; make two slices of them'));
  const items = devices.items();
  const special = items.some(
    (device) => device.get('taints').items().length > 0 || device.get('consumesCounters').items().length > 0,
  );
  if (!checkCount(devices, special ? MOST_SPECIAL_DEVICES : MOST_DEVICES, visit)) return;
  const seen = new Map<string, Field>();
  const perDevice = spec.get('perDeviceNodeSelection');
  for (const device of items) {
    checkUnique(device, seen, visit, goText(device.get('name')));
    checkDevice(device, perDevice.written ? perDevice.flag() : false, visit);
  }
}

/** Names of the sets are unique, each has counters, and these have names of the same form. */
function checkCounterSets(list: Field, visit: Visit): void {
  if (!checkCount(list, MOST_COUNTER_SETS, visit)) return;
  const seen = new Map<string, Field>();
  for (const set of list.items()) {
    if (isPending(set)) continue;
    requireForm(set, 'name', dnsLabel, visit);
    checkUnique(set, seen, visit, goText(set.get('name')));
    checkCounters(set, visit);
  }
}
