import type { Rule } from '../rule.ts';
import { reportMissing } from './missing.ts';

export const serviceAccountMissing: Rule = {
  code: 'service-account-missing',
  title: 'ServiceAccount that is not there',
  origin: 'advice',
  severity: 'info',
  docs: `
A workload runs as, or a role is bound to, a ServiceAccount that is not in the workspace. Pods of an account that does
not exist are refused: the workload makes none, and says so in its events only.

\`\`\`yaml
# bad: the account is called web
serviceAccountName: wbe
# good
serviceAccountName: web
\`\`\`
`,
  relate(object, relation) {
    for (const reference of relation.here.facts.references) {
      if (reference.kind !== 'ServiceAccount') continue;
      // Accounts of other teams and of the cluster's own parts are bound by name all the time.
      const binding = relation.here.facts.pod === null;
      const elsewhere = binding && /^(?:kube-|openshift)/.test(reference.namespace ?? '');
      if (elsewhere) continue;
      reportMissing(object, relation, reference, {
        amongOthers: binding ? 'hint' : 'info',
        alone: binding ? null : 'hint',
      });
    }
  },
};
