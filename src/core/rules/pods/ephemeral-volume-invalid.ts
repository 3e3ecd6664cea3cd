import { message } from '../../finding.ts';
import type { Field } from '../../schema/field.ts';
import { isDnsSubdomain } from '../names.ts';
import type { Rule, Visit } from '../rule.ts';
import { isEmpty } from '../values.ts';
import { isOfPod, metadataOf } from './pod.ts';

const kept = new Set(['labels', 'annotations']);

export const ephemeralVolumeInvalid: Rule = {
  code: 'ephemeral-volume-invalid',
  title: 'Ephemeral volume without a usable claim',
  origin: 'server',
  severity: 'error',
  docs: `
An ephemeral volume is made from a claim of its own, written in \`volumeClaimTemplate\`. The claim is called after the pod
and the volume, so its template has labels and annotations but no name, and no other volume of the pod can use it.

\`\`\`yaml
# bad
ephemeral:
  volumeClaimTemplate:
    metadata: { name: scratch }
# good
ephemeral:
  volumeClaimTemplate:
    spec:
      accessModes: [ReadWriteOnce]
      resources: { requests: { storage: 1Gi } }
\`\`\`
`,
  visit: {
    'core/v1.EphemeralVolumeSource'(source, visit) {
      const template = source.get('volumeClaimTemplate');
      if (!template.written)
        visit.missing(
          source,
          'volumeClaimTemplate',
          message('{0} is required; add it', 'volumeClaimTemplate'),
        );
      for (const field of template.get('metadata').entries()) {
        if (field.written && !kept.has(field.key) && field.text() !== '')
          visit.report(field, message('The claim gets {0} from the server; remove it', field.key));
      }
    },
    'core/v1.PodSpec'(spec, visit) {
      if (spec.has('volumes') && isOfPod(spec)) checkNames(spec, visit);
    },
  },
};

function checkNames(spec: Field, visit: Visit): void {
  const pod = metadataOf(spec)?.get('name').text() ?? null;
  if (pod === null || pod === '') return;
  const volumes = spec.get('volumes').items();
  const made = new Set<string>();
  for (const volume of volumes) {
    const name = volume.get('name');
    if (!volume.get('ephemeral').written || isEmpty(name)) continue;
    const claim = `${pod}-${name.text() ?? ''}`;
    made.add(claim);
    if (!isDnsSubdomain(claim))
      visit.report(
        name,
        message('The claim would be called "{0}", which no object can be; change the name', claim),
      );
  }
  if (made.size === 0) return;
  for (const volume of volumes) {
    const claim = volume.get('persistentVolumeClaim').get('claimName');
    if (made.has(claim.text() ?? ''))
      visit.report(claim, message('This claim belongs to an ephemeral volume of the pod; use that volume'));
  }
}
