/** What volumes of storage systems need, in a pod and in a PersistentVolume. */
import { message } from '../../finding.ts';
import type { Field } from '../../schema/field.ts';
import { checkFilled, checkForm, dnsLabel, dnsSubdomain, requireForm } from '../forms.ts';
import type { Visit, Visitors } from '../rule.ts';
import { checkChoice, checkRange, goNumber, isEmpty, isEmptyList, requireText, tell } from '../values.ts';
import { checkCsiDriver } from './csi-driver-name.ts';
import { checkIscsi } from './iscsi.ts';

/** The server does not look at `nodeStageSecretRef`. */
const csiSecrets = [
  'controllerPublishSecretRef',
  'controllerExpandSecretRef',
  'nodePublishSecretRef',
  'nodeExpandSecretRef',
];

type Visitor = (field: Field, visit: Visit) => void;

const cachingModes = ['None', 'ReadOnly', 'ReadWrite'];
const diskKinds = ['Shared', 'Dedicated', 'Managed'];
const LONGEST_TENANT = 64;
const LAST_PARTITION = 255;
const LAST_UNIT = 255;

/** A visitor that says which of these texts are missing. */
export function needs(...keys: readonly string[]): Visitor {
  return (field, visit) => {
    for (const key of keys) requireText(field, key, visit);
  };
}

export const networkDisks: Visitors = {
  'core/v1.GitRepoVolumeSource': needs('repository'),
  'core/v1.GlusterfsVolumeSource': needs('endpoints', 'path'),
  'core/v1.GlusterfsPersistentVolumeSource'(source, visit) {
    needs('endpoints', 'path')(source, visit);
    checkForm(source.get('endpointsNamespace'), dnsLabel, visit);
  },
  'core/v1.NFSVolumeSource': checkNfs,
  'core/v1.ISCSIVolumeSource': checkIscsi,
  'core/v1.ISCSIPersistentVolumeSource': checkIscsi,
  'core/v1.GCEPersistentDiskVolumeSource': checkGceDisk,
  'core/v1.AWSElasticBlockStoreVolumeSource'(source, visit) {
    needs('volumeID')(source, visit);
    checkRange(source.get('partition'), 0, LAST_PARTITION, visit);
  },
  'core/v1.CSIPersistentVolumeSource': checkCsi,
  'core/v1.FlockerVolumeSource': checkFlocker,
  'core/v1.RBDVolumeSource': checkRbd,
  'core/v1.RBDPersistentVolumeSource': checkRbd,
  'core/v1.CephFSVolumeSource': checkMonitors,
  'core/v1.CephFSPersistentVolumeSource': checkMonitors,
  'core/v1.CinderVolumeSource': needsWithSecret(['volumeID'], ['name']),
  'core/v1.CinderPersistentVolumeSource': needsWithSecret(['volumeID'], ['name', 'namespace']),
  'core/v1.QuobyteVolumeSource': checkQuobyte,
  'core/v1.FCVolumeSource': checkFibreChannel,
  'core/v1.FlexVolumeSource': checkFlex,
  'core/v1.FlexPersistentVolumeSource': checkFlex,
  'core/v1.AzureFileVolumeSource': needs('secretName', 'shareName'),
  'core/v1.AzureFilePersistentVolumeSource'(source, visit) {
    needs('secretName', 'shareName')(source, visit);
    if (source.get('secretNamespace').written) requireText(source, 'secretNamespace', visit);
  },
  'core/v1.AzureDiskVolumeSource': checkAzureDisk,
  'core/v1.VsphereVirtualDiskVolumeSource': needs('volumePath'),
  'core/v1.PhotonPersistentDiskVolumeSource': needs('pdID'),
  'core/v1.PortworxVolumeSource': needs('volumeID'),
  'core/v1.ScaleIOVolumeSource': needs('gateway', 'system', 'volumeName'),
  'core/v1.ScaleIOPersistentVolumeSource': needs('gateway', 'system', 'volumeName'),
  'core/v1.StorageOSVolumeSource': storageOs(['name']),
  'core/v1.StorageOSPersistentVolumeSource': storageOs(['name', 'namespace']),
};

function needsWithSecret(keys: readonly string[], ofSecret: readonly string[]): Visitor {
  return (source, visit) => {
    needs(...keys)(source, visit);
    const secret = source.get('secretRef');
    if (secret.written) needs(...ofSecret)(secret, visit);
  };
}

function storageOs(ofSecret: readonly string[]): Visitor {
  return (source, visit) => {
    needsWithSecret(['volumeName'], ofSecret)(source, visit);
    checkFilled(source.get('volumeName'), dnsLabel, visit);
    checkFilled(source.get('volumeNamespace'), dnsLabel, visit);
  };
}

