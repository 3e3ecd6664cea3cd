import { message } from '../../finding.ts';
import type { Field } from '../../schema/field.ts';
import { checkForm, dnsLabel, dnsSubdomain } from '../forms.ts';
import type { Rule, Visit } from '../rule.ts';
import { checkUnique, requireText } from '../values.ts';

const sources = ['resourceClaimName', 'resourceClaimTemplateName'];

export const podClaimInvalid: Rule = {
  code: 'pod-claim-invalid',
  title: 'Resource claim of a pod that cannot be read',
  origin: 'server',
  severity: 'error',
  docs: `
Each entry of a pod's \`resourceClaims\` has a name of its own, by which containers use it, and says where the claim comes
from: either \`resourceClaimName\`, a claim there is, or \`resourceClaimTemplateName\`, from which one is made.

\`\`\`yaml
# bad
resourceClaims:
  - name: gpu
# good
resourceClaims:
  - name: gpu
    resourceClaimTemplateName: one-gpu
\`\`\`
`,
  visit: {
    'core/v1.PodSpec'(spec, visit) {
      if (!spec.has('resourceClaims')) return;
      const seen = new Map<string, Field>();
      for (const claim of spec.get('resourceClaims').items()) checkClaim(claim, seen, visit);
    },
  },
};

function checkClaim(claim: Field, seen: Map<string, Field>, visit: Visit): void {
  if (requireText(claim, 'name', visit)) {
    const name = claim.get('name');
    checkUnique(name, seen, visit);
    checkForm(name, dnsLabel, visit);
  }
  const written = sources.filter((key) => claim.get(key).written);
  if (written.length === 0 && !visit.context.patch)
    visit.report(claim, message('The claim needs resourceClaimName or resourceClaimTemplateName; add one'));
  if (written.length > 1)
    visit.report(claim, message('A claim comes from a claim or from a template, not both; remove one'));
  for (const key of written) checkForm(claim.get(key), dnsSubdomain, visit);
}
