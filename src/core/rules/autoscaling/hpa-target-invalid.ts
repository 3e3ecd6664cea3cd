import { message } from '../../finding.ts';
import type { Field } from '../../schema/field.ts';
import type { Rule, Visit } from '../rule.ts';
import { checkReference } from './object-reference.ts';

export const hpaTargetInvalid: Rule = {
  code: 'hpa-target-invalid',
  title: 'Autoscaler that names no target',
  origin: 'server',
  severity: 'error',
  docs: `
\`scaleTargetRef\` names what is scaled by \`apiVersion\`, \`kind\` and \`name\`. The API version has a group
(\`apps/v1\`); only a ReplicationController does without.

\`\`\`yaml
# bad
scaleTargetRef:
  kind: Deployment
  name: web
# good
scaleTargetRef:
  apiVersion: apps/v1
  kind: Deployment
  name: web
\`\`\`
`,
  visit: {
    'autoscaling/v1.HorizontalPodAutoscaler': look,
    'autoscaling/v2.HorizontalPodAutoscaler': look,
    'autoscaling/v1.HorizontalPodAutoscalerSpec': lookAtUtilization,
  },
};

function look(autoscaler: Field, visit: Visit): void {
  const target = autoscaler.at('spec.scaleTargetRef');
  const free = target.get('kind').text() === 'ReplicationController';
  checkReference(target, free ? 'free' : 'needed', visit);
}

/** The server tells it of the metric it makes of it. */
function lookAtUtilization(spec: Field, visit: Visit): void {
  const utilization = spec.get('targetCPUUtilizationPercentage');
  const value = utilization.number();
  if (value === null || value >= 1) return;
  visit.report(utilization, message('targetCPUUtilizationPercentage must be at least 1; raise it'), {
    path: `${spec.get('metrics').path}[0].resource.target.averageUtilization`,
  });
}
