import { message } from '../../finding.ts';
import type { Field } from '../../schema/field.ts';
import type { Rule } from '../rule.ts';

export const strategyRecreate: Rule = {
  code: 'strategy-recreate',
  title: 'Update that stops everything first',
  origin: 'advice',
  severity: 'off',
  strict: 'hint',
  docs: `
With \`type: Recreate\` a Deployment stops all its pods before it starts the new ones: each update is an outage, and a
new version that does not start makes it a long one. It is right for programs of which no two versions may run at once,
and for disks that only one pod can mount; a Deployment that mounts a PersistentVolumeClaim is not reported.

\`\`\`yaml
# bad
strategy: { type: Recreate }
# good
strategy: { type: RollingUpdate }
\`\`\`

Source: [Recreate Deployment](https://kubernetes.io/docs/concepts/workloads/controllers/deployment/#recreate-deployment)
in the Kubernetes documentation.
`,
  visit: {
    'apps/v1.DeploymentSpec'(spec, visit) {
      const type = spec.at('strategy.type');
      if (type.text() !== 'Recreate' || mountsClaim(spec.at('template.spec'))) return;
      visit.report(
        type,
        message('Recreate stops all pods before the new ones start; use RollingUpdate if it can'),
      );
    },
  },
};

function mountsClaim(spec: Field): boolean {
  return spec
    .get('volumes')
    .items()
    .some((volume) => volume.has('persistentVolumeClaim'));
}
