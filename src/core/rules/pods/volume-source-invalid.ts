import type { Field } from '../../schema/field.ts';
import { dnsSubdomain, checkForm } from '../forms.ts';
import type { Rule, Visit } from '../rule.ts';
import { checkChoice, isEmpty, requireText } from '../values.ts';
import { checkCsiDriver } from './csi-driver-name.ts';
import { needs, networkDisks } from './network-disks.ts';
import { isOfPod } from './pod.ts';

const hostPathTypes = [
  '',
  'DirectoryOrCreate',
  'Directory',
  'FileOrCreate',
  'File',
  'Socket',
  'CharDevice',
  'BlockDevice',
];
const pullPolicies = ['Always', 'IfNotPresent', 'Never'];

export const volumeSourceInvalid: Rule = {
  code: 'volume-source-invalid',
  title: 'Volume that lacks what it is made of',
  origin: 'server',
  severity: 'error',
  docs: `
Every kind of volume needs to know where it comes from: a \`secret\` its \`secretName\`, a \`configMap\` its \`name\`, a
\`persistentVolumeClaim\` its \`claimName\`, \`nfs\` a server and an absolute path, \`csi\` a driver, and so on for the
disks of storage systems.

\`\`\`yaml
# bad
volumes:
  - name: keys
    secret: { name: keys }
# good
volumes:
  - name: keys
    secret: { secretName: keys }
\`\`\`
`,
  visit: {
    ...networkDisks,
    'core/v1.SecretVolumeSource': needs('secretName'),
    'core/v1.ConfigMapVolumeSource': needs('name'),
    'core/v1.PersistentVolumeClaimVolumeSource': needs('claimName'),
    'core/v1.HostPathVolumeSource'(source, visit) {
      if (!isEmpty(source.get('path'))) checkChoice(source.get('type'), hostPathTypes, visit);
    },
    'core/v1.CSIVolumeSource'(source, visit) {
      checkCsiDriver(source, 'driver', visit);
      checkSecret(source, visit);
    },
    'core/v1.ImageVolumeSource': checkImage,
  },
};

function checkSecret(source: Field, visit: Visit): void {
  const secret = source.get('nodePublishSecretRef');
  if (!secret.written || !requireText(secret, 'name', visit)) return;
  checkForm(secret.get('name'), dnsSubdomain, visit, { path: source.get('name').path });
}

function checkImage(source: Field, visit: Visit): void {
  const spec = source.up('core/v1.PodSpec');
  // A template may leave the image to whoever makes the pod.
  if (spec !== null && isOfPod(spec)) requireText(source, 'reference', visit);
  const policy = source.get('pullPolicy');
  if (!isEmpty(policy)) checkChoice(policy, pullPolicies, visit);
}
