import { indent } from '../../../marked.ts';
import { objectCase, podCase, type ServerCase, templateCase } from '../../server-cases.ts';

const volume = (text: string): string => `volumes: [{ name: v, ${text} }]`;
const mounting = (mounts: string, volumes: string): string =>
  `containers: [{ name: a, image: b, ${mounts} }]\nvolumes: [${volumes}]`;
const V = 'spec.volumes[0]';
const projected = (text: string): string => volume(`projected: { sources: [${text}] }`);

const statefulSet = (
  title: string,
  mounts: string,
  claims: string,
  errors: readonly string[] = [],
): ServerCase =>
  objectCase(
    'apps/v1',
    'StatefulSet',
    title,
    `spec:
  serviceName: a
  selector: { matchLabels: { a: b } }
  template:
    metadata: { labels: { a: b } }
    spec:
      containers: [{ name: a, image: b, volumeMounts: [${mounts}] }]
  volumeClaimTemplates:
${indent(claims, 4)}`,
    errors,
  );

/** Volumes and mounts of pods. */
export const cases: readonly ServerCase[] = [
  podCase('a volume with only a name', 'volumes: [{ name: v }]'),
  podCase('a volume with null for its kind', volume('configMap: null')),
  podCase('a volume without a name', 'volumes: [{ emptyDir: {} }]', [`volume-name-invalid ${V}.name`]),
  podCase('a bad name', 'volumes: [{ name: a_b }]', [`volume-name-invalid ${V}.name`]),
  podCase('a name twice', 'volumes: [{ name: v }, { name: v }]', [
    'volume-name-invalid spec.volumes[1].name',
  ]),
  podCase('a volume of two kinds', volume('configMap: { name: a }, emptyDir: {}'), [
    `volume-source-conflict ${V}.configMap`,
  ]),
  podCase(
    'a volume of three kinds',
    volume('secret: { secretName: a }, hostPath: { path: /a }, nfs: { server: a, path: /b }'),
    [`volume-source-conflict ${V}.secret`, `volume-source-conflict ${V}.nfs`],
  ),
  podCase('facts beside an empty folder', volume('downwardAPI: {}, emptyDir: {}'), [
    `volume-source-conflict ${V}.downwarAPI`,
  ]),

  podCase('sizes', volume('emptyDir: { medium: tmpfs, sizeLimit: 0 }')),
  podCase('a negative size', volume('emptyDir: { sizeLimit: -1 }'), [
    `quantity-invalid ${V}.emptyDir.sizeLimit`,
  ]),
  podCase(
    'folders of the node',
    'volumes: [{ name: a, hostPath: { path: a, type: "" } }, { name: b, hostPath: { path: /, type: Socket } }, { name: c, hostPath: { path: /a..b, type: null } }]',
  ),
  podCase('no folder', volume('hostPath: { type: Socket }'), [`volume-path-invalid ${V}.hostPath.path`]),
  podCase('a folder that leads up', volume('hostPath: { path: /a/../b }'), [
    `volume-path-invalid ${V}.hostPath.path`,
  ]),
  podCase('an unknown type of folder', volume('hostPath: { path: /a, type: Folder }'), [
    `volume-source-invalid ${V}.hostPath.type`,
  ]),
  podCase('a repository', volume('gitRepo: { repository: r, directory: a/b }')),
  podCase('no repository', volume('gitRepo: { directory: /a }'), [
    `volume-source-invalid ${V}.gitRepo.repository`,
    `volume-path-invalid ${V}.gitRepo.directory`,
  ]),

  podCase(
    'a secret',
    volume('secret: { secretName: s/t, defaultMode: 0400, items: [{ key: a, path: b/c, mode: 511 }] }'),
  ),
  podCase('a secret without a name', volume('secret: {}'), [`volume-source-invalid ${V}.secret.secretName`]),
  podCase('a ConfigMap without a name', volume('configMap: { optional: true }'), [
    `volume-source-invalid ${V}.configMap.name`,
  ]),
  podCase(
    'decimal modes',
    'volumes: [{ name: a, secret: { secretName: s, defaultMode: 600 } }, { name: b, configMap: { name: s, defaultMode: 400 } }]',
    [`file-mode-invalid ${V}.secret.defaultMode`],
  ),
  podCase(
    'negative modes',
    volume('configMap: { name: a, defaultMode: -1, items: [{ key: a, path: b, mode: 512 }] }'),
    [`file-mode-invalid ${V}.configMap.defaultMode`, `file-mode-invalid ${V}.configMap.items[0].mode`],
  ),
  podCase('an item without key and path', volume('configMap: { name: a, items: [{}] }'), [
    `volume-path-invalid ${V}.configMap.items[0].key`,
    `volume-path-invalid ${V}.configMap.items[0].path`,
  ]),
  podCase(
    'items that lead out',
    volume(
      'secret: { secretName: a, items: [{ key: a, path: /b }, { key: a, path: b/../c }, { key: a, path: ..b }, { key: a, path: b/..c }] }',
    ),
    [0, 1, 2].map((i) => `volume-path-invalid ${V}.secret.items[${i}].path`),
  ),

  podCase('a claim', volume('persistentVolumeClaim: { claimName: Any Name }')),
  podCase('a claim without a name', volume('persistentVolumeClaim: { readOnly: true }'), [
    `volume-source-invalid ${V}.persistentVolumeClaim.claimName`,
  ]),

  podCase(
    'facts',
    volume(
      'downwardAPI: { defaultMode: 292, items: [{ path: a, fieldRef: { fieldPath: metadata.labels } }, { path: b, fieldRef: { fieldPath: "metadata.annotations[\'A.b/C\']" } }, { path: c, resourceFieldRef: { containerName: x, resource: limits.cpu, divisor: 1m } }, { path: d, resourceFieldRef: { containerName: x, resource: requests.hugepages-2Mi, divisor: 1Mi } }, { path: e, resourceFieldRef: { containerName: x, resource: limits.memory, divisor: 0 } }] }',
    ),
  ),
  podCase('a fact without source', volume('downwardAPI: { items: [{ path: a }] }'), [
    `downward-api-invalid ${V}.downwardAPI`,
  ]),
  podCase(
    'a fact of two sources',
    volume(
      'downwardAPI: { items: [{ path: a, fieldRef: { fieldPath: metadata.name }, resourceFieldRef: { containerName: app, resource: limits.cpu } }] }',
    ),
    [`downward-api-invalid ${V}.downwardAPI`],
  ),
  podCase(
    'a fact no file can hold',
    volume('downwardAPI: { items: [{ path: a, fieldRef: { fieldPath: spec.nodeName } }] }'),
    [`downward-api-invalid ${V}.downwardAPI.fieldRef.fieldPath`],
  ),
  podCase(
    'a fact there is not',
    volume('downwardAPI: { items: [{ path: a, fieldRef: { fieldPath: metadata.nam } }] }'),
    [`downward-api-invalid ${V}.downwardAPI.fieldRef.fieldPath`],
  ),
  podCase('a fact without a field', volume('downwardAPI: { items: [{ path: a, fieldRef: {} }] }'), [
    `downward-api-invalid ${V}.downwardAPI.fieldRef.fieldPath`,
  ]),
  podCase(
    'a fact of another version',
    volume('downwardAPI: { items: [{ path: a, fieldRef: { apiVersion: v2, fieldPath: metadata.name } }] }'),
    [`downward-api-invalid ${V}.downwardAPI.fieldRef.fieldPath`],
  ),
  podCase(
    'a label that cannot be',
    volume('downwardAPI: { items: [{ path: a, fieldRef: { fieldPath: "metadata.labels[\'a b\']" } }] }'),
    [`downward-api-invalid ${V}.downwardAPI.fieldRef`],
  ),
  podCase(
    'a part of a name',
    volume('downwardAPI: { items: [{ path: a, fieldRef: { fieldPath: "metadata.name[\'a\']" } }] }'),
    [`downward-api-invalid ${V}.downwardAPI.fieldRef.fieldPath`],
  ),
  podCase(
    'a limit of no container',
    volume('downwardAPI: { items: [{ path: a, resourceFieldRef: { resource: limits.cpu } }] }'),
    [`downward-api-invalid ${V}.downwardAPI.resourceFieldRef.containerName`],
  ),
  podCase(
    'a limit of nothing',
    volume('downwardAPI: { items: [{ path: a, resourceFieldRef: { containerName: app } }] }'),
    [`downward-api-invalid ${V}.downwardAPI.resourceFieldRef.resource`],
  ),
  podCase(
    'what is neither limit nor request',
    volume('downwardAPI: { items: [{ path: a, resourceFieldRef: { containerName: app, resource: cpu } }] }'),
    [`downward-api-invalid ${V}.downwardAPI.resourceFieldRef.resource`],
  ),
  podCase(
    'a divisor that is none',
    volume(
      'downwardAPI: { items: [{ path: a, resourceFieldRef: { containerName: app, resource: limits.cpu, divisor: 2 } }] }',
    ),
    [`downward-api-invalid ${V}.downwardAPI.resourceFieldRef.divisor`],
  ),
  podCase(
    'a divisor of bytes',
    volume(
      'downwardAPI: { items: [{ path: a, resourceFieldRef: { containerName: app, resource: limits.memory, divisor: 2Mi } }] }',
    ),
    [`downward-api-invalid ${V}.downwardAPI.resourceFieldRef.divisor`],
  ),
  podCase(
    'a divisor written otherwise',
    volume(
      'downwardAPI: { items: [{ path: a, resourceFieldRef: { containerName: app, resource: limits.memory, divisor: 1000 } }, { path: b, resourceFieldRef: { containerName: app, resource: limits.cpu, divisor: 0.001 } }] }',
    ),
  ),
  podCase(
    'a fact that leads out',
    volume(
      'downwardAPI: { items: [{ path: /a, mode: 600, fieldRef: { fieldPath: metadata.name } }, { fieldRef: { fieldPath: metadata.name } }] }',
    ),
    [`volume-path-invalid ${V}.downwardAPI.path`, `file-mode-invalid ${V}.downwardAPI.mode`],
  ),

  podCase(
    'several sources',
    projected(
      '{ secret: { name: a } }, { configMap: { name: b, items: [{ key: k, path: p }] } }, { serviceAccountToken: { path: t, expirationSeconds: 600 } }, { downwardAPI: { items: [{ path: q, fieldRef: { fieldPath: metadata.name } }] } }, {}',
    ),
  ),
  podCase('an entry with two sources', projected('{ secret: { name: a }, configMap: { name: b } }'), [
    `projected-volume-invalid ${V}.projected.sources[0]`,
  ]),
  podCase('sources without names', projected('{ secret: {} }, { configMap: {} }'), [
    `projected-volume-invalid ${V}.projected.sources[0].secret.name`,
    `projected-volume-invalid ${V}.projected.sources[1].configMap.name`,
  ]),
  podCase(
    'a path of two sources',
    projected(
      '{ secret: { name: a, items: [{ key: a, path: p }] } }, { configMap: { name: b, items: [{ key: a, path: p }] } }',
    ),
    [`projected-volume-invalid ${V}.projected`],
  ),
  podCase('a short token', projected('{ serviceAccountToken: { path: t, expirationSeconds: 599 } }'), [
    `projected-volume-invalid ${V}.projected.sources[0].serviceAccountToken.expirationSeconds`,
  ]),
  podCase('a long token', projected('{ serviceAccountToken: { path: t, expirationSeconds: 4294967297 } }'), [
    `projected-volume-invalid ${V}.projected.sources[0].serviceAccountToken.expirationSeconds`,
  ]),
  podCase('a token without a path', projected('{ serviceAccountToken: {} }'), [
    `volume-path-invalid ${V}.projected.path`,
  ]),
  podCase('a token that leads out', projected('{ serviceAccountToken: { path: ../t } }'), [
    `volume-path-invalid ${V}.projected.path`,
  ]),
  podCase('a large mode for all', volume('projected: { defaultMode: 512, sources: [] }'), [
    `file-mode-invalid ${V}.projected.defaultMode`,
  ]),
  podCase('a bundle of trust behind its gate', projected('{ clusterTrustBundle: {} }')),
  podCase('a certificate behind its gate', projected('{ podCertificate: { keyType: x } }')),

  podCase('NFS', volume('nfs: { server: a, path: / }')),
  podCase('NFS without anything', volume('nfs: {}'), [
    `volume-source-invalid ${V}.nfs.server`,
    `volume-source-invalid ${V}.nfs.path`,
  ]),
  podCase('NFS with a relative path', volume('nfs: { server: a, path: b }'), [
    `volume-source-invalid ${V}.nfs.path`,
  ]),
  podCase('a driver', volume('csi: { driver: CSI.example.com, nodePublishSecretRef: { name: s } }')),
  podCase('no driver', volume('csi: {}'), [`volume-source-invalid ${V}.csi.driver`]),
  podCase('a driver that is no name', volume('csi: { driver: a_b }'), [
    `volume-source-invalid ${V}.csi.driver`,
  ]),
  podCase('a driver with a long name', volume(`csi: { driver: ${'a'.repeat(64)} }`), [
    `volume-source-invalid ${V}.csi.driver`,
  ]),
  podCase('a driver with a secret without a name', volume('csi: { driver: a, nodePublishSecretRef: {} }'), [
    `volume-source-invalid ${V}.csi.nodePublishSecretRef.name`,
  ]),
  podCase(
    'a driver with a secret that is no name',
    volume('csi: { driver: a, nodePublishSecretRef: { name: A } }'),
    [`volume-source-invalid ${V}.csi.name`],
  ),
  podCase('an image', volume('image: { reference: a:1 }')),
  podCase('no image', volume('image: {}'), [`volume-source-invalid ${V}.image.reference`]),
  templateCase('no image', volume('image: {}')),
  podCase('an unknown pull policy', volume('image: { reference: a, pullPolicy: always }'), [
    `volume-source-invalid ${V}.image.pullPolicy`,
  ]),

  podCase(
    'iSCSI',
    volume(
      'iscsi: { targetPortal: 10.0.0.1:3260, iqn: "iqn.2001-04.com.example:storage.kube", lun: 0, initiatorName: eui.02004567A425678D }',
    ),
  ),
  podCase('iSCSI without anything', volume('iscsi: { lun: 256, chapAuthSession: true }'), [
    `volume-source-invalid ${V}.iscsi.targetPortal`,
    `volume-source-invalid ${V}.iscsi.iqn`,
    `volume-source-invalid ${V}.iscsi.lun`,
    `volume-source-invalid ${V}.iscsi.secretRef`,
  ]),
  podCase(
    'iSCSI with bad names',
    volume('iscsi: { targetPortal: a, iqn: iqn.x, lun: 0, initiatorName: b }'),
    [`volume-source-invalid ${V}.iscsi.iqn`, `volume-source-invalid ${V}.iscsi.initiatorname`],
  ),
  podCase(
    'iSCSI with a long portal',
    volume(
      `iscsi: { targetPortal: ${'a'.repeat(63)}, iqn: naa.${'1'.repeat(32)}, lun: 0, initiatorName: eui.02004567A425678D }`,
    ),
    [`volume-source-invalid ${V}.name`],
  ),
  podCase('a disk of Google', volume('gcePersistentDisk: { partition: 256 }'), [
    `volume-source-invalid ${V}.persistentDisk.pdName`,
    `volume-source-invalid ${V}.persistentDisk.partition`,
  ]),
  podCase('a disk of Amazon', volume('awsElasticBlockStore: { partition: -1 }'), [
    `volume-source-invalid ${V}.awsElasticBlockStore.volumeID`,
    `volume-source-invalid ${V}.awsElasticBlockStore.partition`,
  ]),
  podCase('Glusterfs', volume('glusterfs: {}'), [
    `volume-source-invalid ${V}.glusterfs.endpoints`,
    `volume-source-invalid ${V}.glusterfs.path`,
  ]),
  podCase('Flocker without a name', volume('flocker: {}'), [`volume-source-invalid ${V}.flocker`]),
  podCase('Flocker with two names', volume('flocker: { datasetName: a/b, datasetUUID: c }'), [
    `volume-source-invalid ${V}.flocker`,
    `volume-source-invalid ${V}.flocker.datasetName`,
  ]),
  podCase('RBD', volume('rbd: {}'), [
    `volume-source-invalid ${V}.rbd.monitors`,
    `volume-source-invalid ${V}.rbd.image`,
  ]),
  podCase('Ceph', volume('cephfs: { monitors: [] }'), [`volume-source-invalid ${V}.cephfs.monitors`]),
  podCase('Cinder', volume('cinder: { secretRef: {} }'), [
    `volume-source-invalid ${V}.cinder.volumeID`,
    `volume-source-invalid ${V}.cinder.secretRef.name`,
  ]),
  podCase('Quobyte', volume('quobyte: { registry: "a:1,[::1]:2", volume: b }')),
  podCase('Quobyte without anything', volume('quobyte: {}'), [
    `volume-source-invalid ${V}.quobyte.registry`,
    `volume-source-invalid ${V}.quobyte.volume`,
  ]),
  podCase('Quobyte without a port', volume('quobyte: { registry: "a:1,b", volume: c }'), [
    `volume-source-invalid ${V}.quobyte.registry`,
  ]),
  podCase(
    'Quobyte with a long tenant',
    volume(`quobyte: { registry: "a:1", volume: c, tenant: ${'t'.repeat(65)} }`),
    [`volume-source-invalid ${V}.quobyte.tenant`],
  ),
  podCase('Fibre Channel', volume('fc: { targetWWNs: [a], lun: 1 }')),
  podCase('Fibre Channel without a name', volume('fc: { lun: 300 }'), [
    `volume-source-invalid ${V}.fc.targetWWNs`,
  ]),
  podCase('Fibre Channel without a unit', volume('fc: { targetWWNs: [a] }'), [
    `volume-source-invalid ${V}.fc.lun`,
  ]),
  podCase('Fibre Channel with two names', volume('fc: { targetWWNs: [a], lun: 256, wwids: [b] }'), [
    `volume-source-invalid ${V}.fc.targetWWNs`,
    `volume-source-invalid ${V}.fc.lun`,
  ]),
  podCase('a flexible volume', volume('flexVolume: { options: { A.kubernetes.io/b: c, "d": e } }'), [
    `volume-source-invalid ${V}.flexVolume.driver`,
    `volume-source-invalid ${V}.flexVolume.options[A.kubernetes.io/b]`,
  ]),
  podCase('files of Azure', volume('azureFile: {}'), [
    `volume-source-invalid ${V}.azureFile.secretName`,
    `volume-source-invalid ${V}.azureFile.shareName`,
  ]),
  podCase(
    'disks of Azure',
    'volumes: [{ name: a, azureDisk: { diskName: a, diskURI: https://x } }, { name: b, azureDisk: { diskName: a, diskURI: /subscriptions/x, kind: Managed } }]',
  ),
  podCase(
    'a managed disk of Azure elsewhere',
    volume('azureDisk: { diskName: a, diskURI: https://x, kind: Managed }'),
    [`volume-source-invalid ${V}.azureDisk.diskURI`],
  ),
  podCase(
    'a disk of Azure of unknown kind',
    volume('azureDisk: { diskName: a, diskURI: https://x, kind: Big, cachingMode: Some }'),
    [`volume-source-invalid ${V}.azureDisk.kind`, `volume-source-invalid ${V}.azureDisk.cachingMode`],
  ),
  podCase('a disk of Azure without a name', volume('azureDisk: { kind: Managed }'), [
    `volume-source-invalid ${V}.azureDisk.diskName`,
    `volume-source-invalid ${V}.azureDisk.diskURI`,
  ]),
  podCase('a shared disk of Azure elsewhere', volume('azureDisk: { diskName: a, diskURI: x }'), [
    `volume-source-invalid ${V}.azureDisk.diskURI`,
  ]),
  podCase('vSphere', volume('vsphereVolume: {}'), [`volume-source-invalid ${V}.vsphereVolume.volumePath`]),
  podCase('Photon', volume('photonPersistentDisk: {}'), [
    `volume-source-invalid ${V}.photonPersistentDisk.pdID`,
  ]),
  podCase('Portworx', volume('portworxVolume: {}'), [`volume-source-invalid ${V}.portworxVolume.volumeID`]),
  podCase(
    'ScaleIO',
    volume('scaleIO: { secretRef: {} }'),
    ['gateway', 'system', 'volumeName'].map((key) => `volume-source-invalid ${V}.scaleIO.${key}`),
  ),
  podCase(
    'StorageOS',
    volume('storageos: { volumeName: A, volumeNamespace: B, secretRef: {} }'),
    ['volumeName', 'volumeNamespace', 'secretRef.name'].map(
      (key) => `volume-source-invalid ${V}.storageos.${key}`,
    ),
  ),

  podCase(
    'an ephemeral volume',
    volume(
      'ephemeral: { volumeClaimTemplate: { metadata: { labels: { a: b }, name: "" }, spec: { accessModes: [ReadWriteOnce], resources: { requests: { storage: 1Gi } } } } }',
    ),
  ),
  podCase('an ephemeral volume without a claim', volume('ephemeral: {}'), [
    `ephemeral-volume-invalid ${V}.ephemeral.volumeClaimTemplate`,
  ]),
  podCase('an ephemeral volume with an empty claim', volume('ephemeral: { volumeClaimTemplate: {} }'), [
    `access-modes-invalid ${V}.ephemeral.volumeClaimTemplate.spec.accessModes`,
    `claim-size-missing ${V}.ephemeral.volumeClaimTemplate.spec.resources[storage]`,
  ]),
  podCase(
    'an ephemeral volume with a named claim',
    volume(
      'ephemeral: { volumeClaimTemplate: { metadata: { name: x }, spec: { accessModes: [ReadWriteOnce], resources: { requests: { storage: 1Gi } } } } }',
    ),
    [`ephemeral-volume-invalid ${V}.ephemeral.volumeClaimTemplate.metadata.name`],
  ),
  podCase(
    'the claim of an ephemeral volume',
    'volumes: [{ name: v, ephemeral: { volumeClaimTemplate: { spec: { accessModes: [ReadWriteOnce], resources: { requests: { storage: 1Gi } } } } } }, { name: w, persistentVolumeClaim: { claimName: case-v } }]',
    ['ephemeral-volume-invalid spec.volumes[1].persistentVolumeClaim.claimName'],
  ),
  templateCase(
    'the claim of an ephemeral volume',
    'volumes: [{ name: v, ephemeral: { volumeClaimTemplate: { spec: { accessModes: [ReadWriteOnce], resources: { requests: { storage: 1Gi } } } } } }, { name: w, persistentVolumeClaim: { claimName: case-v } }]',
  ),

  podCase('mounts', mounting('volumeMounts: [{ name: v, mountPath: /a }]', '{ name: v }')),
  podCase('a mount of no volume', mounting('volumeMounts: [{ name: w, mountPath: /a }]', '{ name: v }'), [
    'volume-missing spec.containers[0].volumeMounts[0].name',
  ]),
  podCase(
    'a mount where there are no volumes',
    'initContainers: [{ name: i, image: b, volumeMounts: [{ name: w, mountPath: /a }] }]',
    ['volume-missing spec.initContainers[0].volumeMounts[0].name'],
  ),
  templateCase(
    'a mount of no volume',
    mounting('volumeMounts: [{ name: w, mountPath: /a }]', '{ name: v }'),
    ['volume-missing spec.containers[0].volumeMounts[0].name'],
  ),
  podCase(
    'a device',
    mounting(
      'volumeDevices: [{ name: v, devicePath: dev/x }]',
      '{ name: v, persistentVolumeClaim: { claimName: c } }',
    ),
  ),
  podCase('a device of no volume', mounting('volumeDevices: [{ name: w, devicePath: /a }]', '{ name: v }'), [
    'volume-missing spec.containers[0].volumeDevices[0].name',
  ]),
  podCase('a device of no claim', mounting('volumeDevices: [{ name: v, devicePath: /a }]', '{ name: v }'), [
    'volume-device-invalid spec.containers[0].volumeDevices[0].name',
  ]),
  podCase('a device without name and path', mounting('volumeDevices: [{}]', '{ name: v }'), [
    'volume-device-invalid spec.containers[0].volumeDevices[0].name',
    'volume-device-invalid spec.containers[0].volumeDevices[0].devicePath',
  ]),
  podCase(
    'a device twice',
    mounting(
      'volumeDevices: [{ name: v, devicePath: /a }, { name: v, devicePath: /a }]',
      '{ name: v, persistentVolumeClaim: { claimName: c } }',
    ),
    [
      'volume-device-invalid spec.containers[0].volumeDevices[1].name',
      'volume-device-invalid spec.containers[0].volumeDevices[1].devicePath',
    ],
  ),
  podCase(
    'a device that leads up',
    mounting(
      'volumeDevices: [{ name: v, devicePath: /a/../b }]',
      '{ name: v, persistentVolumeClaim: { claimName: c } }',
    ),
    ['volume-device-invalid spec.containers[0].volumeDevices[0].devicePath'],
  ),
  podCase(
    'a volume both ways',
    mounting(
      'volumeMounts: [{ name: v, mountPath: /a }], volumeDevices: [{ name: v, devicePath: /a }]',
      '{ name: v, persistentVolumeClaim: { claimName: c } }',
    ),
    [
      'volume-device-invalid spec.containers[0].volumeDevices[0].name',
      'volume-device-invalid spec.containers[0].volumeDevices[0].devicePath',
    ],
  ),

  statefulSet(
    'a mount of its claim',
    '{ name: data, mountPath: /a }',
    '- metadata: { name: data }\n  spec: { accessModes: [ReadWriteOnce], resources: { requests: { storage: 1Gi } } }',
  ),
  statefulSet(
    'a mount of no claim',
    '{ name: dat, mountPath: /a }',
    '- metadata: { name: data }\n  spec: { accessModes: [ReadWriteOnce], resources: { requests: { storage: 1Gi } } }',
    ['volume-missing spec.template.spec.containers[0].volumeMounts[0].name'],
  ),
  statefulSet(
    'a claim without a size',
    '{ name: data, mountPath: /a }',
    '- metadata: { name: data }\n  spec: { accessModes: [RWO] }',
    [
      'access-modes-invalid spec.volumeClaimTemplates[0].spec.accessModes',
      'claim-size-missing spec.volumeClaimTemplates[0].spec.resources[storage]',
    ],
  ),
];
