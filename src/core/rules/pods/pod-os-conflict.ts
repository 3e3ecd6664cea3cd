import { message } from '../../finding.ts';
import type { Message } from '../../finding.ts';
import type { Field } from '../../schema/field.ts';
import type { Rule, Visit } from '../rule.ts';
import { changeTo, isEmpty, listOf } from '../values.ts';
import { nearestWord } from '../../nearest.ts';
import { containersOf } from './pod.ts';

const systems = ['linux', 'windows'];

/** What Windows has not, by where it stands. */
const linuxOfPod = ['hostUsers', 'hostPID', 'hostIPC', 'shareProcessNamespace', 'resources'];
const linuxOfPodSecurity = [
  'appArmorProfile',
  'seLinuxOptions',
  'seccompProfile',
  'fsGroup',
  'fsGroupChangePolicy',
  'sysctls',
  'runAsUser',
  'runAsGroup',
  'supplementalGroups',
  'supplementalGroupsPolicy',
  'seLinuxChangePolicy',
];
const linuxOfContainer = [
  'appArmorProfile',
  'seLinuxOptions',
  'seccompProfile',
  'capabilities',
  'readOnlyRootFilesystem',
  'privileged',
  'allowPrivilegeEscalation',
  'procMount',
  'runAsUser',
  'runAsGroup',
];
/** These count only when they are switched on, or hold something. */
const onlyWhenSet = new Set(['hostPID', 'hostIPC', 'sysctls']);

export const podOsConflict: Rule = {
  code: 'pod-os-conflict',
  title: 'Field of another operating system',
  origin: 'server',
  severity: 'error',
  docs: `
\`os.name\` says whether a pod runs on \`linux\` or on \`windows\`, and with it which fields it may have: a Linux pod no
\`windowsOptions\`; a Windows pod no user and group ids, capabilities, SELinux, AppArmor or seccomp, no host namespaces,
and no resources of the pod as a whole.

\`\`\`yaml
# bad
os: { name: windows }
securityContext: { runAsUser: 1000 }
# good
os: { name: windows }
securityContext:
  windowsOptions: { runAsUserName: ContainerUser }
\`\`\`
`,
  visit: {
    'core/v1.PodSpec'(spec, visit) {
      if (!spec.has('os')) return;
      const os = spec.get('os');
      if (!os.written) return;
      const name = os.get('name').text();
      if (name === 'linux') checkLinux(spec, visit);
      else if (name === 'windows') checkWindows(spec, visit);
      else if (isEmpty(os.get('name')))
        visit.missing(os, 'name', message('os needs the name {0}; add it', listOf(systems)));
      else if (name !== null) {
        const meant = nearestWord(name, systems);
        // The server names the mapping that the name stands in.
        visit.report(os, message('os cannot be "{0}"; use {1}', name, listOf(systems)), {
          range: os.get('name').range,
          fixes: meant === null ? [] : changeTo(os.get('name'), meant),
        });
      }
    },
  },
};

function checkLinux(spec: Field, visit: Visit): void {
  for (const owner of [spec, ...containersOf(spec)]) {
    const options = owner.get('securityContext').get('windowsOptions');
    if (options.written) visit.report(options, message('A Linux pod has no windowsOptions; remove them'));
  }
}

function checkWindows(spec: Field, visit: Visit): void {
  forbid(spec, linuxOfPod, visit);
  forbid(spec.get('securityContext'), linuxOfPodSecurity, visit);
  for (const container of containersOf(spec))
    forbid(container.get('securityContext'), linuxOfContainer, visit);
}

function forbid(owner: Field, keys: readonly string[], visit: Visit): void {
  if (!owner.written) return;
  for (const key of keys) {
    const field = owner.get(key);
    if (!field.written) continue;
    if (onlyWhenSet.has(key) && field.flag() !== true && field.items().length === 0) continue;
    visit.report(field, notOnWindows(key));
  }
}

function notOnWindows(key: string): Message {
  return message('A Windows pod cannot have {0}; remove it', key);
}
