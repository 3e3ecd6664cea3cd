import { podCase, templateCase } from '../../server-cases.ts';
import type { ServerCase } from '../../server-cases.ts';

const C = 'spec.containers[0]';
const one = (container: string): string => `containers: [{ name: a, image: a, ${container} }]`;
const volumes = 'volumes: [{ name: v, emptyDir: {} }]';

/** Security contexts and mounts. */
export const cases: readonly ServerCase[] = [
  context(
    'of everything',
    'privileged: false, runAsUser: 0, runAsGroup: 2147483647, procMount: Default, allowPrivilegeEscalation: false, capabilities: { add: [SYS_ADMIN, FOO], drop: [all] }, seLinuxOptions: { level: x }',
  ),
  context('of ids that cannot be', 'runAsUser: -1, runAsGroup: 2147483648', ['runAsUser', 'runAsGroup']),
  context('of an unknown procMount', 'procMount: default', ['procMount']),
  context('of an empty procMount', 'procMount: ""', ['procMount']),
  context('of what is unmasked', 'procMount: Unmasked', ['procMount']),
  podCase(
    'what is unmasked without users of the node',
    `hostUsers: false\n${one('securityContext: { procMount: Unmasked }')}`,
  ),
  context('of privileges that cannot be had', 'privileged: true, allowPrivilegeEscalation: false', ['']),
  context(
    'of a capability that allows more',
    'allowPrivilegeEscalation: false, capabilities: { add: [CAP_SYS_ADMIN] }',
    [''],
  ),
  context(
    'of a capability dropped',
    'allowPrivilegeEscalation: false, capabilities: { drop: [CAP_SYS_ADMIN] }',
  ),
  context('of privileges', 'privileged: true, allowPrivilegeEscalation: true'),

  profile('of each type', 'seccompProfile: { type: RuntimeDefault }, appArmorProfile: { type: Unconfined }'),
  profile(
    'of the node',
    'seccompProfile: { type: Localhost, localhostProfile: a/b }, appArmorProfile: { type: Localhost, localhostProfile: "/a b" }',
  ),
  profile('of no type', 'seccompProfile: {}, appArmorProfile: {}', [
    'appArmorProfile.type',
    'seccompProfile.type',
  ]),
  profile('of unknown types', 'seccompProfile: { type: a }, appArmorProfile: { type: b }', [
    'appArmorProfile.type',
    'seccompProfile.type',
  ]),
  profile('of no name', 'seccompProfile: { type: Localhost }, appArmorProfile: { type: Localhost }', [
    'appArmorProfile.localhostProfile',
    'seccompProfile.localhostProfile',
  ]),
  profile(
    'of empty names',
    'seccompProfile: { type: Localhost, localhostProfile: "" }, appArmorProfile: { type: Localhost, localhostProfile: "" }',
    ['appArmorProfile.localhostProfile'],
  ),
  profile(
    'of names that need none',
    'seccompProfile: { type: Unconfined, localhostProfile: a }, appArmorProfile: { type: Unconfined, localhostProfile: a }',
    ['appArmorProfile.localhostProfile', 'seccompProfile.localhostProfile'],
  ),
  profile('of seccomp without type, with a name', 'seccompProfile: { localhostProfile: a }', [
    'seccompProfile.localhostProfile',
    'seccompProfile.type',
  ]),
  profile('of AppArmor without type, with a name', 'appArmorProfile: { localhostProfile: a }', [
    'appArmorProfile.type',
  ]),
  profile(
    'of AppArmor of an unknown type, with a name',
    'appArmorProfile: { type: a, localhostProfile: a }',
    ['appArmorProfile.type'],
  ),
  profile('outside the folder', 'seccompProfile: { type: Localhost, localhostProfile: /a }', [
    'seccompProfile.localhostProfile',
  ]),
  profile('that lead out', 'seccompProfile: { type: Localhost, localhostProfile: a/../b }', [
    'seccompProfile.localhostProfile',
  ]),
  profile('padded', 'appArmorProfile: { type: Localhost, localhostProfile: " a" }', [
    'appArmorProfile.localhostProfile',
  ]),
  profile('too long', `appArmorProfile: { type: Localhost, localhostProfile: ${'a'.repeat(4096)} }`, [
    'appArmorProfile.localhostProfile',
  ]),

  ...['ContainerUser', 'DOMAIN\\user', 'my.domain.example\\a.b-c_d', 'NT AUTHORITY\\SYSTEM', 'a b', "'"].map(
    (user) => windows(user),
  ),
  ...[
    '',
    'a@b',
    'a/b',
    'a\\b\\c',
    '\\a',
    'a\\',
    '...',
    'x'.repeat(105),
    '.a\\b',
    'a:b',
    'tab\tbed',
    `${'d'.repeat(256)}\\a`,
  ].map((user) => windows(user, ['runAsUserName'])),
  podCase(
    'a strange object of credentials',
    one('securityContext: { windowsOptions: { gmsaCredentialSpecName: A_b, gmsaCredentialSpec: "" } }'),
    [
      `windows-options-invalid ${C}.securityContext.windowsOptions.gmsaCredentialSpec`,
      `windows-options-invalid ${C}.securityContext.windowsOptions.gmsaCredentialSpecName`,
    ],
  ),
  podCase('a strange user of the pod', 'securityContext: { windowsOptions: { runAsUserName: a@b } }', [
    'windows-options-invalid spec.securityContext.windowsOptions.runAsUserName',
  ]),

  mounts(
    'of every kind',
    '{ name: v, mountPath: a }, { name: v, mountPath: "/b:ro", subPath: a/b, readOnly: true, recursiveReadOnly: Enabled, mountPropagation: None }, { name: v, mountPath: /c, subPathExpr: $(A)/b, mountPropagation: HostToContainer, recursiveReadOnly: Disabled }',
  ),
  mounts('without path', '{ name: v }', ['volumeMounts[0].mountPath']),
  mounts('without name', '{ mountPath: /a }', ['volumeMounts[0].name']),
  mounts('at one path', '{ name: v, mountPath: /a }, { name: v, mountPath: /a }', [
    'volumeMounts[1].mountPath',
  ]),
  mounts('at nearly one path', '{ name: v, mountPath: /a }, { name: v, mountPath: /a/ }'),
  mounts('of two sub-paths', '{ name: v, mountPath: /a, subPath: a, subPathExpr: b }', [
    'volumeMounts[0].subPathExpr',
  ]),
  mounts(
    'of what is outside',
    '{ name: v, mountPath: /a, subPath: /b }, { name: v, mountPath: /b, subPathExpr: a/../b }',
    ['volumeMounts.subPath', 'volumeMounts.subPathExpr'],
  ),
  mounts('of what only looks outside', '{ name: v, mountPath: /a, subPath: ..a }'),
  mounts('propagated both ways', '{ name: v, mountPath: /a, mountPropagation: Bidirectional }', [
    'volumeMounts.mountPropagation',
  ]),
  templateCase(
    'mounts propagated both ways by the privileged',
    `${one('securityContext: { privileged: true }, volumeMounts: [{ name: v, mountPath: /a, mountPropagation: Bidirectional }]')}\n${volumes}`,
  ),
  mounts('propagated anyhow', '{ name: v, mountPath: /a, mountPropagation: "" }', [
    'volumeMounts.mountPropagation',
  ]),
  mounts('read-only to their depths only', '{ name: v, mountPath: /a, recursiveReadOnly: IfPossible }', [
    'volumeMounts.recursiveReadOnly',
  ]),
  mounts(
    'read-only and propagated',
    '{ name: v, mountPath: /a, readOnly: true, recursiveReadOnly: Enabled, mountPropagation: HostToContainer }',
    ['volumeMounts.recursiveReadOnly'],
  ),
  mounts('read-only perhaps', '{ name: v, mountPath: /a, readOnly: true, recursiveReadOnly: Perhaps }', [
    'volumeMounts.recursiveReadOnly',
  ]),
];

function context(title: string, text: string, errors: readonly string[] = []): ServerCase {
  return podCase(
    `a security context ${title}`,
    one(`securityContext: { ${text} }`),
    errors.map((path) => `security-context-invalid ${C}.securityContext${path === '' ? '' : `.${path}`}`),
  );
}

function profile(title: string, text: string, errors: readonly string[] = []): ServerCase {
  return podCase(
    `profiles ${title}`,
    one(`securityContext: { ${text} }`),
    errors.map((path) => `security-profile-invalid ${C}.securityContext.${path}`),
  );
}

function windows(user: string, errors: readonly string[] = []): ServerCase {
  return podCase(
    `the Windows user ${JSON.stringify(user).slice(0, 40)}`,
    one(`securityContext: { windowsOptions: { runAsUserName: ${JSON.stringify(user)} } }`),
    errors.map((path) => `windows-options-invalid ${C}.securityContext.windowsOptions.${path}`),
  );
}

function mounts(title: string, list: string, errors: readonly string[] = []): ServerCase {
  return podCase(
    `mounts ${title}`,
    `${one(`volumeMounts: [${list}]`)}\n${volumes}`,
    errors.map((path) => `volume-mount-invalid ${C}.${path}`),
  );
}
