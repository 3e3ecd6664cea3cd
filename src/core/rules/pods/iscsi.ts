import { message } from '../../finding.ts';
import type { Field } from '../../schema/field.ts';
import type { Visit } from '../rule.ts';
import { checkRange, requireText } from '../values.ts';

const LAST_UNIT = 255;
const LONGEST_TOGETHER = 64;
/** Forms of the names of targets and initiators, by the letters they begin with. */
const forms: ReadonlyMap<string, RegExp> = new Map([
  ['iqn', /iqn\.\d{4}-\d{2}\.[A-Za-z0-9\-.]+:[^,;*&$|\s]+$/],
  ['eui', /^eui.[A-Za-z0-9]{16}$/],
  ['naa', /^naa.[A-Za-z0-9]{32}$/],
]);

/** An iSCSI disk, of a pod or of a PersistentVolume. */
export function checkIscsi(source: Field, visit: Visit): void {
  const ofPod = source.is('core/v1.ISCSIVolumeSource');
  requireText(source, 'targetPortal', visit);
  if (requireText(source, 'iqn', visit)) checkName(source.get('iqn'), source.get('iqn').path, visit);
  checkRange(source.get('lun'), 0, LAST_UNIT, visit);
  const secret = source.get('secretRef');
  const login = ['chapAuthDiscovery', 'chapAuthSession'].some((key) => source.get(key).flag() === true);
  if (login && !secret.written)
    visit.missing(
      source,
      'secretRef',
      message('CHAP needs the secret with its names and passwords; add secretRef'),
    );
  if (!ofPod && secret.written) requireText(secret, 'name', visit);
  const initiator = source.get('initiatorName');
  if (!initiator.written) return;
  checkName(initiator, source.get('initiatorname').path, visit);
  checkLength(source, ofPod, visit);
}

function checkName(field: Field, path: string, visit: Visit): void {
  const name = field.text();
  if (name === null || (forms.get(name.slice(0, 3))?.test(name) ?? false)) return;
  visit.report(
    field,
    message('"{0}" is no iSCSI name; write one such as iqn.2026-01.com.example:disk', name),
    { path },
  );
}

/** The node writes the name of the volume and the portal into one name of an interface. */
function checkLength(source: Field, ofPod: boolean, visit: Visit): void {
  const portal = source.get('targetPortal');
  const owner = ofPod ? source.parent?.get('name') : source.object.get('metadata').get('name');
  if (`${owner?.text() ?? ''}:${portal.text() ?? ''}`.length <= LONGEST_TOGETHER) return;
  visit.report(
    source.get('initiatorName'),
    message(
      'With initiatorName, name and targetPortal have at most {0} characters together',
      LONGEST_TOGETHER,
    ),
    { path: (ofPod ? owner : source.get('targetportal'))?.path ?? source.path },
  );
}
