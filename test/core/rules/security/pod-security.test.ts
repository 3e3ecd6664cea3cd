import { container, object, podOf, tryRule, workload } from '../advice.ts';
import { indent } from '../../marked.ts';

/** A Pod with lines of its own, whose container is complete. */
function pod(lines: string, metadata = ''): string {
  const text = podOf(restricted, lines);
  return metadata === '' ? text : text.replace('  name: web\n', `  name: web\n${indent(metadata, 2)}\n`);
}

const restricted = `securityContext:
  allowPrivilegeEscalation: false
  capabilities: { drop: [ALL] }
  runAsNonRoot: true
  seccompProfile: { type: RuntimeDefault }`;

const hostPath = 'volumes:\n  - name: root\n    «hostPath»: { path: / }';
const agent = (lines: string): string => workload('DaemonSet', `${lines}\n${container('')}`);

tryRule('pod-security-baseline', {
  'an ordinary pod': podOf(''),
  'a privileged container': {
    text: podOf('securityContext:\n  privileged: «true»\n  runAsUser: 1'),
    severity: 'warning',
    fixed: podOf('securityContext:\n  runAsUser: 1'),
  },
  'a privileged container has every capability': podOf(
    'securityContext: { privileged: «true», capabilities: { add: [SYS_ADMIN] } }',
  ),
  'a container that says it is not': podOf('securityContext: { privileged: false }'),
  'what a template fills in': podOf('securityContext: ${CONTEXT}'),
  'namespaces of the node': pod('hostNetwork: «true»\nhostPID: «true»\nhostIPC: «true»'),
  'a path of the node': { text: pod(hostPath), severity: 'warning' },
  'a path of the node for a volume of the cluster': object(
    'v1 PersistentVolume',
    'spec:\n  capacity: { storage: 1Gi }\n  accessModes: [ReadWriteOnce]\n  hostPath: { path: /data }',
  ),
  'a port of the node': podOf('ports: [{ containerPort: 80, hostPort: «8080» }]'),
  'no port of the node': podOf('ports: [{ containerPort: 80, hostPort: 0 }]'),
  capabilities: podOf('securityContext: { capabilities: { add: [NET_BIND_SERVICE, «SYS_ADMIN», «ALL»] } }'),
  'no profile': podOf('securityContext: { seccompProfile: { type: «Unconfined» } }'),
  'no AppArmor profile for the pod': pod('securityContext: { appArmorProfile: { type: «Unconfined» } }'),
  'a profile of the node': pod(
    'securityContext: { seccompProfile: { type: Localhost, localhostProfile: a } }',
  ),
  'an unmasked proc in a user namespace': podOf(
    'securityContext: { procMount: «Unmasked» }',
    'hostUsers: false',
  ).replace('«Unmasked»', 'Unmasked'),
  SELinux: podOf('securityContext: { seLinuxOptions: { type: «spc_t», user: «root», role: «r» } }'),
  'SELinux of containers': podOf(
    'securityContext: { seLinuxOptions: { type: container_init_t, level: s0 } }',
  ),
  sysctls: pod(
    'securityContext:\n  sysctls:\n    - { name: net.ipv4.tcp_rmem, value: "1" }\n    - { name: «kernel.msgmax», value: "1" }\n    - { name: net/ipv4/tcp_wmem, value: "1" }',
  ),
  'the socket of the runtime, which has its own rule': pod(
    hostPath.replace('path: /', 'path: /run/docker.sock').replace(/[«»]/g, ''),
  ),
  'a Windows host process': pod(
    'hostNetwork: «true»\nos: { name: windows }\nsecurityContext: { windowsOptions: { hostProcess: «true» } }',
  ).replace(indent(restricted, 6), '      stdin: true'),
  'a probe and a hook of another host': podOf(
    'livenessProbe: { httpGet: { port: 80, host: «169.254.169.254» } }\nlifecycle: { preStop: { tcpSocket: { port: 80, host: «db» } } }',
  ),
  'a node’s agent may need it': { text: agent(`hostNetwork: «true»\n${hostPath}`), severity: 'hint' },
  'a part of the cluster':
    pod('hostNetwork: true', 'namespace: kube-system') +
    '---\n' +
    pod('priorityClassName: system-node-critical\nhostNetwork: true'),
  'a patch that sets it':
    'apiVersion: v1\nkind: Pod\nmetadata: { name: a }\nspec:\n  $retainKeys: [hostPID]\n  hostPID: «true»\n',
});

const named = (context: string): string => podOf(context, '');
const asked = named('').replace('name: web\n      image', 'name: «web»\n      image');

