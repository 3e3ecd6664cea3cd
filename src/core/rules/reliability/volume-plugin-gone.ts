import { message } from '../../finding.ts';
import type { Rule } from '../rule.ts';

/** Since when each does nothing. */
const gone: ReadonlyMap<string, string> = new Map([
  ['photonPersistentDisk', '1.16'],
  ['scaleIO', '1.22'],
  ['flocker', '1.25'],
  ['storageos', '1.25'],
  ['quobyte', '1.25'],
  ['glusterfs', '1.26'],
  ['cephfs', '1.31'],
  ['rbd', '1.31'],
  ['gitRepo', '1.33'],
]);

export const volumePluginGone: Rule = {
  code: 'volume-plugin-gone',
  title: 'Kind of volume that no longer works',
  origin: 'advice',
  severity: 'warning',
  docs: `
The API server still takes a volume of this kind, but the kubelet has no code for it any more (or, for \`gitRepo\`, does
not use it unless told to), so the pod never starts. Storage systems are reached by a CSI driver and a
PersistentVolumeClaim; a repository is cloned by an init container.

\`\`\`yaml
# bad
volumes:
  - name: data
    cephfs: { monitors: ['10.0.0.1:6789'] }
# good
volumes:
  - name: data
    persistentVolumeClaim: { claimName: data }
\`\`\`

Source: the API server warns of it; [Types of volumes](https://kubernetes.io/docs/concepts/storage/volumes/) in the
Kubernetes documentation.
`,
  visit: {
    'core/v1.Volume'(volume, visit) {
      for (const source of volume.entries()) {
        const since = source.key === 'name' || !source.written ? undefined : gone.get(source.key);
        if (since === undefined) continue;
        visit.report(
          source,
          message('{0} volumes do not work since {1}; use a claim and its driver', source.key, since),
          {
            range: source.head,
          },
        );
      }
    },
  },
};
