import { message } from '../../finding.ts';
import type { Fix } from '../../finding.ts';
import type { Field } from '../../schema/field.ts';
import { insertUnder } from '../edits.ts';
import type { Rule, Visit } from '../rule.ts';
import { changeTo } from '../values.ts';
import { containerName, isForWindows, isSystemPod, isWhole } from '../workload-role.ts';

export const rootFilesystemWritable: Rule = {
  code: 'root-filesystem-writable',
  title: 'Container that can write to its own program',
  origin: 'advice',
  severity: 'off',
  strict: 'hint',
  docs: `
With \`readOnlyRootFilesystem: true\` nobody who takes over the container can change its program or leave a tool there,
and it cannot fill the node's disk unseen. What it has to write goes to volumes, such as an \`emptyDir\` at \`/tmp\`.
Many images write somewhere, so try it first.

\`\`\`yaml
# bad
containers:
  - name: web
    image: web:1
# good
containers:
  - name: web
    image: web:1
    securityContext: { readOnlyRootFilesystem: true }
    volumeMounts: [{ name: tmp, mountPath: /tmp }]
volumes:
  - name: tmp
    emptyDir: {}
\`\`\`

Source: [Security context](https://kubernetes.io/docs/tasks/configure-pod-container/security-context/) in the Kubernetes
documentation; the CIS benchmark asks for it as well.
`,
  visit: {
    'core/v1.Container'(container, visit) {
      if (!isWhole(container)) return;
      const context = container.get('securityContext');
      const setting = context.get('readOnlyRootFilesystem');
      if (setting.written && setting.flag() !== false) return;
      const spec = container.up('core/v1.PodSpec');
      if (spec === null || isForWindows(spec) || isSystemPod(spec)) return;
      const text = message(
        'Container {0} can write to its root file system; set readOnlyRootFilesystem',
        containerName(container),
      );
      if (setting.written) visit.report(setting, text, { fixes: changeTo(setting, 'true', false) });
      else {
        visit.missing(context, 'readOnlyRootFilesystem', text, {
          range: context.written ? context.head : container.head,
          fixes: added(container, visit),
        });
      }
    },
  },
};

function added({ node }: Field, visit: Visit): readonly Fix[] {
  if (node?.type !== 'mapping') return [];
  const line = 'readOnlyRootFilesystem: true';
  const edit = insertUnder(visit.context.document.text, node, ['securityContext'], [line]);
  return edit === null ? [] : [{ title: message('Add {0}', line), edits: [edit], preferred: false }];
}