function checkCsi(source: Field, visit: Visit): void {
  checkCsiDriver(source, 'driver', visit);
  requireText(source, 'volumeHandle', visit);
  for (const key of csiSecrets) {
    const secret = source.get(key);
    if (!secret.written) continue;
    requireForm(secret, 'name', dnsSubdomain, visit);
    requireForm(secret, 'namespace', dnsLabel, visit);
  }
}

function checkNfs(source: Field, visit: Visit): void {
  needs('server', 'path')(source, visit);
  const path = source.get('path').text();
  if (path !== null && path !== '' && !path.startsWith('/'))
    visit.report(source.get('path'), message('The path on an NFS server begins with a slash; add it'));
}

/** The server calls the field by an older name. */
function checkGceDisk(source: Field, visit: Visit): void {
  const place = source.parent?.get('persistentDisk') ?? source;
  if (isEmpty(source.get('pdName')))
    visit.missing(source, 'pdName', message('{0} is required; add it', 'pdName'), {
      path: place.get('pdName').path,
    });
  const partition = source.get('partition');
  const number = goNumber(partition);
  if (number !== null && (number < 0 || number > LAST_PARTITION))
    visit.report(
      partition,
      message('{0} must be from {1} to {2}; change it', 'partition', 0, LAST_PARTITION),
      {
        path: place.get('partition').path,
      },
    );
}

function checkFlocker(source: Field, visit: Visit): void {
  const [name, id] = [source.get('datasetName'), source.get('datasetUUID')];
  const text = message('A Flocker volume is named either by datasetName or by datasetUUID; write one');
  if (isEmpty(name) && isEmpty(id) && !visit.context.patch) visit.report(source, text);
  if (!isEmpty(name) && !isEmpty(id)) visit.report(source, text);
  if (name.text()?.includes('/') === true)
    visit.report(name, message('datasetName must not contain "/"; change it'));
}

function checkRbd(source: Field, visit: Visit): void {
  checkMonitors(source, visit);
  needs('image')(source, visit);
}

function checkMonitors(source: Field, visit: Visit): void {
  if (isEmptyList(source.get('monitors')))
    visit.missing(source, 'monitors', message('A Ceph volume needs at least one monitor; add its address'));
}

function checkQuobyte(source: Field, visit: Visit): void {
  needs('registry', 'volume')(source, visit);
  const registry = source.get('registry').text();
  if (registry === null || registry === '') return;
  if ((source.get('tenant').text()?.length ?? 0) > LONGEST_TENANT)
    visit.report(
      source.get('tenant'),
      message('The tenant has at most {0} characters; shorten it', LONGEST_TENANT),
    );
  else if (!registry.split(',').every(isHostAndPort))
    visit.report(
      source.get('registry'),
      message('registry is one or more host:port pairs with commas between them'),
    );
}

function isHostAndPort(text: string): boolean {
  return /^(?:[^:[\]]*|\[[^[\]]*\]):[^:[\]]*$/.test(text);
}

function checkFibreChannel(source: Field, visit: Visit): void {
  const [names, ids] = [source.get('targetWWNs'), source.get('wwids')];
  if (names.items().length > 0 === ids.items().length > 0)
    tell(
      source,
      'targetWWNs',
      message('A Fibre Channel volume is named either by targetWWNs or by wwids'),
      visit,
    );
  if (names.items().length === 0) return;
  const unit = source.get('lun');
  if (unit.written) checkRange(unit, 0, LAST_UNIT, visit);
  else visit.missing(source, 'lun', message('targetWWNs need the number of the unit; add lun'));
}

function checkFlex(source: Field, visit: Visit): void {
  needs('driver')(source, visit);
  for (const option of source.get('options').entries()) {
    const owner = `.${option.key.split('/', 1)[0] ?? ''}`.toLowerCase();
    if (owner.endsWith('.kubernetes.io') || owner.endsWith('.k8s.io'))
      visit.report(
        option,
        message('Names of kubernetes.io and k8s.io are kept for Kubernetes; use another'),
        {
          range: option.head,
        },
      );
  }
}

function checkAzureDisk(source: Field, visit: Visit): void {
  needs('diskName', 'diskURI')(source, visit);
  if (source.get('cachingMode').written) checkChoice(source.get('cachingMode'), cachingModes, visit);
  const [kind, uri] = [source.get('kind').text(), source.get('diskURI').text()];
  checkChoice(source.get('kind'), diskKinds, visit);
  if (uri === null || uri === '') return;
  // The server sets the kind to Shared where none is written.
  const start = kind === 'Managed' ? '/subscriptions/' : 'https://';
  if (!source.get('kind').written || kind !== null)
    if (!uri.startsWith(start))
      visit.report(
        source.get('diskURI'),
        message('The URI of a disk of this kind begins with {0}; change it', start),
      );
}
