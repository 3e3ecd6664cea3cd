import { message } from '../../finding.ts';
import { moves } from '../field-misplaced.ts';
import type { Rule } from '../rule.ts';

export const restartPolicyMisplaced: Rule = {
  code: 'restart-policy-misplaced',
  title: 'Restart policy inside a container',
  origin: 'advice',
  severity: 'warning',
  docs: `
\`restartPolicy\` of a container is not that of its pod. Newer servers accept it there: it then says what happens
to this container alone. Nearly always the pod's was meant, which stands beside \`containers\`.

In an init container \`restartPolicy: Always\` makes a sidecar; that, and a policy with \`restartPolicyRules\`, is
never reported.

\`\`\`yaml
# bad
containers:
  - name: report
    image: report:1
    restartPolicy: Never
# good
containers:
  - name: report
    image: report:1
restartPolicy: Never
\`\`\`
`,
  visit: {
    'core/v1.Container'(container, visit) {
      const policy = container.get('restartPolicy');
      const { entry } = policy;
      if (entry === null || entry.inherited || !policy.written) return;
      if (container.get('restartPolicyRules').written) return;
      if (policy.text() === 'Always' && container.parent?.key === 'initContainers') return;
      const pod = container.up('core/v1.PodSpec');
      const mapping = pod?.node?.type === 'mapping' ? pod.node : null;
      const target = { path: pod?.path ?? '', mapping };
      visit.report(
        policy,
        message('restartPolicy of a container is not the pod’s; move it beside containers if that is meant'),
        {
          range: entry.keyRange,
          fixes: moves(entry, container.node, target, visit.context.document.text, false),
        },
      );
    },
  },
};
