import { absent, type Mutation, onField, onList, onParts } from '../mutation.ts';
import { isTree } from '../tree.ts';
import { names, quantities } from './values.ts';
import { ofPods, podSpecs, under, withKey } from './where.ts';

const sources = [
  'emptyDir',
  'hostPath',
  'configMap',
  'secret',
  'persistentVolumeClaim',
  'projected',
  'downwardAPI',
  'nfs',
  'csi',
  'ephemeral',
  'image',
];

const volumes: readonly unknown[] = [
  ...[
    {},
    { emptyDir: {} },
    { emptyDir: { medium: 'tmpfs' } },
    { emptyDir: { medium: 'Memory', sizeLimit: '1Gi' } },
    { emptyDir: { sizeLimit: '-1' } },
    { emptyDir: null },
  ],
  ...[
    { hostPath: { path: '/x' } },
    { hostPath: {} },
    { hostPath: { path: 'x' } },
    { hostPath: { path: '/a/../b' } },
    { hostPath: { path: '/x', type: 'Dir' } },
    { hostPath: { path: '/x', type: '' } },
    { hostPath: '/x' },
  ],
  ...[
    { configMap: { name: 'c' } },
    { configMap: {} },
    { configMap: { name: 'c', items: [] } },
    { configMap: { name: 'c', items: [{ key: 'a' }] } },
    { configMap: { name: 'c', items: [{ key: 'a', path: '../b' }] } },
  ],
  ...[
    { configMap: { name: 'c', items: [{ key: 'a', path: '/b' }] } },
    { configMap: { name: 'c', defaultMode: 600 } },
    { configMap: { name: 'c', items: [{ key: 'a', path: 'b', mode: 512 }] } },
    { configMap: 'c' },
    { configMap: { configMapName: 'c' } },
  ],
  ...[
    { secret: { secretName: 's' } },
    { secret: {} },
    { secret: { name: 's' } },
    { secret: { secretName: 's/t' } },
    { secret: { secretName: 's', defaultMode: '0400' } },
    { secret: { secretName: 's', optional: 'yes' } },
  ],
  ...[
    { persistentVolumeClaim: { claimName: 'p' } },
    { persistentVolumeClaim: {} },
    { persistentVolumeClaim: { claimName: 'P_' } },
    { persistentVolumeClaim: { name: 'p' } },
    { pvc: { claimName: 'p' } },
  ],
  ...[
    { projected: {} },
    { projected: { sources: [] } },
    { projected: { sources: [{}] } },
    { projected: { sources: [{ secret: { name: 's' } }, { configMap: { name: 'c' } }] } },
    { projected: { sources: [{ serviceAccountToken: { path: 't' } }] } },
  ],
  ...[
    { projected: { sources: [{ serviceAccountToken: { path: 't', expirationSeconds: 60 } }] } },
    { projected: { sources: [{ serviceAccountToken: {} }] } },
    {
      projected: {
        sources: [
          { secret: { name: 's', items: [{ key: 'a', path: 'a' }] } },
          { configMap: { name: 'c', items: [{ key: 'a', path: 'a' }] } },
        ],
      },
    },
  ],
  ...[
    { projected: { sources: [{ clusterTrustBundle: { path: 'a', name: 'x' } }] } },
    { projected: { sources: [{ secret: { name: 's' }, configMap: { name: 'c' } }] } },
  ],
  ...[
    { downwardAPI: { items: [{ path: 'a', fieldRef: { fieldPath: 'metadata.name' } }] } },
    { downwardAPI: { items: [{ path: 'a', fieldRef: { fieldPath: 'status.podIP' } }] } },
    { downwardAPI: { items: [{ path: 'a' }] } },
    { downwardAPI: {} },
  ],
  ...[
    { downwardAPI: { items: [{ path: 'a', resourceFieldRef: { resource: 'limits.cpu' } }] } },
    {
      downwardAPI: {
        items: [{ path: 'a', resourceFieldRef: { containerName: 'nowhere', resource: 'limits.cpu' } }],
      },
    },
  ],
  ...[
    { nfs: { server: 's', path: '/p' } },
    { nfs: { server: 's' } },
    { nfs: { server: 's', path: 'p' } },
    { iscsi: { targetPortal: 'a', iqn: 'iqn.2026-01.com.example:x', lun: 0 } },
    { iscsi: { targetPortal: 'a', iqn: 'x', lun: 256 } },
  ],
  ...[
    { csi: { driver: 'd.example.com' } },
    { csi: {} },
    { csi: { driver: 'D_' } },
    { csi: { driver: 'd', nodePublishSecretRef: {} } },
    { gitRepo: { repository: 'https://example.com/a' } },
    { gitRepo: {} },
  ],
  ...[
    { ephemeral: {} },
    { ephemeral: { volumeClaimTemplate: { spec: { accessModes: ['ReadWriteOnce'] } } } },
    {
      ephemeral: {
        volumeClaimTemplate: {
          spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } } },
        },
      },
    },
  ],
  ...[
    {
      ephemeral: {
        volumeClaimTemplate: {
          metadata: { name: 'x' },
          spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } } },
        },
      },
    },
    { image: { reference: 'a:1' } },
    { image: {} },
    { image: { reference: 'a', pullPolicy: 'always' } },
  ],
  ...[
    { emptyDir: {}, hostPath: { path: '/x' } },
    { fc: { targetWWNs: ['a'] } },
    { fc: { lun: 1 } },
    { awsElasticBlockStore: { volumeID: 'v' } },
    { cephfs: { monitors: ['a'] } },
    { cephfs: {} },
    { rbd: { monitors: ['a'], image: 'i' } },
    { glusterfs: { endpoints: 'e', path: 'p' } },
    { azureFile: { secretName: 's', shareName: 'x' } },
    { unknown: {} },
  ],
];

export const volumeMutations: readonly Mutation[] = [
  onList(
    'pods',
    'volume-added',
    podSpecs,
    'volumes',
    volumes.map((volume) => ({ name: 'added', ...(volume as object) })),
  ),
  onParts('pods', 'volume-source', ofPods('volumes'), sources, volumes.filter(isTree)),
  onField('pods', 'volume-name', ofPods('volumes'), 'name', names),
  onList('pods', 'volume-twice', podSpecs, 'volumes', [
    { name: 'data', emptyDir: {} },
    { name: 'config', emptyDir: {} },
    { name: 'x', emptyDir: {} },
    { emptyDir: {} },
    'data',
    {},
  ]),
  onField('pods', 'volume-size-limit', under(ofPods('volumes'), 'emptyDir'), 'sizeLimit', quantities),
  onField('pods', 'volume-mode', withKey('defaultMode'), 'defaultMode', [
    0,
    256,
    420,
    511,
    512,
    600,
    777,
    -1,
    '0400',
    '420',
    null,
    0.5,
  ]),
  onField('pods', 'volume-item', withKey('path'), 'path', [
    'a',
    'a/b',
    '/a',
    '..',
    '../a',
    'a/../b',
    '',
    null,
    absent,
    '..a',
    'a/..b',
    5,
  ]),
];
