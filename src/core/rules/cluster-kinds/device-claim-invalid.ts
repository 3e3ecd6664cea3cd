import { message } from '../../finding.ts';
import type { Field } from '../../schema/field.ts';
import {
  checkFilled,
  checkForm,
  dnsLabel,
  dnsSubdomain,
  labelValue,
  qualifiedName,
  requireForm,
} from '../forms.ts';
import type { Rule, Visit } from '../rule.ts';
import { checkChoice, checkUnique, goNumber, goText, isEmpty, isEmptyList, isPending } from '../values.ts';
import { checkConfiguration, checkCount, checkSelectors, wholeAttributeName } from './devices.ts';

const MOST_REQUESTS = 32;
const MOST_ALTERNATIVES = 8;
const modes: readonly string[] = ['All', 'ExactCount'];
const operators: readonly string[] = ['Equal', 'Exists'];
const effects: readonly string[] = ['NoSchedule', 'NoExecute', 'None'];

export const deviceClaimInvalid: Rule = {
  code: 'device-claim-invalid',
  title: 'Claim of devices that cannot be allocated',
  origin: 'server',
  severity: 'error',
  docs: `
Each request of a ResourceClaim has a name of its own and either \`exactly\` or \`firstAvailable\`; both name a
\`deviceClassName\`. \`count\` is 1 or more, and absent with \`allocationMode: All\`. Constraints and configurations name
requests of the claim; a constraint has a \`matchAttribute\` with its domain. Whether the expressions of selectors
compile, only the API server can tell.

\`\`\`yaml
# bad
requests:
  - name: gpu
    deviceClassName: gpu.example.com
# good
requests:
  - name: gpu
    exactly:
      deviceClassName: gpu.example.com
\`\`\`
`,
  visit: {
    'resource/v1.DeviceClaim'(claim, visit) {
      const requests = claim.get('requests');
      if (checkCount(requests, MOST_REQUESTS, visit)) checkNames(requests.items(), visit);
      const names = namesIn(requests);
      for (const key of ['constraints', 'config'] as const) {
        const list = claim.get(key);
        if (!checkCount(list, MOST_REQUESTS, visit)) continue;
        for (const item of list.items()) {
          checkReferences(item.get('requests'), names, visit);
          if (key === 'config') checkConfiguration(item, visit);
          else checkConstraint(item, visit);
        }
      }
    },
    'resource/v1.DeviceRequest': checkRequest,
    'resource/v1.ExactDeviceRequest': checkDevices,
    'resource/v1.DeviceSubRequest'(request, visit) {
      requireForm(request, 'name', dnsLabel, visit);
      checkDevices(request, visit);
    },
    'resource/v1.DeviceToleration': checkToleration,
  },
};

/** The server says that the whole item is there twice. */
function checkNames(items: readonly Field[], visit: Visit): void {
  const seen = new Map<string, Field>();
  for (const item of items) checkUnique(item, seen, visit, goText(item.get('name')));
}

function checkRequest(request: Field, visit: Visit): void {
  if (isPending(request)) return;
  requireForm(request, 'name', dnsLabel, visit);
  const [exactly, alternatives] = [request.get('exactly'), request.get('firstAvailable')];
  const several = !isEmptyList(alternatives);
  if (several === exactly.written)
    visit.report(request, message('A request needs either exactly or firstAvailable; write one of them'));
  else if (several && checkCount(alternatives, MOST_ALTERNATIVES, visit))
    checkNames(alternatives.items(), visit);
}

function checkDevices(request: Field, visit: Visit): void {
  if (isPending(request)) return;
  requireForm(request, 'deviceClassName', dnsSubdomain, visit);
  checkSelectors(request.get('selectors'), visit);
  const [mode, count] = [request.get('allocationMode'), request.get('count')];
  if (!isEmpty(mode)) checkChoice(mode, modes, visit);
  const number = goNumber(count);
  if (number === null || number === 0) return;
  if (mode.text() === 'All') visit.report(count, message('allocationMode All takes no count; remove one'));
  else if (number < 0 && (isEmpty(mode) || mode.text() === 'ExactCount'))
    visit.report(count, message('count must be 1 or more; raise it'));
}

/** Names that a constraint or a configuration may use: of requests, and of the alternatives within one. */
function namesIn(requests: Field): ReadonlySet<string> | null {
  const names = new Set<string>();
  for (const request of requests.items()) {
    const name = goText(request.get('name'));
    if (name === null) return null;
    names.add(name);
    for (const alternative of request.get('firstAvailable').items()) {
      const own = goText(alternative.get('name'));
      if (own === null) return null;
      names.add(`${name}/${own}`);
    }
  }
  return names;
}

function checkReferences(list: Field, names: ReadonlySet<string> | null, visit: Visit): void {
  if (!checkCount(list, MOST_REQUESTS, visit)) return;
  const seen = new Map<string, Field>();
  for (const item of list.items()) {
    const name = goText(item);
    checkUnique(item, seen, visit, name);
    if (name === null || names === null) continue;
    if (!names.has(name) || !name.split('/').every(dnsLabel.fits))
      visit.report(item, message('The claim has no request "{0}"; use the name of one', name));
  }
}

function checkConstraint(constraint: Field, visit: Visit): void {
  if (isPending(constraint)) return;
  const [match, distinct] = [constraint.get('matchAttribute'), constraint.get('distinctAttribute')];
  if (match.written) checkForm(match, wholeAttributeName, visit);
  else if (distinct.written) checkForm(distinct, wholeAttributeName, visit);
  else
    visit.report(constraint, message('A constraint needs a matchAttribute or a distinctAttribute; add one'));
}

function checkToleration(toleration: Field, visit: Visit): void {
  checkFilled(toleration.get('key'), qualifiedName, visit);
  if (!isEmpty(toleration.get('effect'))) checkChoice(toleration.get('effect'), effects, visit);
  const [operator, value] = [toleration.get('operator'), toleration.get('value')];
  if (!isEmpty(operator)) checkChoice(operator, operators, visit);
  if (operator.text() === 'Exists' && !isEmpty(value) && value.text() !== null)
    visit.report(value, message('Operator Exists takes no value; remove it'));
  else if (operator.text() !== 'Exists') checkForm(value, labelValue, visit);
}
