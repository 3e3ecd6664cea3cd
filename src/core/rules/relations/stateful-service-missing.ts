import { message } from '../../finding.ts';
import type { Rule } from '../rule.ts';
import { reportMissing, targetsOf } from './missing.ts';
import { otherPlace } from './places.ts';

export const statefulServiceMissing: Rule = {
  code: 'stateful-service-missing',
  title: 'StatefulSet without its headless Service',
  origin: 'advice',
  severity: 'info',
  docs: `
A StatefulSet's pods get stable names in DNS from the Service that \`serviceName\` names. It has to be there, and to be
headless (\`clusterIP: None\`): an ordinary one gives the pods no names of their own.

\`\`\`yaml
# bad
apiVersion: v1
kind: Service
metadata: { name: db }
spec:
  selector: { app: db }
  ports: [{ port: 5432 }]
# good
apiVersion: v1
kind: Service
metadata: { name: db }
spec:
  clusterIP: None
  selector: { app: db }
  ports: [{ port: 5432 }]
\`\`\`
`,
  relate(object, relation) {
    if (relation.here.facts.kind !== 'StatefulSet') return;
    for (const reference of relation.here.facts.references) {
      if (reference.path.split('.').at(-1) !== 'serviceName') continue;
      if (reportMissing(object, relation, reference, { amongOthers: 'info', alone: 'hint' })) continue;
      const targets = targetsOf(reference, relation);
      const [target] = targets;
      const headless = targets.some(
        (one) =>
          one.facts.particulars?.of !== 'service' ||
          one.facts.particulars.headless ||
          relation.workspace.mayDiffer(one),
      );
      if (target === undefined || headless) continue;
      relation.report(
        object,
        message(
          'Service {0} is not headless: the pods get no names of their own; set clusterIP: None',
          reference.name,
        ),
        {
          range: reference.range,
          path: reference.path,
          severity: 'hint',
          others: otherPlace(target, message('Service {0} is here', reference.name)),
        },
      );
    }
  },
};
