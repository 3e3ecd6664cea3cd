import { message } from '../../finding.ts';
import { addition } from '../fixes.ts';
import type { Rule } from '../rule.ts';
import { isSystemPod, isWholePod } from '../workload-role.ts';

export const tokenMounted: Rule = {
  code: 'token-mounted',
  title: 'Token of the default service account in a pod',
  origin: 'advice',
  severity: 'off',
  strict: 'hint',
  docs: `
Each pod gets a token for the API server, unless it says that it needs none. A pod without a service account of its own
hardly ever speaks to the API server, and then the token only serves whoever takes over the pod. The service account may
say so as well, which cannot be seen here.

\`\`\`yaml
# bad
spec:
  containers: [{ name: web, image: 'web:1' }]
# good
spec:
  automountServiceAccountToken: false
  containers: [{ name: web, image: 'web:1' }]
\`\`\`

Source: [Service accounts](https://kubernetes.io/docs/tasks/configure-pod-container/configure-service-account/#opt-out-of-api-credential-automounting)
in the Kubernetes documentation.
`,
  visit: {
    'core/v1.PodSpec'(spec, visit) {
      if (spec.get('automountServiceAccountToken').written || isSystemPod(spec) || !isWholePod(spec)) return;
      const account = spec.get('serviceAccountName');
      const old = spec.get('serviceAccount');
      if ([account, old].some((field) => field.written && field.text() !== '' && field.text() !== 'default'))
        return;
      visit.missing(
        spec,
        'automountServiceAccountToken',
        message('The pod gets a token of the API server; add automountServiceAccountToken: false'),
        { fixes: addition(spec, 'automountServiceAccountToken: false', visit) },
      );
    },
  },
};
