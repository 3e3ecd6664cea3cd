import { message } from '../../finding.ts';
import type { Rule } from '../rule.ts';
import { autoscalersOf } from './budgets.ts';
import { nodeBoundClaims } from './claims.ts';
import { otherPlace } from './places.ts';

export const claimSharedByReplicas: Rule = {
  code: 'claim-shared-by-replicas',
  title: 'Volume of one node for several replicas',
  origin: 'advice',
  severity: 'warning',
  docs: `
All replicas of a Deployment mount the same PersistentVolumeClaim, and only one node (\`ReadWriteOnce\`) or one pod
(\`ReadWriteOncePod\`) can have it. Replicas on other nodes wait in \`ContainerCreating\` for good. A StatefulSet gives
each replica a claim of its own; \`ReadWriteMany\` needs a storage that can do it.

\`\`\`yaml
# bad: the claim has accessModes: [ReadWriteOnce]
kind: Deployment
spec:
  replicas: 3
  template: { spec: { volumes: [{ name: data, persistentVolumeClaim: { claimName: data } }] } }
# good
kind: Deployment
spec:
  replicas: 1
  strategy: { type: Recreate }
  template: { spec: { volumes: [{ name: data, persistentVolumeClaim: { claimName: data } }] } }
\`\`\`
`,
  relate(object, relation) {
    const { workspace, here } = relation;
    if (here.facts.kind !== 'Deployment' && here.facts.kind !== 'ReplicaSet') return;
    if (workspace.mayDiffer(here)) return;
    const [autoscaler] = autoscalersOf(here, workspace);
    const scaled = autoscaler?.facts.particulars;
    const replicas = scaled?.of === 'autoscaler' ? (scaled.maximum ?? 1) : (here.facts.replicas ?? 1);
    if (replicas < 2) return;
    for (const { reference, claim, mode } of nodeBoundClaims(relation)) {
      relation.report(
        object,
        message(
          '{0} replicas share {1}, which is {2}: only one node can mount it',
          replicas,
          reference.name,
          mode,
        ),
        {
          range: reference.range,
          path: reference.path,
          others: otherPlace(claim, message('The claim')),
        },
      );
    }
  },
};
