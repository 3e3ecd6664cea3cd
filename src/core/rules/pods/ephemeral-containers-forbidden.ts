import { message } from '../../finding.ts';
import type { Rule } from '../rule.ts';

export const ephemeralContainersForbidden: Rule = {
  code: 'ephemeral-containers-forbidden',
  title: 'Ephemeral containers in a manifest',
  origin: 'server',
  severity: 'error',
  docs: `
Ephemeral containers are put into a pod that runs already, to look at it (\`kubectl debug\`). No pod can be made with
them, and no template of pods can have them. A container that runs beside the others belongs in \`containers\`, or in
\`initContainers\` with \`restartPolicy: Always\`.

\`\`\`yaml
# bad
ephemeralContainers:
  - name: debug
    image: busybox:1.37
# good
containers:
  - name: debug
    image: busybox:1.37
\`\`\`
`,
  visit: {
    'core/v1.PodSpec'(spec, visit) {
      if (!spec.has('ephemeralContainers')) return;
      const list = spec.get('ephemeralContainers');
      if (list.items().length > 0)
        visit.report(
          list,
          message('Ephemeral containers cannot be created with a pod; move them to containers'),
        );
    },
  },
};
