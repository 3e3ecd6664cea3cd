import { message } from '../../finding.ts';
import type { Field } from '../../schema/field.ts';
import { dnsSubdomain, requireForm } from '../forms.ts';
import type { Rule, Visit } from '../rule.ts';

export const csiStorageCapacityInvalid: Rule = {
  code: 'csi-storage-capacity-invalid',
  title: 'CSIStorageCapacity that cannot be read',
  origin: 'server',
  severity: 'error',
  docs: `
A CSIStorageCapacity says how much storage of a class is left somewhere. It needs \`storageClassName\`, and \`capacity\`
is not negative.

\`\`\`yaml
# bad
capacity: 100Gi
# good
storageClassName: fast
capacity: 100Gi
\`\`\`
`,
  visit: {
    'storage/v1.CSIStorageCapacity': checkCapacity,
    'storage/v1beta1.CSIStorageCapacity': checkCapacity,
  },
};

function checkCapacity(object: Field, visit: Visit): void {
  requireForm(object, 'storageClassName', dnsSubdomain, visit);
  const capacity = object.get('capacity');
  if ((capacity.quantity()?.nano ?? 0n) < 0n)
    visit.report(capacity, message('capacity must not be negative; change or remove it'));
}
