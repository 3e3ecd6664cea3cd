import type { Field } from '../../schema/field.ts';
import { checkFilled, dnsSubdomain } from '../forms.ts';
import type { Rule, Visit } from '../rule.ts';
import { checkChoice } from '../values.ts';

const volumeModes = ['Filesystem', 'Block'];

export const claimInvalid: Rule = {
  code: 'claim-invalid',
  title: 'Claim that no volume can meet',
  origin: 'server',
  severity: 'error',
  docs: `
\`volumeMode\` of a claim is \`Filesystem\` or \`Block\`. \`storageClassName\` and \`volumeAttributesClassName\` are names of
objects: small letters, digits, \`-\` and \`.\`. An empty \`storageClassName\` asks for volumes without a class.

\`\`\`yaml
# bad
storageClassName: Fast SSD
# good
storageClassName: fast-ssd
\`\`\`
`,
  visit: {
    'core/v1.PersistentVolumeClaimSpec'(spec, visit) {
      checkFilled(spec.get('storageClassName'), dnsSubdomain, visit);
      checkFilled(spec.get('volumeAttributesClassName'), dnsSubdomain, visit);
      checkVolumeMode(spec, visit);
    },
  },
};

/** Of a claim or a volume. */
export function checkVolumeMode(spec: Field, visit: Visit): void {
  checkChoice(spec.get('volumeMode'), volumeModes, visit);
}
