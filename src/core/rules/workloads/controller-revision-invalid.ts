import { message } from '../../finding.ts';
import type { Rule } from '../rule.ts';
import { isPlaceholder } from '../../manifest/templates.ts';

export const controllerRevisionInvalid: Rule = {
  code: 'controller-revision-invalid',
  title: 'ControllerRevision without data',
  origin: 'server',
  severity: 'error',
  docs: `
A ControllerRevision keeps an earlier state of a StatefulSet or DaemonSet in \`data\`, as a mapping. Controllers make
them; a manifest hardly ever does.

\`\`\`yaml
# bad
kind: ControllerRevision
revision: 1
# good
kind: ControllerRevision
revision: 1
data: { spec: {} }
\`\`\`
`,
  visit: {
    'apps/v1.ControllerRevision'(revision, visit) {
      const data = revision.get('data');
      const { node } = data;
      if (!data.written) visit.missing(revision, 'data', message('data is required; add it'));
      else if (
        node !== null &&
        node.type !== 'mapping' &&
        !(node.type === 'scalar' && isPlaceholder(node.source))
      )
        visit.report(data, message('data must be a mapping; write it as key: value'));
    },
  },
};
