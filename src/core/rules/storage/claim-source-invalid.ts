import { message } from '../../finding.ts';
import type { Field } from '../../schema/field.ts';
import { removal } from '../fixes.ts';
import { checkFilled, dnsLabel, dnsSubdomain } from '../forms.ts';
import type { Rule, Visit } from '../rule.ts';
import { goText, isEmpty, requireText } from '../values.ts';

const CLAIM = 'PersistentVolumeClaim';
const SNAPSHOTS = 'snapshot.storage.k8s.io';

export const claimSourceInvalid: Rule = {
  code: 'claim-source-invalid',
  title: 'Source of a claim that cannot be read',
  origin: 'server',
  severity: 'error',
  docs: `
A claim can start with the contents of something else: \`dataSource\` or \`dataSourceRef\` names it by kind and name, and by
\`apiGroup\` unless it is another claim. Where both are written, they must say the same.

\`\`\`yaml
# bad
dataSource:
  kind: VolumeSnapshot
  name: before-upgrade
# good
dataSource:
  apiGroup: snapshot.storage.k8s.io
  kind: VolumeSnapshot
  name: before-upgrade
\`\`\`
`,
  visit: {
    'core/v1.PersistentVolumeClaimSpec'(spec, visit) {
      const [old, ref] = [spec.get('dataSource'), spec.get('dataSourceRef')];
      const elsewhere = !isEmpty(ref.get('namespace'));
      // Of a claim in its own right the server drops, before it looks, what it cannot use: a source in another
      // namespace and, in the older field alone, whatever is neither a claim nor a snapshot.
      const own = spec.parent?.parent === null;
      const hasRef = ref.written && !(own && elsewhere);
      const hasOld = old.written && (!own || hasRef || isOldKind(old));
      if (hasOld) checkSource(old, visit);
      if (hasRef) checkSource(ref, visit);
      if (hasRef && elsewhere) checkFilled(ref.get('namespace'), dnsLabel, visit);
      if (!hasOld || !hasRef || (!elsewhere && isSame(old, ref))) return;
      visit.report(old, message('dataSource must say what dataSourceRef says; remove dataSource'), {
        path: spec.path,
        fixes: removal(old, visit),
      });
    },
  },
};

function isOldKind(source: Field): boolean {
  const [group, kind] = [goText(source.get('apiGroup')), goText(source.get('kind'))];
  return (group === '' && kind === CLAIM) || (group === SNAPSHOTS && kind === 'VolumeSnapshot');
}

function isSame(old: Field, ref: Field): boolean {
  const sameGroup = old.get('apiGroup').written === ref.get('apiGroup').written;
  return (
    sameGroup && ['apiGroup', 'kind', 'name'].every((key) => goText(old.get(key)) === goText(ref.get(key)))
  );
}

function checkSource(source: Field, visit: Visit): void {
  requireText(source, 'name', visit);
  requireText(source, 'kind', visit);
  const [group, kind] = [goText(source.get('apiGroup')), goText(source.get('kind'))];
  if (group === '' && kind !== CLAIM && kind !== null && !visit.context.patch)
    visit.report(source, message('Only a PersistentVolumeClaim goes without apiGroup; add it'), {
      range: source.get('kind').range,
    });
  checkFilled(source.get('apiGroup'), dnsSubdomain, visit);
}
