import { absent, type Mutation, onField, onList } from '../mutation.ts';
import { counts, names, quantities } from './values.ts';
import { inKind, specOf, withKey } from './where.ts';

const deviceRequests = withKey('deviceClassName');

const slices = specOf('ResourceSlice');

export const deviceMutations: readonly Mutation[] = [
  onField('cluster', 'device-class-selector', specOf('DeviceClass'), 'selectors', [
    [],
    null,
    [{}],
    [{ cel: {} }],
    [{ cel: { expression: '' } }],
    [{ cel: { expression: 'true' } }],
    [{ cel: null }],
    'true',
  ]),
  onField('cluster', 'device-request-class', deviceRequests, 'deviceClassName', [
    'gpu.example.com',
    'G_',
    '',
    null,
    absent,
    'a',
  ]),
  onField('cluster', 'device-request-count', deviceRequests, 'count', counts),
  onField('cluster', 'device-request-mode', deviceRequests, 'allocationMode', [
    'ExactCount',
    'All',
    'all',
    '',
    null,
    absent,
  ]),
  onField(
    'cluster',
    'device-request-name',
    [...['spec.devices.requests.*', 'spec.spec.devices.requests.*']],
    'name',
    names,
  ),
  onField('cluster', 'device-requests', ['spec.devices', 'spec.spec.devices'], 'requests', [
    [],
    null,
    absent,
    [{}],
    [{ name: 'a' }],
    [
      { name: 'a', exactly: { deviceClassName: 'a' } },
      { name: 'a', exactly: { deviceClassName: 'a' } },
    ],
    [
      {
        name: 'gpu',
        exactly: { deviceClassName: 'a' },
        firstAvailable: [{ name: 'a', deviceClassName: 'a' }],
      },
    ],
    [{ name: 'gpu', deviceClassName: 'a' }],
  ]),
  onField('cluster', 'device-constraints', ['spec.devices', 'spec.spec.devices'], 'constraints', [
    [],
    null,
    [{}],
    [{ requests: ['gpu'], matchAttribute: 'a.com/b' }],
    [{ requests: ['nowhere'], matchAttribute: 'a.com/b' }],
    [{ matchAttribute: 'b' }],
    [{ matchAttribute: 'a.com/b' }],
    [{ matchAttribute: 'A_/b' }],
    [{ requests: ['gpu'] }],
  ]),
  onField('cluster', 'slice-driver', slices, 'driver', [
    'gpu.example.com',
    'G_',
    '',
    null,
    absent,
    'x'.repeat(64),
  ]),
  onField('cluster', 'slice-pool', slices, 'pool', [
    absent,
    null,
    {},
    { name: 'a' },
    { name: 'a', generation: 1, resourceSliceCount: 1 },
    { name: 'A_', generation: 1, resourceSliceCount: 1 },
    { name: 'a', generation: -1, resourceSliceCount: 1 },
    { name: 'a', generation: 1, resourceSliceCount: 0 },
    { name: 'a/b', generation: 1, resourceSliceCount: 1 },
  ]),
  onField('cluster', 'slice-node', slices, 'nodeName', ['a', 'A_', '', null, absent]),
  onField('cluster', 'slice-all-nodes', slices, 'allNodes', [true, false, null]),
  onList('cluster', 'slice-device', slices, 'devices', [
    {},
    { name: 'a' },
    { name: 'A_' },
    { name: 'gpu-0' },
    { name: 'a', attributes: { 'b c': { int: 1 } } },
    { name: 'a', attributes: { b: {} } },
    { name: 'a', attributes: { b: { int: 1, string: 'a' } } },
    { name: 'a', attributes: { b: { version: '1' } } },
    { name: 'a', attributes: { b: { version: '1.0.0' } } },
    { name: 'a', capacity: { m: { value: 'x' } } },
    { name: 'a', capacity: { m: {} } },
    { name: 'a', attributes: { b: { string: 'x'.repeat(65) } } },
    { name: 'a', basic: {} },
  ]),
  onField('cluster', 'slice-capacity', inKind('ResourceSlice', '**.capacity.*'), 'value', quantities),
];
