import { message } from '../../finding.ts';
import type { Field } from '../../schema/field.ts';
import { checkFilled, checkForm, dnsSubdomain } from '../forms.ts';
import type { Rule, Visit } from '../rule.ts';
import { checkChoice, isEmpty, isEmptyMap, requireText } from '../values.ts';
import { checkVolumeMode } from './claim-invalid.ts';

const policies = ['Delete', 'Recycle', 'Retain'];

export const persistentVolumeInvalid: Rule = {
  code: 'persistent-volume-invalid',
  title: 'PersistentVolume that cannot be used',
  origin: 'server',
  severity: 'error',
  docs: `
A PersistentVolume has a \`capacity\` of \`storage\`, and nothing else, greater than nothing. A \`local\` volume says by
\`nodeAffinity.required\` on which node it is. \`persistentVolumeReclaimPolicy\` is \`Retain\`, \`Delete\` or
\`Recycle\` (not for the root folder of a node), \`volumeMode\` is \`Filesystem\` or \`Block\`. A class of volume attributes
goes with \`csi\` only.

\`\`\`yaml
# bad
spec:
  capacity: { memory: 5Gi }
# good
spec:
  capacity: { storage: 5Gi }
\`\`\`
`,
  visit: {
    'core/v1.PersistentVolume'(volume, visit) {
      checkCapacity(volume.get('spec'), visit);
    },
    'core/v1.PersistentVolumeSpec'(spec, visit) {
      if (isInline(spec)) return;
      const policy = spec.get('persistentVolumeReclaimPolicy');
      if (!isEmpty(policy)) checkChoice(policy, policies, visit);
      checkRecycling(spec, visit);
      checkAffinity(spec, visit);
      checkFilled(spec.get('storageClassName'), dnsSubdomain, visit);
      checkVolumeMode(spec, visit);
      checkAttributes(spec, visit);
    },
  },
};

/** The description of a volume inside a VolumeAttachment, which has rules of its own. */
function isInline(spec: Field): boolean {
  return !(spec.parent?.is('core/v1.PersistentVolume') ?? false);
}

function checkCapacity(spec: Field, visit: Visit): void {
  const capacity = spec.get('capacity');
  const text = message('A volume needs a capacity of storage; add capacity.storage');
  if (isEmptyMap(capacity)) visit.missing(spec, 'capacity', text);
  else if (capacity.get('storage').node === null)
    visit.missing(capacity, 'storage', text, { path: capacity.path });
  for (const amount of capacity.entries()) {
    if (amount.key !== 'storage')
      visit.report(amount, message('The capacity of a volume is its storage only; remove {0}', amount.key), {
        range: amount.head,
        path: capacity.path,
      });
    const quantity = amount.quantity();
    if (!amount.written || (quantity !== null && quantity.nano <= 0n))
      visit.report(amount, message('A capacity must be more than nothing; write a size such as 1Gi'));
  }
}

function checkRecycling(spec: Field, visit: Visit): void {
  const path = spec.get('hostPath').get('path').text();
  const policy = spec.get('persistentVolumeReclaimPolicy');
  if (path === null || policy.text() !== 'Recycle' || !isRoot(path)) return;
  visit.report(policy, message('Recycle would empty the root folder of a node; use Retain'));
}

/** `/`, however many slashes and dots it is written with. */
function isRoot(path: string): boolean {
  if (!path.startsWith('/')) return false;
  let depth = 0;
  for (const part of path.split('/')) {
    if (part === '..') depth = Math.max(0, depth - 1);
    else if (part !== '' && part !== '.') depth++;
  }
  return depth === 0;
}

function checkAffinity(spec: Field, visit: Visit): void {
  const affinity = spec.get('nodeAffinity');
  if (affinity.written && !affinity.get('required').written)
    visit.missing(
      affinity,
      'required',
      message('Node affinity of a volume is always required; add required'),
    );
  if (!affinity.written && spec.get('local').written)
    visit.missing(
      spec,
      'nodeAffinity',
      message('A local volume is on one node; say which in nodeAffinity.required'),
    );
}

function checkAttributes(spec: Field, visit: Visit): void {
  const attributes = spec.get('volumeAttributesClassName');
  if (!attributes.written) return;
  if (isEmpty(attributes)) requireText(spec, 'volumeAttributesClassName', visit);
  else checkForm(attributes, dnsSubdomain, visit);
  if (!spec.get('csi').written)
    visit.missing(spec, 'csi', message('volumeAttributesClassName goes with csi only; remove it'));
}
