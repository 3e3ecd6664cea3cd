import { message } from '../../finding.ts';
import type { Field } from '../../schema/field.ts';
import type { Rule, Visit } from '../rule.ts';
import { addition } from '../fixes.ts';

export const claimSizeMissing: Rule = {
  code: 'claim-size-missing',
  title: 'Claim without a size',
  origin: 'server',
  severity: 'error',
  docs: `
A claim asks for an amount of storage in \`resources.requests.storage\`, and it must be more than nothing. A limit alone
is not enough.

\`\`\`yaml
# bad
spec:
  accessModes: [ReadWriteOnce]
# good
spec:
  accessModes: [ReadWriteOnce]
  resources:
    requests:
      storage: 1Gi
\`\`\`
`,
  visit: {
    'core/v1.PersistentVolumeClaim'(claim, visit) {
      checkSize(claim.get('spec'), visit);
    },
    'core/v1.PersistentVolumeClaimTemplate'(template, visit) {
      checkSize(template.get('spec'), visit);
    },
  },
};

function checkSize(spec: Field, visit: Visit): void {
  const requests = spec.at('resources.requests');
  const size = requests.get('storage');
  // The server leaves the requests out of the path.
  const path = `${spec.get('resources').path}[storage]`;
  const amount = size.quantity();
  if (size.node === null)
    visit.missing(requests, 'storage', message('A claim needs a size; add resources.requests.storage'), {
      path,
      fixes: addition(requests, 'storage: 1Gi', visit),
    });
  // A null is an amount of nothing.
  else if (!size.written || (amount !== null && amount.nano <= 0n))
    visit.report(size, message('A claim needs more than nothing; write a size such as 1Gi'), { path });
}
