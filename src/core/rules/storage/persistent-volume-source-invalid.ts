import { message } from '../../finding.ts';
import type { Field } from '../../schema/field.ts';
import { checkOneSource, persistentSources, writtenSources } from '../pods/volume-sources.ts';
import type { Rule, Visit } from '../rule.ts';

export const persistentVolumeSourceInvalid: Rule = {
  code: 'persistent-volume-source-invalid',
  title: 'PersistentVolume of no kind, or of two',
  origin: 'server',
  severity: 'error',
  docs: `
A PersistentVolume is of exactly one kind: \`csi\`, \`nfs\`, \`hostPath\`, \`local\` …

\`\`\`yaml
# bad
spec:
  capacity: { storage: 5Gi }
  accessModes: [ReadWriteOnce]
# good
spec:
  capacity: { storage: 5Gi }
  accessModes: [ReadWriteOnce]
  csi: { driver: csi.example.com, volumeHandle: data }
\`\`\`
`,
  visit: {
    'core/v1.PersistentVolume'(volume, visit) {
      if (!volume.get('spec').written) checkSource(volume.get('spec'), visit);
    },
    'core/v1.PersistentVolumeSpec': checkSource,
  },
};

function checkSource(spec: Field, visit: Visit): void {
  if (writtenSources(spec, persistentSources).length > 0) checkOneSource(spec, persistentSources, visit);
  else
    visit.missing(spec, '', message('A volume needs its kind; add one such as csi or nfs'), {
      path: spec.path,
    });
}
