import type { Rule } from '../rule.ts';
import { reportMissing } from './missing.ts';

export const secretMissing: Rule = {
  code: 'secret-missing',
  title: 'Secret that is not there',
  origin: 'advice',
  severity: 'hint',
  docs: `
A pod, an image pull or an Ingress names a Secret that no file of the workspace holds and nothing in it is known to
make. Secrets are often kept out of the repository, or made by an operator: this is a hint, unless another Secret here
is called nearly so.

References marked \`optional: true\` are not asked after. Custom objects that name the Secret (a Certificate, an
ExternalSecret, a SealedSecret) count as its source.

\`\`\`yaml
# bad: the Secret is called db-credentials
env:
  - name: PASSWORD
    valueFrom: { secretKeyRef: { name: db-credentails, key: password } }
# good
env:
  - name: PASSWORD
    valueFrom: { secretKeyRef: { name: db-credentials, key: password } }
\`\`\`
`,
  relate(object, relation) {
    for (const reference of relation.here.facts.references) {
      if (reference.kind !== 'Secret') continue;
      // A certificate's Secret is usually made from the Ingress itself, by what its annotations name.
      const made = relation.here.facts.kind === 'Ingress' && object.at('metadata.annotations').written;
      reportMissing(object, relation, reference, { amongOthers: 'hint', alone: made ? null : 'hint' });
    }
  },
};
