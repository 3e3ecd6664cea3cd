import { message } from '../../finding.ts';
import { nearestWord } from '../../nearest.ts';
import type { Field } from '../../schema/field.ts';
import { checkFilled, dataKey, dnsLabel, dnsSubdomain, requireForm } from '../forms.ts';
import { isEnvVarName, isQualifiedName } from '../names.ts';
import { leadsUp } from '../pods/paths.ts';
import { volumesOf } from '../pods/volumes.ts';
import { checkDivisor } from '../divisors.ts';
import type { Rule, Visit } from '../rule.ts';
import { changeTo, goText, isEmpty, requireText } from '../values.ts';

const fieldPaths = [
  'metadata.name',
  'metadata.namespace',
  'metadata.uid',
  'spec.nodeName',
  'spec.serviceAccountName',
  'status.hostIP',
  'status.hostIPs',
  'status.podIP',
  'status.podIPs',
];
/** What the first clients called spec.nodeName. */
const OLD_NODE_NAME = 'spec.host';
/** `metadata.labels['app']`. */
const subscripted = /^metadata\.(labels|annotations)\['(.*)'\]$/s;
const amounts = ['cpu', 'memory', 'ephemeral-storage'];
const resources = ['limits', 'requests'].flatMap((list) => amounts.map((amount) => `${list}.${amount}`));
const hugepages = /^(?:limits|requests)\.hugepages-/;

export const envSourceInvalid: Rule = {
  code: 'env-source-invalid',
  title: 'Source of an environment variable that cannot be',
  origin: 'server',
  severity: 'error',
  docs: `
What a variable takes its value from has to be named completely: a ConfigMap or Secret and a key of it; a field of the
pod, of the few that variables can have; a request or limit, with a divisor of one unit; a file in an \`emptyDir\` volume
of the pod.

\`\`\`yaml
# bad
valueFrom: { fieldRef: { fieldPath: status.phase } }
# good
valueFrom: { fieldRef: { fieldPath: status.podIP } }
\`\`\`
`,
  visit: {
    'core/v1.ConfigMapKeySelector': checkKey,
    'core/v1.SecretKeySelector': checkKey,
    'core/v1.ObjectFieldSelector'(ref, visit) {
      if (ref.parent?.is('core/v1.EnvVarSource') === true) checkFieldPath(ref, visit);
    },
    'core/v1.ResourceFieldSelector'(ref, visit) {
      if (ref.parent?.is('core/v1.EnvVarSource') === true) checkResource(ref, visit);
    },
    'core/v1.FileKeySelector': checkFile,
  },
};

function checkKey(ref: Field, visit: Visit): void {
  requireForm(ref, 'name', dnsSubdomain, visit);
  requireForm(ref, 'key', dataKey, visit);
}

function checkFieldPath(ref: Field, visit: Visit): void {
  const field = ref.get('fieldPath');
  if (!requireText(ref, 'fieldPath', visit)) return;
  const path = field.text();
  const version = goText(ref.get('apiVersion'));
  if (path === null || version === null) return;
  const part = subscripted.exec(path);
  const key = part?.[2] ?? '';
  const supported =
    (version === '' || version === 'v1') &&
    (part !== null || fieldPaths.includes(path) || path === OLD_NODE_NAME);
  if (!supported) {
    const meant = nearestWord(path, fieldPaths);
    const text = message('A variable cannot hold {0}; use one such as metadata.name or status.podIP', path);
    visit.report(field, text, { fixes: meant === null ? [] : changeTo(field, meant) });
  } else if (part !== null && !isQualifiedName(part[1] === 'labels' ? key : key.toLowerCase())) {
    visit.report(ref, message('"{0}" cannot be the key of a label or annotation', key), {
      range: field.range,
    });
  }
}

function checkResource(ref: Field, visit: Visit): void {
  const field = ref.get('resource');
  const resource = field.text();
  if (!requireText(ref, 'resource', visit) || resource === null) return;
  if (resources.includes(resource) || hugepages.test(resource)) {
    checkDivisor(ref.get('divisor'), resource, visit);
    return;
  }
  const meant = nearestWord(resource, resources);
  const text = message('"{0}" is no request or limit; write one such as limits.memory', resource);
  visit.report(field, text, { fixes: meant === null ? [] : changeTo(field, meant) });
}

function checkFile(ref: Field, visit: Visit): void {
  if (requireText(ref, 'key', visit)) {
    const key = ref.get('key').text();
    if (key !== null && !isEnvVarName(key))
      visit.report(
        ref.get('key'),
        message('A variable cannot be called "{0}"; use letters, digits and "_"', key),
      );
  }
  if (requireText(ref, 'path', visit) && leadsUp(ref.get('path').text() ?? ''))
    visit.report(ref.get('path'), message('path must not contain ".."; write the path itself'));
  const name = ref.get('volumeName');
  if (requireText(ref, 'volumeName', visit) && !checkFilled(name, dnsLabel, visit))
    checkVolume(ref, name, visit);
}

function checkVolume(ref: Field, name: Field, visit: Visit): void {
  const spec = ref.up('core/v1.PodSpec');
  const text = name.text();
  if (spec === null || text === null || isEmpty(name)) return;
  const volume = volumesOf(spec).get(text);
  if (volume === undefined) {
    const place = spec.get('volumes').written ? spec.get('volumes') : spec;
    visit.missing(place, '', message('The pod has no volume "{0}"; add it to volumes', text), {
      path: name.path,
      range: name.range,
    });
  } else if (volume.entries().some(({ key, written }) => written && key !== 'name' && key !== 'emptyDir')) {
    visit.report(name, message('A variable can be read from a file of an emptyDir volume only; use one'));
  }
}
