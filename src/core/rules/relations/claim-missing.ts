import type { Rule } from '../rule.ts';
import { reportMissing } from './missing.ts';

export const claimMissing: Rule = {
  code: 'claim-missing',
  title: 'PersistentVolumeClaim that is not there',
  origin: 'advice',
  severity: 'info',
  docs: `
A pod mounts a PersistentVolumeClaim that is not in the workspace. It stays \`Pending\` until there is one. Claims of a
StatefulSet's \`volumeClaimTemplates\` are mounted by the name of the template, not by a volume.

\`\`\`yaml
# bad: the claim is called web-data
volumes:
  - name: data
    persistentVolumeClaim: { claimName: web-dta }
# good
volumes:
  - name: data
    persistentVolumeClaim: { claimName: web-data }
\`\`\`
`,
  relate(object, relation) {
    for (const reference of relation.here.facts.references) {
      if (reference.kind !== 'PersistentVolumeClaim') continue;
      reportMissing(object, relation, reference, { amongOthers: 'info', alone: 'hint' });
    }
  },
};
