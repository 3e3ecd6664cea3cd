import { message } from '../../finding.ts';
import { checkOneSource, persistentSources, writtenSources } from '../pods/volume-sources.ts';
import type { Rule } from '../rule.ts';

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
      const spec = volume.get('spec');
      if (writtenSources(spec, persistentSources).length === 0)
        visit.missing(spec, '', message('A volume needs its kind; add one such as csi or nfs'), {
          path: spec.path,
        });
      else checkOneSource(spec, persistentSources, visit);
    },
  },
};
