import { message } from '../../finding.ts';
import type { Rule } from '../rule.ts';

export const templateMissing: Rule = {
  code: 'template-missing',
  title: 'ReplicationController without a template',
  origin: 'server',
  severity: 'error',
  docs: `
A ReplicationController makes its pods from \`spec.template\`, and cannot be without one.

\`\`\`yaml
# bad
kind: ReplicationController
spec:
  selector: { app: web }
# good
kind: ReplicationController
spec:
  selector: { app: web }
  template:
    metadata:
      labels: { app: web }
    spec:
      containers:
        - name: web
          image: web:1
\`\`\`
`,
  visit: {
    'core/v1.ReplicationController'(controller, visit) {
      const spec = controller.get('spec');
      if (!spec.get('template').written)
        visit.missing(spec, 'template', message('template is required; add it'));
    },
  },
};
