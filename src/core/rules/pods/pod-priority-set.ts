import { message } from '../../finding.ts';
import type { Rule } from '../rule.ts';
import { isEmpty } from '../values.ts';
import { isOfPod } from './pod.ts';

/** Classes that every cluster has, and the priority they give. */
const systemClasses: ReadonlyMap<string, number> = new Map([
  ['system-node-critical', 2_000_001_000],
  ['system-cluster-critical', 2_000_000_000],
]);

export const podPrioritySet: Rule = {
  code: 'pod-priority-set',
  title: 'Priority written as a number',
  origin: 'server',
  severity: 'error',
  docs: `
The number in a Pod's \`priority\` is computed from its priority class; a Pod with another one is refused. Leave it out
and name a class, or none for the priority of the cluster, which is 0 where nobody has set another. The same goes for
\`preemptionPolicy: Never\`: a Pod without a class that says so is refused.

\`\`\`yaml
# bad
priority: 1000
# good
priorityClassName: important
\`\`\`
`,
  visit: {
    'core/v1.PodSpec'(spec, visit) {
      if ((!spec.has('priority') && !spec.has('preemptionPolicy')) || !isOfPod(spec)) return;
      const name = spec.get('priorityClassName');
      const given = isEmpty(name) ? 0 : systemClasses.get(name.text() ?? '');
      if (given === undefined) return;
      const [priority, preemption] = [spec.get('priority'), spec.get('preemptionPolicy')];
      const value = priority.number();
      if (value !== null && value !== given)
        visit.report(
          priority,
          message('The server computes the priority; remove it and name a priorityClassName'),
        );
      if (preemption.text() === 'Never')
        visit.report(
          preemption,
          message('Whether a Pod preempts is said by its priorityClassName; name one'),
        );
    },
  },
};
