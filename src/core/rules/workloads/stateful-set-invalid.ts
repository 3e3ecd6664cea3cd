import { message } from '../../finding.ts';
import type { Field } from '../../schema/field.ts';
import { checkFilled, dnsLabel } from '../forms.ts';
import { isDnsLabel } from '../names.ts';
import type { Rule, Visit } from '../rule.ts';
import { checkChoice, goText, isEmpty } from '../values.ts';

const retention = ['Retain', 'Delete'];

export const statefulSetInvalid: Rule = {
  code: 'stateful-set-invalid',
  title: 'Invalid setting of a StatefulSet',
  origin: 'server',
  severity: 'error',
  docs: `
- \`podManagementPolicy\` is \`OrderedReady\` or \`Parallel\`.
- \`persistentVolumeClaimRetentionPolicy\` says \`Retain\` or \`Delete\`, for when the set is deleted and for when it is
  scaled down.
- \`serviceName\` is the name of a Service without a cluster IP: small letters, digits and \`-\`.
- Each of \`volumeClaimTemplates\` has a name of the same form, by which its volume is mounted.

\`\`\`yaml
# bad
spec:
  podManagementPolicy: Ordered
# good
spec:
  podManagementPolicy: OrderedReady
\`\`\`
`,
  visit: {
    'apps/v1.StatefulSetSpec'(spec, visit) {
      const management = spec.get('podManagementPolicy');
      if (!isEmpty(management)) checkChoice(management, ['OrderedReady', 'Parallel'], visit);
      const policy = spec.get('persistentVolumeClaimRetentionPolicy');
      for (const key of ['whenDeleted', 'whenScaled']) {
        if (!isEmpty(policy.get(key))) checkChoice(policy.get(key), retention, visit);
      }
      checkFilled(spec.get('serviceName'), dnsLabel, visit);
      for (const claim of spec.get('volumeClaimTemplates').items()) checkClaim(claim, spec, visit);
    },
  },
};

/** The server tells it of the volume it would make of the claim; which one that is, changes from time to time. */
function checkClaim(claim: Field, spec: Field, visit: Visit): void {
  const name = claim.at('metadata.name');
  const text = goText(name);
  if (text === null || isDnsLabel(text)) return;
  const path = `${spec.at('template.spec.volumes').path}[${claim.key}].name`;
  if (text === '')
    visit.missing(claim.get('metadata'), 'name', message('The claim has no name; add metadata.name'), {
      path,
    });
  else visit.report(name, message(dnsLabel.template, 'name', text), { path });
}
