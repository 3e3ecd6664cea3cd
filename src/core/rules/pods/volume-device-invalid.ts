import { message } from '../../finding.ts';
import type { Field } from '../../schema/field.ts';
import type { Rule, Visit } from '../rule.ts';
import { containersOf } from './pod.ts';
import { leadsUp } from './paths.ts';
import { volumesOf } from './volumes.ts';
import { checkUnique, isEmpty, requireText } from '../values.ts';

export const volumeDeviceInvalid: Rule = {
  code: 'volume-device-invalid',
  title: 'Block device that cannot be used',
  origin: 'server',
  severity: 'error',
  docs: `
\`volumeDevices\` gives a container a volume as a raw device. Only a volume of a claim (\`persistentVolumeClaim\` or
\`ephemeral\`) can be one. A container cannot have the same volume, or the same path, both as a device and mounted, and
each device has a name and a path of its own.

\`\`\`yaml
# bad
volumeMounts: [{ name: data, mountPath: /data }]
volumeDevices: [{ name: data, devicePath: /dev/xvda }]
# good
volumeDevices: [{ name: data, devicePath: /dev/xvda }]
\`\`\`
`,
  visit: {
    'core/v1.PodSpec'(spec, visit) {
      for (const container of containersOf(spec)) {
        if (!container.has('volumeDevices')) continue;
        const devices = container.get('volumeDevices').items();
        if (devices.length === 0) continue;
        checkKinds(devices, volumesOf(spec), visit);
        checkDevices(devices, visit);
        checkOverlap(container.get('volumeMounts').items(), devices, visit);
      }
    },
  },
};

function checkKinds(devices: readonly Field[], volumes: ReadonlyMap<string, Field>, visit: Visit): void {
  for (const device of devices) {
    const volume = volumes.get(device.get('name').text() ?? '');
    if (volume?.is('core/v1.Volume') !== true || visit.context.patch) continue;
    if (volume.get('persistentVolumeClaim').written || volume.get('ephemeral').written) continue;
    visit.report(
      device.get('name'),
      message('Only a volume of a claim can be a device; mount this one instead'),
    );
  }
}

function checkDevices(devices: readonly Field[], visit: Visit): void {
  const [names, paths] = [new Map<string, Field>(), new Map<string, Field>()];
  for (const device of devices) {
    if (requireText(device, 'name', visit)) checkUnique(device.get('name'), names, visit);
    if (!requireText(device, 'devicePath', visit)) continue;
    const path = device.get('devicePath');
    if (leadsUp(path.text() ?? ''))
      visit.report(path, message('The path of a device must not contain ".."; write the path itself'));
    else checkUnique(path, paths, visit);
  }
}

/** The server says it of both. */
function checkOverlap(mounts: readonly Field[], devices: readonly Field[], visit: Visit): void {
  for (const device of devices) {
    for (const mount of mounts) {
      if (isSame(mount.get('name'), device.get('name')))
        visit.report(
          device.get('name'),
          message('This volume is mounted as well; either mount it or use the device'),
        );
      if (isSame(mount.get('mountPath'), device.get('devicePath')))
        visit.report(
          device.get('devicePath'),
          message('A volume is mounted at this path as well; change one of them'),
        );
    }
  }
}

function isSame(one: Field, other: Field): boolean {
  return !isEmpty(one) && one.text() !== null && one.text() === other.text();
}
