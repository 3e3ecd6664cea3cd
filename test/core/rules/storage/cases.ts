import { indent } from '../../marked.ts';
import { objectCase, type ServerCase } from '../server-cases.ts';

const claim = (title: string, spec: string, errors: readonly string[] = []): ServerCase =>
  objectCase('v1', 'PersistentVolumeClaim', title, `spec:\n${indent(spec, 2)}`, errors);
const sized = 'accessModes: [ReadWriteOnce]\nresources: { requests: { storage: 1Gi } }\n';

const volume = (title: string, spec: string, errors: readonly string[] = []): ServerCase =>
  objectCase('v1', 'PersistentVolume', title, `spec:\n${indent(spec, 2)}`, errors);
const filled = 'capacity: { storage: 1Gi }\naccessModes: [ReadWriteOnce]\n';
const csi = `${filled}csi: { driver: csi.example.com, volumeHandle: v }\n`;

const storage = (kind: string, title: string, body: string, errors: readonly string[] = []): ServerCase =>
  objectCase('storage.k8s.io/v1', kind, title, body, errors);
const attached = 'spec:\n  attacher: csi.example.com\n  nodeName: node-1\n  source: ';

/** Volumes, claims, and classes of storage. */
export const cases: readonly ServerCase[] = [
  claim('a size and a mode', sized),
  objectCase('v1', 'PersistentVolumeClaim', 'no spec', '', [
    'access-modes-invalid spec.accessModes',
    'claim-size-missing spec.resources[storage]',
  ]),
  claim('no size', 'accessModes: [ReadWriteOnce]', ['claim-size-missing spec.resources[storage]']),
  claim('a limit alone', 'accessModes: [ReadWriteOnce]\nresources: { limits: { storage: 1Gi } }', [
    'claim-size-missing spec.resources[storage]',
  ]),
  claim('a size of null', 'accessModes: [ReadWriteOnce]\nresources: { requests: { storage: null } }', [
    'claim-size-missing spec.resources[storage]',
  ]),
  claim('a size of nothing', 'accessModes: [ReadWriteOnce]\nresources: { requests: { storage: 0 } }', [
    'claim-size-missing spec.resources[storage]',
  ]),
  claim('a negative size', 'accessModes: [ReadWriteOnce]\nresources: { requests: { storage: -1Gi } }', [
    'claim-size-missing spec.resources[storage]',
  ]),
  claim(
    'a negative limit and other requests',
    'accessModes: [ReadWriteOnce]\nresources: { requests: { storage: 1m, foo: -1 }, limits: { storage: -1 } }',
  ),
  claim('no mode', 'resources: { requests: { storage: 1Gi } }', ['access-modes-invalid spec.accessModes']),
  claim('an empty list of modes', 'accessModes: []\nresources: { requests: { storage: 1Gi } }', [
    'access-modes-invalid spec.accessModes',
  ]),
  claim('an unknown mode', 'accessModes: [RWO]\nresources: { requests: { storage: 1Gi } }', [
    'access-modes-invalid spec.accessModes',
  ]),
  claim('a mode of null', 'accessModes: [null]\nresources: { requests: { storage: 1Gi } }', [
    'access-modes-invalid spec.accessModes',
  ]),
  claim(
    'a mode twice',
    'accessModes: [ReadWriteOncePod, ReadWriteOncePod]\nresources: { requests: { storage: 1Gi } }',
  ),
  claim(
    'one pod beside others',
    'accessModes: [ReadWriteOncePod, ReadWriteOnce]\nresources: { requests: { storage: 1Gi } }',
    ['access-modes-invalid spec.accessModes'],
  ),
  claim(
    'classes',
    `${sized}storageClassName: fast.ssd\nvolumeAttributesClassName: gold\nvolumeMode: Block\nvolumeName: Any Name`,
  ),
  claim('empty classes', `${sized}storageClassName: ""\nvolumeAttributesClassName: ""`),
  claim('bad names of classes', `${sized}storageClassName: Fast\nvolumeAttributesClassName: a_b`, [
    'claim-invalid spec.storageClassName',
    'claim-invalid spec.volumeAttributesClassName',
  ]),
  claim('an unknown mode of the volume', `${sized}volumeMode: block`, ['claim-invalid spec.volumeMode']),
  claim('an empty mode of the volume', `${sized}volumeMode: ""`, ['claim-invalid spec.volumeMode']),

  claim('a claim to start with', `${sized}dataSource: { kind: PersistentVolumeClaim, name: a }`),
  claim(
    'a snapshot to start with',
    `${sized}dataSource: { apiGroup: snapshot.storage.k8s.io, kind: VolumeSnapshot, name: a }`,
  ),
  claim('anything in the older field', `${sized}dataSource: { kind: Thing }`),
  claim('a claim without a name', `${sized}dataSource: { kind: PersistentVolumeClaim }`, [
    'claim-source-invalid spec.dataSource.name',
  ]),
  claim('a populator', `${sized}dataSourceRef: { apiGroup: example.com, kind: Thing, name: a }`),
  claim('another kind without a group', `${sized}dataSourceRef: { kind: Thing, name: a }`, [
    'claim-source-invalid spec.dataSourceRef',
  ]),
  claim('an empty reference', `${sized}dataSourceRef: {}`, [
    'claim-source-invalid spec.dataSourceRef.name',
    'claim-source-invalid spec.dataSourceRef.kind',
    'claim-source-invalid spec.dataSourceRef',
  ]),
  claim('a group that is none', `${sized}dataSourceRef: { apiGroup: A_B, kind: Thing, name: a }`, [
    'claim-source-invalid spec.dataSourceRef.apiGroup',
  ]),
  claim('what is elsewhere', `${sized}dataSourceRef: { kind: Thing, name: a, namespace: B }`),
  claim(
    'the same twice',
    `${sized}dataSource: { kind: PersistentVolumeClaim, name: a }\ndataSourceRef: { kind: PersistentVolumeClaim, name: a }`,
  ),
  claim(
    'two different sources',
    `${sized}dataSource: { kind: PersistentVolumeClaim, name: a }\ndataSourceRef: { kind: PersistentVolumeClaim, name: b }`,
    ['claim-source-invalid spec'],
  ),
  claim(
    'two different groups',
    `${sized}dataSource: { kind: PersistentVolumeClaim, name: a, apiGroup: "" }\ndataSourceRef: { kind: PersistentVolumeClaim, name: a }`,
    ['claim-source-invalid spec'],
  ),
  objectCase(
    'apps/v1',
    'StatefulSet',
    'claims with sources',
    `spec:
  serviceName: a
  selector: { matchLabels: { a: b } }
  template:
    metadata: { labels: { a: b } }
    spec: { containers: [{ name: a, image: b }] }
  volumeClaimTemplates:
    - metadata: { name: one }
      spec: { accessModes: [ReadWriteOnce], resources: { requests: { storage: 1Gi } }, dataSource: { kind: Thing, name: a } }
    - metadata: { name: two }
      spec: { accessModes: [ReadWriteOnce], resources: { requests: { storage: 1Gi } }, dataSourceRef: { kind: PersistentVolumeClaim, name: a, namespace: B } }
    - metadata: { name: three }
      spec: { accessModes: [ReadWriteOnce], resources: { requests: { storage: 1Gi } }, storageClassName: A, dataSource: { kind: PersistentVolumeClaim, name: a }, dataSourceRef: { kind: PersistentVolumeClaim, name: a, namespace: b } }
    - metadata: { name: four }
`,
    [
      'claim-source-invalid spec.volumeClaimTemplates[0].spec.dataSource',
      'claim-source-invalid spec.volumeClaimTemplates[1].spec.dataSourceRef.namespace',
      'claim-invalid spec.volumeClaimTemplates[2].spec.storageClassName',
      'claim-source-invalid spec.volumeClaimTemplates[2].spec',
      'access-modes-invalid spec.volumeClaimTemplates[3].spec.accessModes',
      'claim-size-missing spec.volumeClaimTemplates[3].spec.resources[storage]',
    ],
  ),

  volume('csi', `${csi}mountOptions: [Any, ""]\nstorageClassName: ""`),
  objectCase('v1', 'PersistentVolume', 'no spec', '', [
    'access-modes-invalid spec.accessModes',
    'persistent-volume-invalid spec.capacity',
    'persistent-volume-source-invalid spec',
  ]),
  volume('no kind', filled, ['persistent-volume-source-invalid spec']),
  volume('two kinds', `${csi}nfs: { server: a, path: /b }`, ['persistent-volume-source-invalid spec.csi']),
  volume('two kinds, Ceph second', `${filled}cephfs: { monitors: [a] }\nnfs: { server: a, path: /b }`, [
    'persistent-volume-source-invalid spec.cephFS',
  ]),
  volume('a flexible volume second', `${filled}flexVolume: { driver: a }\nnfs: { server: a, path: /b }`),
  volume(
    'a flexible volume first',
    `${filled}flexVolume: { driver: a }\ncsi: { driver: a, volumeHandle: b }`,
    ['persistent-volume-source-invalid spec.csi'],
  ),
  volume(
    'another capacity',
    'capacity: { memory: 1Gi }\naccessModes: [ReadWriteOnce]\nhostPath: { path: /a }',
    ['persistent-volume-invalid spec.capacity'],
  ),
  volume(
    'more capacity',
    'capacity: { storage: 1Gi, memory: 1Gi }\naccessModes: [ReadWriteOnce]\nhostPath: { path: /a }',
    ['persistent-volume-invalid spec.capacity'],
  ),
  volume(
    'a capacity of nothing',
    'capacity: { storage: 0 }\naccessModes: [ReadWriteOnce]\nhostPath: { path: /a }',
    ['persistent-volume-invalid spec.capacity[storage]'],
  ),
  volume(
    'a negative capacity',
    'capacity: { storage: -1 }\naccessModes: [ReadWriteOnce]\nhostPath: { path: /a }',
    ['persistent-volume-invalid spec.capacity[storage]'],
  ),
  volume(
    'a capacity of null',
    'capacity: { storage: null }\naccessModes: [ReadWriteOnce]\nhostPath: { path: /a }',
    ['persistent-volume-invalid spec.capacity[storage]'],
  ),
  volume('an empty capacity', 'capacity: {}\naccessModes: [ReadWriteOnce]\nhostPath: { path: /a }', [
    'persistent-volume-invalid spec.capacity',
  ]),
  volume('an unknown mode', 'capacity: { storage: 1Gi }\naccessModes: [RWX]\nhostPath: { path: /a }', [
    'access-modes-invalid spec.accessModes',
  ]),
  volume('policies', `${filled}hostPath: { path: /a }\npersistentVolumeReclaimPolicy: Recycle`),
  volume('an empty policy', `${filled}hostPath: { path: /a }\npersistentVolumeReclaimPolicy: ""`),
  volume('an unknown policy', `${filled}hostPath: { path: /a }\npersistentVolumeReclaimPolicy: Keep`, [
    'persistent-volume-invalid spec.persistentVolumeReclaimPolicy',
  ]),
  volume(
    'the root to be emptied',
    `${filled}hostPath: { path: //./ }\npersistentVolumeReclaimPolicy: Recycle`,
    ['persistent-volume-invalid spec.persistentVolumeReclaimPolicy'],
  ),
  volume('a bad name of a class', `${csi}storageClassName: A b`, [
    'persistent-volume-invalid spec.storageClassName',
  ]),
  volume('an unknown mode of the volume', `${csi}volumeMode: Raw`, [
    'persistent-volume-invalid spec.volumeMode',
  ]),
  volume('attributes', `${csi}volumeAttributesClassName: gold`),
  volume('empty attributes', `${csi}volumeAttributesClassName: ""`, [
    'persistent-volume-invalid spec.volumeAttributesClassName',
  ]),
  volume('attributes that are no name', `${csi}volumeAttributesClassName: A`, [
    'persistent-volume-invalid spec.volumeAttributesClassName',
  ]),
  volume('attributes without csi', `${filled}hostPath: { path: /a }\nvolumeAttributesClassName: gold`, [
    'persistent-volume-invalid spec.csi',
  ]),
  volume(
    'a local volume',
    `${filled}local: { path: /a }\nnodeAffinity: { required: { nodeSelectorTerms: [{ matchExpressions: [{ key: a, operator: Exists }] }] } }`,
  ),
  volume('a local volume anywhere', `${filled}local: { path: /a }`, [
    'persistent-volume-invalid spec.nodeAffinity',
  ]),
  volume('a local volume on no terms', `${filled}local: { path: /a }\nnodeAffinity: {}`, [
    'persistent-volume-invalid spec.nodeAffinity.required',
  ]),
  volume(
    'an affinity that cannot be read',
    `${csi}nodeAffinity: { required: { nodeSelectorTerms: [{ matchExpressions: [{ key: a, operator: Is, values: ["a b"] }] }] } }`,
    [
      'node-affinity-invalid spec.nodeAffinity.required.nodeSelectorTerms[0].matchExpressions[0].operator',
      'node-affinity-invalid spec.nodeAffinity.required.nodeSelectorTerms[0].matchExpressions[0].values[0]',
    ],
  ),
  volume(
    'a local volume without a path',
    `${filled}local: {}\nnodeAffinity: { required: { nodeSelectorTerms: [{}] } }`,
    ['volume-path-invalid spec.local.path'],
  ),
  volume(
    'a local path that leads up',
    `${filled}local: { path: /a/.. }\nnodeAffinity: { required: { nodeSelectorTerms: [{}] } }`,
    ['volume-path-invalid spec.local.path'],
  ),
  volume(
    'an incomplete csi',
    `${filled}csi: { nodePublishSecretRef: {}, controllerExpandSecretRef: { name: A, namespace: a.b }, nodeStageSecretRef: {} }`,
    [
      'volume-source-invalid spec.csi.driver',
      'volume-source-invalid spec.csi.volumeHandle',
      'volume-source-invalid spec.csi.nodePublishSecretRef.name',
      'volume-source-invalid spec.csi.nodePublishSecretRef.namespace',
      'volume-source-invalid spec.csi.controllerExpandSecretRef.name',
      'volume-source-invalid spec.csi.controllerExpandSecretRef.namespace',
    ],
  ),
  volume('NFS', `${filled}nfs: { server: a, path: b }`, ['volume-source-invalid spec.nfs.path']),
  volume('a disk of Google', `${filled}gcePersistentDisk: {}`, [
    'volume-source-invalid spec.persistentDisk.pdName',
  ]),
  volume('Glusterfs', `${filled}glusterfs: { endpoints: a, path: b, endpointsNamespace: "" }`, [
    'volume-source-invalid spec.glusterfs.endpointsNamespace',
  ]),
  volume(
    'iSCSI',
    `${filled}iscsi: { targetPortal: a, iqn: iqn.2001-04.com.example:a, lun: 0, secretRef: {} }`,
    ['volume-source-invalid spec.iscsi.secretRef.name'],
  ),
  volume(
    'iSCSI with a long portal',
    `${filled}iscsi: { targetPortal: ${'a'.repeat(61)}, iqn: iqn.2001-04.com.example:a, lun: 0, initiatorName: iqn.2001-04.com.example:b }`,
    ['volume-source-invalid spec.iscsi.targetportal'],
  ),
  volume('Cinder', `${filled}cinder: { volumeID: a, secretRef: { name: b } }`, [
    'volume-source-invalid spec.cinder.secretRef.namespace',
  ]),
  volume('files of Azure', `${filled}azureFile: { secretName: a, shareName: b, secretNamespace: "" }`, [
    'volume-source-invalid spec.azureFile.secretNamespace',
  ]),
  volume('StorageOS', `${filled}storageos: { volumeName: a, secretRef: { name: a } }`, [
    'volume-source-invalid spec.storageos.secretRef.namespace',
  ]),
  volume('a folder of nodes', `${filled}hostPath: { path: a/../b, type: "x" }`, [
    'volume-path-invalid spec.hostPath.path',
    'volume-source-invalid spec.hostPath.type',
  ]),
  volume('a claim by any name', `${csi}claimRef: { name: A_B, kind: Thing }`),

  storage('StorageClass', 'a provisioner', 'provisioner: Example.com/Disk'),
  storage('StorageClass', 'nothing', '', ['storage-class-invalid provisioner']),
  storage('StorageClass', 'a provisioner that is none', 'provisioner: a b', [
    'storage-class-invalid provisioner',
  ]),
  storage(
    'StorageClass',
    'empty policies',
    'provisioner: a\nreclaimPolicy: ""\nparameters: {}\nmountOptions: [""]',
  ),
  storage(
    'StorageClass',
    'unknown policies',
    'provisioner: a\nreclaimPolicy: Recycle\nvolumeBindingMode: Lazy',
    ['storage-class-invalid reclaimPolicy', 'storage-class-invalid volumeBindingMode'],
  ),
  storage('StorageClass', 'an empty binding', 'provisioner: a\nvolumeBindingMode: ""', [
    'storage-class-invalid volumeBindingMode',
  ]),
  storage('StorageClass', 'a parameter without a name', 'provisioner: a\nparameters: { "": b }', [
    'storage-class-invalid parameters',
  ]),
  storage(
    'StorageClass',
    'topologies',
    'provisioner: a\nallowedTopologies: [{ matchLabelExpressions: [{ key: zone, values: [a, b] }] }, { matchLabelExpressions: [{ key: zone, values: [a, c] }] }]',
  ),
  storage(
    'StorageClass',
    'an incomplete topology',
    'provisioner: a\nallowedTopologies: [{ matchLabelExpressions: [{ }] }]',
    [
      'storage-class-invalid allowedTopologies[0].matchLabelExpressions[0].key',
      'storage-class-invalid allowedTopologies[0].matchLabelExpressions[0].values',
    ],
  ),
  storage(
    'StorageClass',
    'a topology twice',
    'provisioner: a\nallowedTopologies: [{ matchLabelExpressions: [{ key: zone, values: [a, b] }] }, { matchLabelExpressions: [{ key: zone, values: [b, a] }] }]',
    ['storage-class-invalid allowedTopologies[1].matchLabelExpressions'],
  ),
  storage('StorageClass', 'an empty topology', 'provisioner: a\nallowedTopologies: [{}]', [
    'storage-class-invalid allowedTopologies[0].matchLabelExpressions',
  ]),
  storage(
    'StorageClass',
    'a value and a key twice',
    'provisioner: a\nallowedTopologies: [{ matchLabelExpressions: [{ key: zone, values: [a, a] }, { key: zone, values: [b] }] }]',
    [
      'storage-class-invalid allowedTopologies[0].matchLabelExpressions[0].values[1]',
      'storage-class-invalid allowedTopologies[0].matchLabelExpressions[1].key',
    ],
  ),

  storage('VolumeAttributesClass', 'a parameter', 'driverName: csi.example.com\nparameters: { a: b }'),
  storage('VolumeAttributesClass', 'nothing', '', [
    'volume-attributes-class-invalid driverName',
    'volume-attributes-class-invalid parameters',
  ]),
  storage('VolumeAttributesClass', 'no parameter', 'driverName: "a b"\nparameters: {}', [
    'volume-attributes-class-invalid driverName',
    'volume-attributes-class-invalid parameters',
  ]),

  storage('VolumeAttachment', 'a volume', `${attached}{ persistentVolumeName: v }`),
  storage('VolumeAttachment', 'no spec', '', [
    'volume-attachment-invalid spec.attacher',
    'volume-attachment-invalid spec.nodeName',
    'volume-attachment-invalid spec.source',
  ]),
  storage('VolumeAttachment', 'no source', `${attached}{}`, ['volume-attachment-invalid spec.source']),
  storage('VolumeAttachment', 'an empty name', `${attached}{ persistentVolumeName: "" }`, [
    'volume-attachment-invalid spec.source.persistentVolumeName',
  ]),
  storage('VolumeAttachment', 'a bad name', `${attached}{ persistentVolumeName: A }`, [
    'volume-attachment-invalid spec.source.persistentVolumeName',
  ]),
  storage(
    'VolumeAttachment',
    'bad names',
    'spec:\n  attacher: a_b\n  nodeName: Node\n  source: { persistentVolumeName: v }',
    ['volume-attachment-invalid spec.attacher', 'volume-attachment-invalid spec.nodeName'],
  ),
  storage(
    'VolumeAttachment',
    'both sources',
    `${attached}{ persistentVolumeName: v, inlineVolumeSpec: { accessModes: [ReadWriteOnce], csi: { driver: a, volumeHandle: b } } }`,
    ['volume-attachment-invalid spec.source'],
  ),
  storage(
    'VolumeAttachment',
    'a volume on the spot',
    `${attached}{ inlineVolumeSpec: { accessModes: [ReadWriteOnce], csi: { driver: a, volumeHandle: b } } }`,
  ),
  storage('VolumeAttachment', 'an empty volume on the spot', `${attached}{ inlineVolumeSpec: {} }`, [
    'access-modes-invalid spec.source.inlineVolumeSpec.accessModes',
    'volume-attachment-invalid spec.source.inlineVolumeSpec.csi',
    'persistent-volume-source-invalid spec.source.inlineVolumeSpec',
  ]),
  storage(
    'VolumeAttachment',
    'a whole volume on the spot',
    `${attached}{ inlineVolumeSpec: { accessModes: [ReadWriteOnce], csi: { driver: a, volumeHandle: b }, capacity: { storage: 1Gi }, claimRef: {}, storageClassName: a, nodeAffinity: {}, persistentVolumeReclaimPolicy: Delete, volumeMode: Block } }`,
    [
      'capacity',
      'claimRef',
      'storageClassName',
      'nodeAffinity',
      'persistentVolumeReclaimPolicy',
      'volumeMode',
    ].map((key) => `volume-attachment-invalid spec.source.inlineVolumeSpec.${key}`),
  ),

  storage('CSIDriver', 'no spec', ''),
  storage(
    'CSIDriver',
    'everything',
    'spec:\n  fsGroupPolicy: None\n  volumeLifecycleModes: [Ephemeral]\n  tokenRequests: [{}, { audience: a, expirationSeconds: 600 }]\n  serviceAccountTokenInSecrets: true\n  nodeAllocatableUpdatePeriodSeconds: 10',
  ),
  storage('CSIDriver', 'unknown words', 'spec: { fsGroupPolicy: none, volumeLifecycleModes: [Inline] }', [
    'csi-driver-invalid spec.fsGroupPolicy',
    'csi-driver-invalid spec.volumeLifecycleModes',
  ]),
  storage(
    'CSIDriver',
    'tokens',
    'spec: { tokenRequests: [{ audience: a, expirationSeconds: 599 }, { audience: a }, { expirationSeconds: 4294967297 }] }',
    [
      'csi-driver-invalid spec.tokenRequests[0].expirationSeconds',
      'csi-driver-invalid spec.tokenRequests[1].audience',
      'csi-driver-invalid spec.tokenRequests[2].expirationSeconds',
    ],
  ),
  storage('CSIDriver', 'tokens in secrets without any', 'spec: { serviceAccountTokenInSecrets: false }', [
    'csi-driver-invalid spec.serviceAccountTokenInSecrets',
  ]),
  storage('CSIDriver', 'a short period', 'spec: { nodeAllocatableUpdatePeriodSeconds: 9 }', [
    'csi-driver-invalid spec.nodeAllocatableUpdatePeriodSeconds',
  ]),

  storage('CSINode', 'no drivers', 'spec: { drivers: [] }'),
  storage('CSINode', 'no spec', ''),
  storage(
    'CSINode',
    'a driver',
    'spec: { drivers: [{ name: A.example.com, nodeID: node, topologyKeys: [a, b/c], allocatable: { count: 0 } }] }',
  ),
  storage('CSINode', 'an empty driver', 'spec: { drivers: [{}] }', [
    'csi-node-invalid spec.drivers[0].name',
    'csi-node-invalid spec.drivers[0].nodeID',
  ]),
  storage(
    'CSINode',
    'a driver twice',
    'spec: { drivers: [{ name: a, nodeID: b }, { name: a, nodeID: c }] }',
    ['csi-node-invalid spec.drivers[1].name'],
  ),
  storage(
    'CSINode',
    'a long id and a negative count',
    `spec: { drivers: [{ name: a, nodeID: ${'b'.repeat(257)}, allocatable: { count: -1 } }] }`,
    ['csi-node-invalid spec.drivers[0].nodeID', 'csi-node-invalid spec.drivers[0].allocatable.count'],
  ),
  storage('CSINode', 'bad keys', 'spec: { drivers: [{ name: a, nodeID: b, topologyKeys: [a b, c, c] }] }', [
    'csi-node-invalid spec.drivers[0]',
  ]),

  storage('CSIStorageCapacity', 'a class', 'storageClassName: a\ncapacity: 0'),
  storage('CSIStorageCapacity', 'no class', 'capacity: 1Gi', [
    'csi-storage-capacity-invalid storageClassName',
  ]),
  storage(
    'CSIStorageCapacity',
    'a negative capacity',
    'storageClassName: a\ncapacity: -1\nmaximumVolumeSize: -1',
    ['csi-storage-capacity-invalid capacity'],
  ),
  storage(
    'CSIStorageCapacity',
    'a bad selector',
    'storageClassName: a\nnodeTopology: { matchExpressions: [{ key: a, operator: Is }] }',
    ['selector-invalid nodeTopology.matchExpressions[0].operator'],
  ),
];
