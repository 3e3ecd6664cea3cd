import { message } from '../../finding.ts';
import type { Field } from '../../schema/field.ts';
import { checkFilled, dnsSubdomain, requireForm } from '../forms.ts';
import { checkCsiDriver } from '../pods/csi-driver-name.ts';
import type { Rule, Visit } from '../rule.ts';
import { isEmpty, requireText } from '../values.ts';

export const volumeAttachmentInvalid: Rule = {
  code: 'volume-attachment-invalid',
  title: 'VolumeAttachment that cannot be carried out',
  origin: 'server',
  severity: 'error',
  docs: `
A VolumeAttachment names the driver that attaches (\`attacher\`), the node, and the volume: either by
\`persistentVolumeName\` or, described on the spot, in \`inlineVolumeSpec\`, which is for \`csi\` volumes and has no
capacity, claim, class or node affinity.

\`\`\`yaml
# bad
spec:
  attacher: csi.example.com
  nodeName: node-1
  source: {}
# good
spec:
  attacher: csi.example.com
  nodeName: node-1
  source: { persistentVolumeName: data }
\`\`\`
`,
  visit: {
    'storage/v1.VolumeAttachment': checkAttachment,
    'storage/v1beta1.VolumeAttachment': checkAttachment,
  },
};

function checkAttachment(attachment: Field, visit: Visit): void {
  const spec = attachment.get('spec');
  checkCsiDriver(spec, 'attacher', visit);
  requireForm(spec, 'nodeName', dnsSubdomain, visit);
  const source = spec.get('source');
  const [name, inline] = [source.get('persistentVolumeName'), source.get('inlineVolumeSpec')];
  const text = message('The source is either persistentVolumeName or inlineVolumeSpec; write one');
  if (!name.written && !inline.written) visit.missing(source, '', text, { path: source.path });
  else if (name.written && inline.written) visit.report(source, text);
  else if (isEmpty(name) && name.written) requireText(source, 'persistentVolumeName', visit);
  checkFilled(name, dnsSubdomain, visit);
  if (inline.written && !name.written) checkInline(inline, visit);
}

/** What a volume has that is no object of its own. */
function checkInline(spec: Field, visit: Visit): void {
  for (const key of ['claimRef', 'capacity', 'nodeAffinity', 'storageClassName']) {
    const field = spec.get(key);
    const said = key === 'capacity' ? field.entries().length > 0 : !isEmpty(field);
    if (said) visit.report(field, message('A volume described on the spot has no {0}; remove it', key));
  }
  if (!spec.get('csi').written)
    visit.missing(spec, 'csi', message('A volume described on the spot is a csi volume; add csi'));
  checkOnly(spec.get('persistentVolumeReclaimPolicy'), 'Retain', visit);
  checkOnly(spec.get('volumeMode'), 'Filesystem', visit);
}

function checkOnly(field: Field, word: string, visit: Visit): void {
  const value = field.text();
  if (value !== null && value !== word && (value !== '' || field.key === 'volumeMode'))
    visit.report(field, message('{0} of a volume described on the spot can only be {1}', field.key, word));
}
