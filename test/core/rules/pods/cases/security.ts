import { objectCase, podCase, type ServerCase, templateCase } from '../../server-cases.ts';

const security = (text: string): string => `securityContext: { ${text} }`;
const windows = (text: string): string => `os: { name: windows }\n${text}`;
const annotated = (title: string, annotation: string, errors: readonly string[]): ServerCase => ({
  title,
  text: `apiVersion: v1\nkind: Pod\nmetadata:\n  name: a\n  annotations: { ${annotation} }\nspec:\n  containers: [{ name: app, image: b }]\n`,
  errors,
});

/** Who a pod is to its node. */
export const cases: readonly ServerCase[] = [
  podCase(
    'a security context',
    security(
      'runAsUser: 0, runAsGroup: 2147483647, fsGroup: 1, supplementalGroups: [1, 2], fsGroupChangePolicy: OnRootMismatch, supplementalGroupsPolicy: Strict, seLinuxChangePolicy: Recursive, sysctls: [{ name: net.core.somaxconn, value: "1" }, { name: kernel.shm_rmid_forced, value: "1" }, { name: net/ipv4/tcp_syncookies, value: "1" }]',
    ),
  ),
  podCase('a negative user', security('runAsUser: -1'), [
    'pod-security-invalid spec.securityContext.runAsUser',
  ]),
  podCase('a group too large', security('runAsGroup: 2147483648'), [
    'pod-security-invalid spec.securityContext.runAsGroup',
  ]),
  podCase('a negative group of files', security('fsGroup: -1'), [
    'pod-security-invalid spec.securityContext.fsGroup',
  ]),
  podCase('a negative further group', security('supplementalGroups: [1, -1]'), [
    'pod-security-invalid spec.securityContext.supplementalGroups[1]',
  ]),
  podCase(
    'unknown policies',
    security('fsGroupChangePolicy: always, supplementalGroupsPolicy: "", seLinuxChangePolicy: Mount'),
    [
      'pod-security-invalid spec.securityContext.fsGroupChangePolicy',
      'pod-security-invalid spec.securityContext.supplementalGroupsPolicy',
      'pod-security-invalid spec.securityContext.seLinuxChangePolicy',
    ],
  ),
  podCase('hostPID with a shared namespace', 'hostPID: true\nshareProcessNamespace: true', [
    'pod-security-invalid spec.securityContext.shareProcessNamespace',
  ]),
  podCase('a sysctl without a name', security('sysctls: [{ value: "1" }]'), [
    'sysctl-invalid spec.securityContext.sysctls[0].name',
  ]),
  podCase('a sysctl that is none', security('sysctls: [{ name: Net.Core, value: "1" }]'), [
    'sysctl-invalid spec.securityContext.sysctls[0].name',
  ]),
  podCase('a sysctl twice', security('sysctls: [{ name: a.b, value: "1" }, { name: a.b, value: "2" }]'), [
    'sysctl-invalid spec.securityContext.sysctls[1].name',
  ]),
  podCase(
    'a sysctl of the network on the host network',
    `hostNetwork: true\n${security('sysctls: [{ name: net.core.somaxconn, value: "1" }, { name: net/core/b, value: "1" }, { name: kernel.sem, value: "1" }]')}`,
    [
      'sysctl-invalid spec.securityContext.sysctls[0].name',
      'sysctl-invalid spec.securityContext.sysctls[1].name',
    ],
  ),
  podCase(
    'a sysctl of processes with hostIPC',
    `hostIPC: true\n${security('sysctls: [{ name: kernel.shmmax, value: "1" }, { name: fs.mqueue.msg_max, value: "1" }, { name: kernel.hostname, value: a }]')}`,
    [
      'sysctl-invalid spec.securityContext.sysctls[0].name',
      'sysctl-invalid spec.securityContext.sysctls[1].name',
    ],
  ),

  podCase('seccomp', security('seccompProfile: { type: Localhost, localhostProfile: a/b.json }')),
  podCase('an unknown type of seccomp', security('seccompProfile: { type: runtime/default }'), [
    'security-profile-invalid spec.securityContext.seccompProfile.type',
  ]),
  podCase('no type of seccomp', security('seccompProfile: {}'), [
    'security-profile-invalid spec.securityContext.seccompProfile.type',
  ]),
  podCase('no local profile', security('seccompProfile: { type: Localhost }'), [
    'security-profile-invalid spec.securityContext.seccompProfile.localhostProfile',
  ]),
  podCase(
    'a local profile from the root',
    security('seccompProfile: { type: Localhost, localhostProfile: /a }'),
    ['security-profile-invalid spec.securityContext.seccompProfile.localhostProfile'],
  ),
  podCase(
    'a local profile that is not asked for',
    security('seccompProfile: { type: RuntimeDefault, localhostProfile: a }'),
    ['security-profile-invalid spec.securityContext.seccompProfile.localhostProfile'],
  ),
  podCase('AppArmor', security('appArmorProfile: { type: Localhost, localhostProfile: /a }')),
  podCase(
    'no local profile of AppArmor',
    security('appArmorProfile: { type: Localhost, localhostProfile: "" }'),
    ['security-profile-invalid spec.securityContext.appArmorProfile.localhostProfile'],
  ),
  podCase(
    'a padded profile of AppArmor',
    security('appArmorProfile: { type: Localhost, localhostProfile: " a" }'),
    ['security-profile-invalid spec.securityContext.appArmorProfile.localhostProfile'],
  ),
  podCase(
    'a profile of AppArmor that is not asked for',
    security('appArmorProfile: { type: Unconfined, localhostProfile: a }'),
    ['security-profile-invalid spec.securityContext.appArmorProfile.localhostProfile'],
  ),
  podCase('no type of AppArmor', security('appArmorProfile: {}'), [
    'security-profile-invalid spec.securityContext.appArmorProfile.type',
  ]),
  podCase('an unknown type of AppArmor', security('appArmorProfile: { type: local }'), [
    'security-profile-invalid spec.securityContext.appArmorProfile.type',
  ]),
  podCase(
    'profiles of a container',
    'containers: [{ name: a, image: b, securityContext: { seccompProfile: { type: x }, appArmorProfile: { type: z } } }]',
    [
      'security-profile-invalid spec.containers[0].securityContext.seccompProfile.type',
      'security-profile-invalid spec.containers[0].securityContext.appArmorProfile.type',
    ],
  ),

  podCase('users of its own', 'hostUsers: false'),
  podCase(
    'users of its own with namespaces of the node',
    'hostUsers: false\nhostNetwork: true\nhostPID: true\nhostIPC: true',
    [
      'host-users-conflict spec.hostNetwork',
      'host-users-conflict spec.HostPID',
      'host-users-conflict spec.HostIPC',
    ],
  ),
  podCase(
    'users of its own with a device',
    'hostUsers: false\ncontainers: [{ name: a, image: b, volumeDevices: [{ name: d, devicePath: /d }] }]\nvolumes: [{ name: d, persistentVolumeClaim: { claimName: c } }]',
    ['host-users-conflict spec.containers[0].volumeDevices'],
  ),
  podCase('users of the node with all of it', 'hostUsers: true\nhostNetwork: true'),

  podCase('Linux', 'os: { name: linux }'),
  podCase('an unknown system', 'os: { name: Linux }', ['pod-os-conflict spec.os']),
  podCase('a system without a name', 'os: {}', ['pod-os-conflict spec.os.name']),
  podCase(
    'options for Windows on Linux',
    `os: { name: linux }\n${security('windowsOptions: {}')}\ncontainers: [{ name: a, image: b, securityContext: { windowsOptions: {} } }]`,
    [
      'pod-os-conflict spec.securityContext.windowsOptions',
      'pod-os-conflict spec.containers[0].securityContext.windowsOptions',
    ],
  ),
  podCase('Windows', windows(security('windowsOptions: { runAsUserName: ContainerUser }, sysctls: []'))),
  podCase('namespaces of the node switched off on Windows', windows('hostPID: false\nhostIPC: false')),
  podCase(
    'Linux on Windows',
    windows(
      `hostUsers: true\nhostPID: true\nhostIPC: true\nshareProcessNamespace: false\n${security('fsGroup: 1, runAsUser: 1, runAsGroup: 1, seLinuxOptions: {}, supplementalGroups: [], sysctls: [{ name: a, value: b }], fsGroupChangePolicy: Always, supplementalGroupsPolicy: Merge, seLinuxChangePolicy: Recursive, seccompProfile: { type: Unconfined }, appArmorProfile: { type: Unconfined }')}`,
    ),
    [
      'pod-os-conflict spec.hostUsers',
      'pod-os-conflict spec.hostPID',
      'pod-os-conflict spec.hostIPC',
      'pod-os-conflict spec.shareProcessNamespace',
      ...[
        'fsGroup',
        'runAsUser',
        'runAsGroup',
        'seLinuxOptions',
        'supplementalGroups',
        'sysctls',
        'fsGroupChangePolicy',
        'supplementalGroupsPolicy',
        'seLinuxChangePolicy',
        'seccompProfile',
        'appArmorProfile',
      ].map((key) => `pod-os-conflict spec.securityContext.${key}`),
    ],
  ),
  podCase(
    'a Linux container on Windows',
    windows(
      'containers: [{ name: a, image: b, securityContext: { privileged: false, readOnlyRootFilesystem: true, capabilities: {}, procMount: Default, allowPrivilegeEscalation: true, runAsUser: 1, runAsGroup: 1, seLinuxOptions: {} } }]',
    ),
    [
      'privileged',
      'readOnlyRootFilesystem',
      'capabilities',
      'procMount',
      'allowPrivilegeEscalation',
      'runAsUser',
      'runAsGroup',
      'seLinuxOptions',
    ].map((key) => `pod-os-conflict spec.containers[0].securityContext.${key}`),
  ),
  podCase('resources of a Windows pod', windows('resources: { requests: { cpu: 1 } }'), [
    'pod-os-conflict spec.resources',
  ]),

  podCase('host processes', `hostNetwork: true\n${security('windowsOptions: { hostProcess: true }')}`),
  podCase('host processes off the host network', security('windowsOptions: { hostProcess: true }'), [
    'host-process-invalid spec.hostNetwork',
  ]),
  podCase(
    'one host process of two containers',
    'hostNetwork: true\ncontainers: [{ name: a, image: b, securityContext: { windowsOptions: { hostProcess: true } } }, { name: c, image: d }]',
    ['host-process-invalid spec'],
  ),
  podCase(
    'a container that says otherwise',
    `hostNetwork: true\n${security('windowsOptions: { hostProcess: true }')}\ncontainers: [{ name: a, image: b, securityContext: { windowsOptions: { hostProcess: false } } }]`,
    ['host-process-invalid spec.containers[0].securityContext.windowsOptions.hostProcess'],
  ),

  podCase(
    'names of Windows users',
    security(
      'windowsOptions: { gmsaCredentialSpecName: a.b, gmsaCredentialSpec: x, runAsUserName: "NT AUTHORITY\\\\SYSTEM" }'.replaceAll(
        '\\\\\\\\',
        '\\\\',
      ),
    ),
  ),
  podCase(
    'bad names of Windows users',
    security('windowsOptions: { gmsaCredentialSpecName: A B, gmsaCredentialSpec: "", runAsUserName: "a/b" }'),
    ['gmsaCredentialSpecName', 'gmsaCredentialSpec', 'runAsUserName'].map(
      (key) => `windows-options-invalid spec.securityContext.windowsOptions.${key}`,
    ),
  ),
  podCase('an empty Windows user', security('windowsOptions: { runAsUserName: "" }'), [
    'windows-options-invalid spec.securityContext.windowsOptions.runAsUserName',
  ]),
  podCase('a Windows user with two backslashes', security("windowsOptions: { runAsUserName: 'a\\b\\c' }"), [
    'windows-options-invalid spec.securityContext.windowsOptions.runAsUserName',
  ]),
  podCase('a Windows user of dots', security("windowsOptions: { runAsUserName: '. .' }"), [
    'windows-options-invalid spec.securityContext.windowsOptions.runAsUserName',
  ]),
  podCase('a Windows domain that is none', security("windowsOptions: { runAsUserName: '.dom\\user' }"), [
    'windows-options-invalid spec.securityContext.windowsOptions.runAsUserName',
  ]),
  podCase('a long Windows user', security(`windowsOptions: { runAsUserName: ${'u'.repeat(105)} }`), [
    'windows-options-invalid spec.securityContext.windowsOptions.runAsUserName',
  ]),

  annotated('a cost of deletion', 'controller.kubernetes.io/pod-deletion-cost: "-5"', []),
  annotated('a cost of deletion that is no number', 'controller.kubernetes.io/pod-deletion-cost: high', [
    'pod-annotation-invalid metadata.annotations[controller.kubernetes.io/pod-deletion-cost]',
  ]),
  annotated('a cost of deletion with a leading zero', 'controller.kubernetes.io/pod-deletion-cost: "08"', [
    'pod-annotation-invalid metadata.annotations[controller.kubernetes.io/pod-deletion-cost]',
  ]),
  annotated('a cost of deletion too large', 'controller.kubernetes.io/pod-deletion-cost: "2147483648"', [
    'pod-annotation-invalid metadata.annotations[controller.kubernetes.io/pod-deletion-cost]',
  ]),
  annotated('AppArmor of a container', 'container.apparmor.security.beta.kubernetes.io/app: localhost/x', []),
  annotated(
    'AppArmor of no container',
    'container.apparmor.security.beta.kubernetes.io/web: runtime/default',
    ['pod-annotation-invalid metadata.annotations[container.apparmor.security.beta.kubernetes.io/web]'],
  ),
  annotated('an unknown profile of AppArmor', 'container.apparmor.security.beta.kubernetes.io/app: strict', [
    'pod-annotation-invalid metadata.annotations[container.apparmor.security.beta.kubernetes.io/app]',
  ]),
  annotated('seccomp of the pod', 'seccomp.security.alpha.kubernetes.io/pod: docker/default', []),
  annotated('an unknown profile of seccomp', 'seccomp.security.alpha.kubernetes.io/pod: strict', [
    'pod-annotation-invalid metadata.annotations.seccomp.security.alpha.kubernetes.io/pod',
  ]),
  annotated(
    'an unknown profile of seccomp of a container',
    'container.seccomp.security.alpha.kubernetes.io/app: localhost//a',
    ['pod-annotation-invalid metadata.annotations.container.seccomp.security.alpha.kubernetes.io/app'],
  ),
  objectCase(
    'apps/v1',
    'Deployment',
    'a cost of deletion that is no number',
    'spec:\n  selector: { matchLabels: { a: b } }\n  template:\n    metadata:\n      labels: { a: b }\n      annotations: { controller.kubernetes.io/pod-deletion-cost: high }\n    spec: { containers: [{ name: a, image: b }] }',
    ['pod-annotation-invalid spec.template.annotations[controller.kubernetes.io/pod-deletion-cost]'],
  ),
  templateCase('users of its own', 'hostUsers: false\nhostNetwork: true', [
    'host-users-conflict spec.hostNetwork',
  ]),
];
