import { message } from '../../finding.ts';
import type { Rule } from '../rule.ts';
import { reportMissing } from './missing.ts';

/** Kinds of Kubernetes' own that have no scale, and what scales instead where there is such a thing. */
const withoutScale: ReadonlyMap<string, string> = new Map([
  ['DaemonSet', 'runs one pod a node'],
  ['Job', 'runs to its end'],
  ['CronJob', 'runs by a schedule'],
  ['Pod', 'is a single one'],
  ['Service', 'makes no pods'],
]);

export const hpaTargetMissing: Rule = {
  code: 'hpa-target-missing',
  title: 'Autoscaler without a target',
  origin: 'advice',
  severity: 'info',
  docs: `
An autoscaler's target is not in the workspace, or is of a kind that cannot be scaled (a DaemonSet, a Job, a Pod). It
does nothing but write events.

\`\`\`yaml
# bad: the Deployment is called web
scaleTargetRef: { apiVersion: apps/v1, kind: Deployment, name: wbe }
# good
scaleTargetRef: { apiVersion: apps/v1, kind: Deployment, name: web }
\`\`\`
`,
  relate(object, relation) {
    if (relation.here.facts.particulars?.of !== 'autoscaler') return;
    for (const reference of relation.here.facts.references) {
      if (!reference.path.endsWith('scaleTargetRef.name')) continue;
      const why = withoutScale.get(reference.kind);
      if (why === undefined) {
        reportMissing(object, relation, reference, { amongOthers: 'info', alone: 'hint' });
        continue;
      }
      relation.report(
        object.at('spec.scaleTargetRef.kind'),
        message('A {0} {1} and cannot be scaled; choose a Deployment or StatefulSet', reference.kind, why),
        { severity: 'warning' },
      );
    }
  },
};
