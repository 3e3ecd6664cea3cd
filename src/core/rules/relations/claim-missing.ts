import type { Field } from '../../schema/field.ts';
import type { Reference } from '../../workspace/facts.ts';
import type { Rule } from '../rule.ts';
import { reportMissing } from './missing.ts';

export const claimMissing: Rule = {
  code: 'claim-missing',
  title: 'PersistentVolumeClaim that is not there',
  origin: 'advice',
  severity: 'info',
  docs: `
A pod mounts a PersistentVolumeClaim that is not in the workspace. It stays \`Pending\` until there is one. Claims of a
StatefulSet's \`volumeClaimTemplates\` are mounted by the name of the template, not by a volume.

\`\`\`yaml
# bad: the claim is called web-data
volumes:
  - name: data
    persistentVolumeClaim: { claimName: web-dta }
# good
volumes:
  - name: data
    persistentVolumeClaim: { claimName: web-data }
\`\`\`
`,
  relate(object, relation) {
    for (const reference of relation.here.facts.references) {
      if (reference.kind !== 'PersistentVolumeClaim' || isReplaced(object, reference)) continue;
      reportMissing(object, relation, reference, { amongOthers: 'info', alone: 'hint' });
    }
  },
};

/** A StatefulSet puts a claim of its own in the place of a volume that is called like one of its templates. */
function isReplaced(object: Field, { path }: Reference): boolean {
  const index = /\bvolumes\[(\d+)\]\.persistentVolumeClaim\.claimName$/.exec(path)?.[1];
  const templates = object.at('spec.volumeClaimTemplates').items();
  if (index === undefined || templates.length === 0) return false;
  const volume = object.at('spec.template.spec.volumes').items()[Number(index)]?.get('name').text();
  return templates.some((template) => template.at('metadata.name').text() === volume);
}
