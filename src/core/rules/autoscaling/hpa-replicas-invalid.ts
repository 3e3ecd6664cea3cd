import { message } from '../../finding.ts';
import type { Field } from '../../schema/field.ts';
import type { Rule, Visit } from '../rule.ts';
import { goNumber } from '../values.ts';

export const hpaReplicasInvalid: Rule = {
  code: 'hpa-replicas-invalid',
  title: 'Impossible range of replicas',
  origin: 'server',
  severity: 'error',
  docs: `
A HorizontalPodAutoscaler needs \`maxReplicas\`, and keeps at least \`minReplicas\`, which is 1 where it is not written.
0 is possible only in clusters that have turned on the feature HPAScaleToZero, which is off by default.

\`\`\`yaml
# bad
minReplicas: 5
maxReplicas: 3
# good
minReplicas: 3
maxReplicas: 5
\`\`\`
`,
  visit: {
    'autoscaling/v1.HorizontalPodAutoscaler': look,
    'autoscaling/v2.HorizontalPodAutoscaler': look,
  },
};

function look(autoscaler: Field, visit: Visit): void {
  const spec = autoscaler.get('spec');
  const least = spec.get('minReplicas');
  const most = spec.get('maxReplicas');
  const min = least.written ? least.number() : 1;
  const max = goNumber(most);
  if (min !== null && min < 1) visit.report(least, message('minReplicas must be at least 1; raise it'));
  if (max === null) return;
  if (max === 0) {
    const text = message('maxReplicas is required; set it to the most replicas there may be');
    if (most.written) visit.report(most, text);
    else visit.missing(spec, 'maxReplicas', text);
  } else if (max < 0) visit.report(most, message('maxReplicas must be at least 1; raise it'));
  else if (min !== null && max < min)
    visit.report(most, message('maxReplicas ({0}) is below minReplicas ({1}); change one of them', max, min));
}
