import { message } from '../../finding.ts';
import { removal } from '../fixes.ts';
import type { Rule } from '../rule.ts';
import { isOfPod } from './pod.ts';

export const podOverheadSet: Rule = {
  code: 'pod-overhead-set',
  title: 'Overhead without a runtime class',
  origin: 'server',
  severity: 'error',
  docs: `
What it costs to run a pod apart from its containers is known to the runtime class, and the server writes it into the
pod. A Pod that brings its own overhead without naming a runtime class is refused.

\`\`\`yaml
# bad
overhead: { cpu: 250m, memory: 120Mi }
# good
runtimeClassName: sandbox
\`\`\`
`,
  visit: {
    'core/v1.PodSpec'(spec, visit) {
      if (!spec.has('overhead')) return;
      const overhead = spec.get('overhead');
      if (!overhead.written || !isOfPod(spec) || spec.get('runtimeClassName').written) return;
      visit.report(
        overhead,
        message('The overhead comes from the runtime class; remove it and name the class'),
        {
          fixes: removal(overhead, visit),
        },
      );
    },
  },
};
