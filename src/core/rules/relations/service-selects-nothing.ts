import { message } from '../../finding.ts';
import type { Rule } from '../rule.ts';
import { hasPlaceholders } from './placeholders.ts';
import { reportUnselected } from './near-miss.ts';

export const serviceSelectsNothing: Rule = {
  code: 'service-selects-nothing',
  title: 'Service that selects no pod',
  origin: 'advice',
  severity: 'warning',
  docs: `
No workload of the workspace makes pods with the labels a Service selects: it has no endpoints, and whoever calls it
waits in vain. Where one label is all that differs, the message says which. Where nothing comes near, the pods may be
made elsewhere: this is told as information, and not at all while part of the workspace is unknown.

\`\`\`yaml
# bad: the pods are labelled app: web
kind: Service
spec:
  selector: { app: wbe }
# good
kind: Service
spec:
  selector: { app: web }
\`\`\`
`,
  relate(object, relation) {
    const { particulars, selections } = relation.here.facts;
    if (particulars?.of !== 'service' || particulars.external) return;
    const selection = selections.find(({ by }) => by === 'service');
    if (selection === undefined || hasPlaceholders(object.at('spec.selector'))) return;
    reportUnselected(object, relation, selection, {
      nothing: message('No workload here has pods with these labels; the Service would have no endpoints'),
      weight: 'info',
      alikeWeight: 'warning',
    });
  },
};
