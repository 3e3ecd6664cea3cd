import { message } from '../../finding.ts';
import type { Field } from '../../schema/field.ts';
import type { Rule, Visit } from '../rule.ts';
import { goText, isEmpty } from '../values.ts';
import { objectKind } from './object-kinds.ts';

export const ownerReferenceInvalid: Rule = {
  code: 'owner-reference-invalid',
  title: 'Incomplete or conflicting owner',
  origin: 'server',
  severity: 'error',
  docs: `
An object is deleted together with its last owner. Each entry of \`ownerReferences\` names one by \`apiVersion\`,
\`kind\`, \`name\` and \`uid\`, and at most one of them is the \`controller\`. An Event owns nothing. Manifests rarely need
owner references: what creates objects for others sets them.

\`\`\`yaml
# bad
ownerReferences:
  - kind: Deployment
    name: web
# good
ownerReferences:
  - apiVersion: apps/v1
    kind: Deployment
    name: web
    uid: 6f1c7a2e-0c6e-4d4e-9a53-0d3f0c8d3c11
\`\`\`
`,
  visit: {
    'meta/v1.ObjectMeta'(metadata, visit) {
      const owners = metadata.get('ownerReferences');
      if (!owners.written || metadata.parent === null || objectKind(metadata.parent) === null) return;
      const { path } = owners;
      const controllers: Field[] = [];
      for (const owner of owners.items()) {
        checkOwner(owner, path, visit);
        if (owner.get('controller').flag() === true) controllers.push(owner);
      }
      for (const other of controllers.slice(1)) {
        visit.report(other, message('Only one owner can be the controller; remove controller: true here'), {
          path,
        });
      }
    },
  },
};

/** The server leaves out which of the owners it means. */
function checkOwner(owner: Field, path: string, visit: Visit): void {
  for (const key of ['kind', 'name', 'uid']) {
    if (isEmpty(owner.get(key)))
      visit.missing(owner, key, message('The owner has no {0}; add it', key), { path: `${path}.${key}` });
  }
  const apiVersion = owner.get('apiVersion');
  const version = goText(apiVersion);
  if (version === null) return;
  if (versionOf(version) === '') {
    const text = message('The owner has no API version; add one such as apps/v1');
    visit.missing(owner, 'apiVersion', text, { path: `${path}.apiVersion` });
  }
  if (version === 'v1' && owner.get('kind').text() === 'Event')
    visit.report(owner, message('An Event cannot own other objects; name another owner'), { path });
}

/** `v1` of `apps/v1`; `''` of what has no or too many parts. */
function versionOf(apiVersion: string): string {
  const parts = apiVersion.split('/', 3);
  return parts.length > 2 ? '' : (parts.at(-1) ?? '');
}
