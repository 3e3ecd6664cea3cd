import { message } from '../../finding.ts';
import type { Field } from '../../schema/field.ts';
import { isDescending } from '../pods/paths.ts';
import type { Rule, Visit } from '../rule.ts';
import { checkChoice, checkUnique, goText, isEmpty, requireText } from '../values.ts';

const propagations = ['None', 'HostToContainer', 'Bidirectional'];
const recursions = ['Disabled', 'IfPossible', 'Enabled'];

export const volumeMountInvalid: Rule = {
  code: 'volume-mount-invalid',
  title: 'Mount of a volume that cannot be made',
  origin: 'server',
  severity: 'error',
  docs: `
Each mount of a container names a volume and has a path of its own. A \`subPath\`, or a \`subPathExpr\` instead, stays
inside the volume: it does not begin with \`/\` and has no \`..\`. Only a privileged container can share its mounts with
the node (\`mountPropagation: Bidirectional\`), and only a read-only mount can be so to its depths
(\`recursiveReadOnly\`).

\`\`\`yaml
# bad
volumeMounts:
  - { name: data, mountPath: /data, subPath: ../other }
# good
volumeMounts:
  - { name: data, mountPath: /data, subPath: web }
\`\`\`
`,
  visit: {
    'core/v1.Container'(container, visit) {
      if (!container.has('volumeMounts')) return;
      const list = container.get('volumeMounts');
      const paths = new Map<string, Field>();
      for (const mount of list.items()) {
        requireText(mount, 'name', visit);
        if (requireText(mount, 'mountPath', visit)) checkUnique(mount.get('mountPath'), paths, visit);
        for (const field of mount.entries()) if (field.written) checkPart(container, mount, field, visit);
      }
    },
  },
};

/** The server names the list without the mount. */
function checkPart(container: Field, mount: Field, field: Field, visit: Visit): void {
  const options = { path: `${mount.parent?.path ?? ''}.${field.key}` };
  switch (field.key) {
    case 'subPathExpr':
      if (!isEmpty(field) && !isEmpty(mount.get('subPath')))
        visit.report(field, message('A mount has either subPath or subPathExpr; remove one'));
      checkSubPath(field, options, visit);
      break;
    case 'subPath':
      checkSubPath(field, options, visit);
      break;
    case 'mountPropagation':
      checkChoice(field, propagations, visit, options);
      if (field.text() === 'Bidirectional') checkPrivileged(container, field, options, visit);
      break;
    case 'recursiveReadOnly':
      checkRecursion(mount, field, options, visit);
      break;
  }
}

interface Place {
  readonly path: string;
}

function checkSubPath(field: Field, place: Place, visit: Visit): void {
  const path = field.text();
  if (path === null || isDescending(path)) return;
  visit.report(
    field,
    message('{0} must be a path inside the volume, without "/" before it and ".."', field.key),
    place,
  );
}

function checkPrivileged(container: Field, field: Field, place: Place, visit: Visit): void {
  const privileged = container.get('securityContext').get('privileged');
  if (privileged.written && privileged.flag() !== false) return;
  visit.report(field, message('Bidirectional needs a privileged container; use HostToContainer'), place);
}

function checkRecursion(mount: Field, field: Field, place: Place, visit: Visit): void {
  checkChoice(field, recursions, visit, place);
  const value = field.text();
  if (value !== 'IfPossible' && value !== 'Enabled') return;
  const readOnly = mount.get('readOnly');
  if (!readOnly.written || readOnly.flag() === false)
    visit.report(field, message('recursiveReadOnly needs readOnly: true; add it'), place);
  const propagation = mount.get('mountPropagation');
  if (propagation.written && goText(propagation) !== null && propagation.text() !== 'None')
    visit.report(field, message('recursiveReadOnly allows no mountPropagation but None; change one'), place);
}
