import type { Rule } from '../rule.ts';
import { reportMissing } from './missing.ts';

/** Every cluster has these. */
const given = /^(?:cluster-admin|admin|edit|view|system:.*|extension-apiserver-authentication-reader)$/;

export const roleMissing: Rule = {
  code: 'role-missing',
  title: 'Role that is not there',
  origin: 'advice',
  severity: 'info',
  docs: `
A binding names a Role or ClusterRole that is not in the workspace, and none that every cluster has. The server takes
it, and it grants nothing until there is such a role.

\`\`\`yaml
# bad: the Role is called pod-reader
roleRef: { apiGroup: rbac.authorization.k8s.io, kind: Role, name: pods-reader }
# good
roleRef: { apiGroup: rbac.authorization.k8s.io, kind: Role, name: pod-reader }
\`\`\`
`,
  relate(object, relation) {
    for (const reference of relation.here.facts.references) {
      const { kind, name } = reference;
      if ((kind !== 'Role' && kind !== 'ClusterRole') || given.test(name)) continue;
      const alone = kind === 'Role' ? 'info' : 'hint';
      reportMissing(object, relation, reference, { amongOthers: 'info', alone });
    }
  },
};
