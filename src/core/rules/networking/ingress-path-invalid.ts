import { message } from '../../finding.ts';
import type { Field } from '../../schema/field.ts';
import type { Rule, Visit } from '../rule.ts';
import { addition } from '../fixes.ts';
import { changeTo, checkChoice, goText } from '../values.ts';

const types: readonly string[] = ['Exact', 'ImplementationSpecific', 'Prefix'];
const forbiddenParts: readonly string[] = ['//', '/./', '/../', '%2f', '%2F'];
const forbiddenEnds: readonly string[] = ['/..', '/.'];

export const ingressPathInvalid: Rule = {
  code: 'ingress-path-invalid',
  title: 'Path of an Ingress that cannot be matched',
  origin: 'server',
  severity: 'error',
  docs: `
Each path needs a \`pathType\`: \`Prefix\`, \`Exact\` or \`ImplementationSpecific\`. A path begins with \`/\`. With \`Prefix\` and
\`Exact\` it must be written and have no \`//\`, \`/./\`, \`/../\` or \`%2f\` in it.

\`\`\`yaml
# bad
- path: api
# good
- path: /api
  pathType: Prefix
\`\`\`
`,
  visit: {
    'networking/v1.HTTPIngressPath'(place, visit) {
      const type = place.get('pathType');
      if (!type.written) {
        visit.missing(place, 'pathType', message('A path needs a pathType; add Prefix or Exact'), {
          fixes: addition(place, 'pathType: Prefix', visit),
        });
        return;
      }
      checkChoice(type, types, visit);
      checkPath(place, type.text(), visit);
    },
  },
};

function checkPath(place: Field, type: string | null, visit: Visit): void {
  const field = place.get('path');
  const path = goText(field);
  if (path === null || type === null || !types.includes(type)) return;
  const whole = type !== 'ImplementationSpecific';
  if (path === '') {
    if (whole) visit.missing(place, 'path', message('pathType {0} needs a path; add one such as /', type));
    return;
  }
  if (!path.startsWith('/')) {
    visit.report(field, message('A path begins with /; write /{0}', path), {
      fixes: changeTo(field, `/${path}`),
    });
  }
  if (!whole) return;
  const part =
    forbiddenParts.find((each) => path.includes(each)) ?? forbiddenEnds.find((each) => path.endsWith(each));
  if (part !== undefined) visit.report(field, message('A path cannot have {0} in it; remove it', part));
}
