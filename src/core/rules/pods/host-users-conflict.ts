import { message } from '../../finding.ts';
import type { Rule } from '../rule.ts';
import { containersOf } from './pod.ts';

/** Written here; the server names two of them by their names in Go. */
const hostNamespaces: readonly (readonly [string, string])[] = [
  ['hostNetwork', 'hostNetwork'],
  ['hostPID', 'HostPID'],
  ['hostIPC', 'HostIPC'],
];

export const hostUsersConflict: Rule = {
  code: 'host-users-conflict',
  title: 'User namespace beside host namespaces',
  origin: 'server',
  severity: 'error',
  docs: `
\`hostUsers: false\` gives the pod users of its own, apart from those of the node. Such a pod cannot share the network,
processes or inter-process communication of its node, and cannot use raw block devices.

\`\`\`yaml
# bad
hostUsers: false
hostNetwork: true
# good
hostUsers: false
\`\`\`
`,
  visit: {
    'core/v1.PodSpec'(spec, visit) {
      if (!spec.has('hostUsers') || spec.get('hostUsers').flag() !== false) return;
      for (const [key, place] of hostNamespaces) {
        if (spec.get(key).flag() === true)
          visit.report(
            spec.get(place),
            message('{0} cannot be used with hostUsers: false; remove one', key),
            {
              range: spec.get(key).range,
            },
          );
      }
      for (const container of containersOf(spec)) {
        const devices = container.get('volumeDevices');
        if (devices.items().length > 0)
          visit.report(devices, message('volumeDevices cannot be used with hostUsers: false; remove one'));
      }
    },
  },
};
