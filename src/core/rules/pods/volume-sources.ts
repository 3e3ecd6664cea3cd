/** Where volumes come from: the fields of which a volume has one, in the order in which the server looks at them. */
import { message } from '../../finding.ts';
import type { Field } from '../../schema/field.ts';
import type { Visit } from '../rule.ts';
import { removal } from '../fixes.ts';

/** Of a volume in a pod. */
export const podSources: readonly string[] = [
  'emptyDir',
  'hostPath',
  'gitRepo',
  'gcePersistentDisk',
  'awsElasticBlockStore',
  'secret',
  'nfs',
  'iscsi',
  'glusterfs',
  'flocker',
  'persistentVolumeClaim',
  'rbd',
  'cinder',
  'cephfs',
  'quobyte',
  'downwardAPI',
  'fc',
  'flexVolume',
  'configMap',
  'azureFile',
  'vsphereVolume',
  'photonPersistentDisk',
  'portworxVolume',
  'azureDisk',
  'storageos',
  'projected',
  'scaleIO',
  'csi',
  'ephemeral',
  'image',
];

/** Of a PersistentVolume. */
export const persistentSources: readonly string[] = [
  'hostPath',
  'gcePersistentDisk',
  'awsElasticBlockStore',
  'glusterfs',
  'flocker',
  'nfs',
  'rbd',
  'quobyte',
  'cephfs',
  'iscsi',
  'cinder',
  'fc',
  'flexVolume',
  'azureFile',
  'vsphereVolume',
  'photonPersistentDisk',
  'portworxVolume',
  'azureDisk',
  'scaleIO',
  'local',
  'storageos',
  'csi',
];

/** The server calls two of them by other names when they come second. */
const serverNames: ReadonlyMap<string, string> = new Map([
  ['cephfs', 'cephFS'],
  ['downwardAPI', 'downwarAPI'],
]);

export function writtenSources(volume: Field, sources: readonly string[]): readonly Field[] {
  return volume.entries().filter(({ key, written }) => written && sources.includes(key));
}

/** Says that a volume has more than one source. The one the server looks at first counts. */
export function checkOneSource(volume: Field, sources: readonly string[], visit: Visit): void {
  const written = writtenSources(volume, sources);
  if (written.length < 2) return;
  const inOrder = [...written].sort((a, b) => sources.indexOf(a.key) - sources.indexOf(b.key));
  const [first, ...others] = inOrder;
  for (const other of others) {
    // The server forgot to look at this one.
    if (sources === persistentSources && other.key === 'flexVolume') continue;
    visit.report(other, message('A volume is of one kind; remove {0} or {1}', other.key, first?.key ?? ''), {
      path: volume.get(serverNames.get(other.key) ?? other.key).path,
      fixes: removal(other, visit),
    });
  }
}