tryRule('pod-security-restricted', {
  'nothing is said': {
    text: asked,
    fixed:
      named(
        restricted
          .replace('{ drop: [ALL] }', '\n    drop: [ALL]')
          .replace('{ type: RuntimeDefault }', '\n    type: RuntimeDefault')
          .replaceAll(': \n', ':\n'),
      ) + '',
  },
  'all is said': named(restricted),
  'a part is said': {
    text: named('«securityContext»:\n  allowPrivilegeEscalation: false\n  capabilities: { drop: [ALL] }'),
    fixed: named(
      'securityContext:\n  allowPrivilegeEscalation: false\n  capabilities: { drop: [ALL] }\n  runAsNonRoot: true\n  seccompProfile:\n    type: RuntimeDefault',
    ),
  },
  'the pod says the rest': podOf(
    'securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: [ALL] } }',
    'securityContext: { runAsNonRoot: true, seccompProfile: { type: RuntimeDefault } }',
  ),
  'the pod says what does not count': podOf(
    '«securityContext»: { allowPrivilegeEscalation: false, capabilities: { drop: [ALL] } }',
    'securityContext: { runAsNonRoot: true, seccompProfile: { type: Unconfined } }',
  ),
  'not all capabilities are dropped': {
    text: named(
      restricted
        .replace('securityContext', '«securityContext»')
        .replace(' { drop: [ALL] }', '\n    add: [NET_BIND_SERVICE]'),
    ),
    fixed: named(restricted.replace(' { drop: [ALL] }', '\n    add: [NET_BIND_SERVICE]\n    drop: [ALL]')),
  },
  'a capability too many': named(restricted.replace('{ drop', '{ add: [NET_BIND_SERVICE, «CHOWN»], drop')),
  root: named(
    restricted
      .replace('allowPrivilegeEscalation: false', 'allowPrivilegeEscalation: «true»')
      .replace('runAsNonRoot: true', 'runAsNonRoot: «false»\n  runAsUser: «0»'),
  ),
  'root in a user namespace': podOf(
    restricted.replace('runAsNonRoot: true', 'runAsUser: 0'),
    'hostUsers: false',
  ),
  Windows: podOf('securityContext: { runAsNonRoot: true }', 'os: { name: windows }'),
  volumes: podOf(
    restricted,
    'volumes:\n  - { name: a, emptyDir: {} }\n  - { name: b, «nfs»: { server: a, path: / } }\n  - { name: c, hostPath: { path: / } }',
  ),
  'each init container as well': podOf(restricted, 'initContainers:\n  - { name: «a», image: a }'),
  'a part of the cluster': podOf('', 'priorityClassName: system-cluster-critical'),
  'what a template fills in': named('securityContext: ${CONTEXT}'),
  'a patch':
    'apiVersion: apps/v1\nkind: Deployment\nmetadata: { name: web }\nspec:\n  template:\n    spec:\n      $setElementOrder/containers: [{ name: a }]\n      containers: [{ name: a, image: a:1 }]\n',
});

tryRule('root-filesystem-writable', {
  'nothing is said': {
    text: asked,
    fixed: named('securityContext:\n  readOnlyRootFilesystem: true'),
  },
  'it is allowed': {
    text: named('securityContext: { readOnlyRootFilesystem: «false» }'),
    fixed: named('securityContext: { readOnlyRootFilesystem: true }'),
  },
  'it is forbidden': named('securityContext: { readOnlyRootFilesystem: true }'),
});

tryRule('token-mounted', {
  'the default account': {
    text: object('v1 Pod', `«spec»:\n  ${'containers: [{ name: a, image: a:1 }]'}`),
    fixed: object(
      'v1 Pod',
      'spec:\n  containers: [{ name: a, image: a:1 }]\n  automountServiceAccountToken: false',
    ),
  },
  'an account of its own': podOf('', 'serviceAccountName: web'),
  'no token': podOf('', 'automountServiceAccountToken: false'),
});

const socket = (path: string): string => `volumes:\n  - name: socket\n    hostPath: { path: ${path} }`;
tryRule('runtime-socket-mounted', {
  Docker: { text: podOf('', socket('«/var/run/docker.sock»')), severity: 'warning' },
  containerd: podOf('', socket('«/run/containerd/containerd.sock»')),
  'a node’s agent': { text: agent(socket('«/run/crio/crio.sock»')), severity: 'hint' },
  'another path': podOf('', socket('/var/log')),
});

tryRule('non-root-conflict', {
  'root where the container forbids it': {
    text: podOf('securityContext:\n  runAsNonRoot: true\n  runAsUser: «0»'),
    severity: 'warning',
    fixed: podOf('securityContext:\n  runAsNonRoot: true'),
  },
  'root where the pod forbids it': podOf(
    'securityContext: { runAsUser: «0» }',
    'securityContext: { runAsNonRoot: true }',
  ),
  'root for all containers, told once': podOf('', 'securityContext: { runAsNonRoot: true, runAsUser: «0» }'),
  'a container that allows it': podOf(
    'securityContext: { runAsNonRoot: false }',
    'securityContext: { runAsNonRoot: true, runAsUser: 0 }',
  ),
  'a container with another user': podOf(
    'securityContext: { runAsUser: 1000 }',
    'securityContext: { runAsNonRoot: true, runAsUser: 0 }',
  ),
  'root that nobody forbids': podOf('securityContext: { runAsUser: 0 }'),
  'a pod for Windows': podOf(
    'securityContext: { runAsUser: 0, runAsNonRoot: true }',
    'nodeSelector: { kubernetes.io/os: windows }',
  ),
});
