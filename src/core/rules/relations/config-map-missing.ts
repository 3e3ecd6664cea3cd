import type { Rule } from '../rule.ts';
import { reportMissing } from './missing.ts';

/** Put into every namespace by the cluster. */
const given = new Set(['kube-root-ca.crt', 'openshift-service-ca.crt']);

export const configMapMissing: Rule = {
  code: 'config-map-missing',
  title: 'ConfigMap that is not there',
  origin: 'advice',
  severity: 'info',
  docs: `
A pod names a ConfigMap that no file of the workspace holds, no generator makes and no chart may bring. Its containers
wait in \`CreateContainerConfigError\`, or its volumes cannot be mounted, until there is one. A name that is nearly
that of a ConfigMap here is a warning.

References marked \`optional: true\` are not asked after. Nothing is said while part of the workspace is unknown.

\`\`\`yaml
# bad: the ConfigMap is called web-config
envFrom:
  - configMapRef: { name: web-confg }
# good
envFrom:
  - configMapRef: { name: web-config }
\`\`\`
`,
  relate(object, relation) {
    for (const reference of relation.here.facts.references) {
      if (reference.kind !== 'ConfigMap' || given.has(reference.name)) continue;
      reportMissing(object, relation, reference, { amongOthers: 'info', alone: 'hint' });
    }
  },
};
