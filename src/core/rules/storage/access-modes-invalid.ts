import { message } from '../../finding.ts';
import { nearestWord } from '../../nearest.ts';
import type { Field } from '../../schema/field.ts';
import type { Rule, Visit } from '../rule.ts';
import { changeTo, goText, isEmptyList, listOf } from '../values.ts';

const ALONE = 'ReadWriteOncePod';
const modes = ['ReadWriteOnce', 'ReadOnlyMany', 'ReadWriteMany', ALONE];

export const accessModesInvalid: Rule = {
  code: 'access-modes-invalid',
  title: 'Access modes of a volume that cannot be used',
  origin: 'server',
  severity: 'error',
  docs: `
A volume and a claim say how they are accessed: \`ReadWriteOnce\` (by one node), \`ReadOnlyMany\`, \`ReadWriteMany\` or
\`ReadWriteOncePod\` (by one pod, and then in no other way). At least one is needed.

\`\`\`yaml
# bad
accessModes: [RWO]
# good
accessModes: [ReadWriteOnce]
\`\`\`
`,
  visit: {
    'core/v1.PersistentVolumeClaim'(claim, visit) {
      if (!claim.get('spec').written) requireModes(claim.get('spec'), visit);
    },
    'core/v1.PersistentVolumeClaimTemplate'(template, visit) {
      if (!template.get('spec').written) requireModes(template.get('spec'), visit);
    },
    'core/v1.PersistentVolume'(volume, visit) {
      if (!volume.get('spec').written) requireModes(volume.get('spec'), visit);
    },
    'core/v1.PersistentVolumeClaimSpec': checkModes,
    'core/v1.PersistentVolumeSpec': checkModes,
  },
};

function checkModes(spec: Field, visit: Visit): void {
  requireModes(spec, visit);
  const list = spec.get('accessModes');
  const written = list.items();
  for (const item of written) checkMode(item, list.path, visit);
  const known = new Set(written.map((item) => item.text() ?? '').filter((mode) => modes.includes(mode)));
  if (known.has(ALONE) && known.size > 1)
    visit.report(list, message('ReadWriteOncePod cannot stand beside other access modes; remove them or it'));
}

function requireModes(spec: Field, visit: Visit): void {
  if (isEmptyList(spec.get('accessModes')))
    visit.missing(
      spec,
      'accessModes',
      message('At least one access mode is needed; add one such as ReadWriteOnce'),
    );
}

/** The server names the list, not the item. */
function checkMode(item: Field, path: string, visit: Visit): void {
  const mode = goText(item);
  if (mode === null || modes.includes(mode)) return;
  const meant = shortNames.get(mode.toUpperCase()) ?? nearestWord(mode, modes);
  visit.report(item, message('"{0}" is no access mode; use {1}', mode, listOf(modes)), {
    path,
    fixes: meant === null ? [] : changeTo(item, meant),
  });
}

/** As people speak of them, and as `kubectl get` prints them. */
const shortNames: ReadonlyMap<string, string> = new Map([
  ['RWO', 'ReadWriteOnce'],
  ['ROX', 'ReadOnlyMany'],
  ['RWX', 'ReadWriteMany'],
  ['RWOP', ALONE],
]);
