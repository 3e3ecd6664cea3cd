import { message } from '../../finding.ts';
import type { Message } from '../../finding.ts';
import type { Field } from '../../schema/field.ts';
import { removal } from '../fixes.ts';
import { isPortNumber } from '../names.ts';
import { isSysctlName } from '../pods/sysctl-invalid.ts';
import type { ReportOptions, Rule, Visit } from '../rule.ts';
import { isNodeAgent, isSystemPod } from '../workload-role.ts';
import { allowedCapabilities, allowedSeLinuxTypes, allowedSysctls, isRuntimeSocket } from './pod-security.ts';

export const podSecurityBaseline: Rule = {
  code: 'pod-security-baseline',
  title: 'Pod that the security level baseline forbids',
  origin: 'advice',
  severity: 'warning',
  docs: `
The Pod Security Standards name three levels. \`baseline\` lets any ordinary pod pass, and forbids what is known to
break out of a container: privileged containers, the namespaces, paths and ports of the node, capabilities beyond the
usual ones, unconfined profiles, unsafe sysctls, and probes of other hosts. A namespace that enforces the level refuses
such a pod; elsewhere whoever takes over the container has the node.

Agents of the node need some of this, so in a DaemonSet the findings are hints. Pods in \`kube-system\`, and those with
a \`system-\` priority class, are part of the cluster and not looked at.

\`\`\`yaml
# bad
securityContext: { privileged: true }
# good
securityContext:
  capabilities: { add: [NET_BIND_SERVICE] }
\`\`\`

Source: [Pod Security Standards](https://kubernetes.io/docs/concepts/security/pod-security-standards/), as Kubernetes
1.36 checks them.
`,
  visit: {
    'core/v1.PodSpec'(spec, visit) {
      for (const key of hostNamespaces) {
        if (!spec.has(key) || spec.get(key).flag() !== true) continue;
        tell(
          spec.get(key),
          message('{0} gives the pod a namespace of its node; remove it if it can do without', key),
          visit,
          { fixes: removal(spec.get(key), visit) },
        );
      }
    },
    'core/v1.HostPathVolumeSource'(source, visit) {
      if (source.up('core/v1.PodSpec') === null) return;
      const path = source.get('path').text() ?? '';
      // Worse than any other, and told by a rule of its own.
      if (isRuntimeSocket(path)) return;
      const text = message('hostPath {0} opens the node to the pod; use another kind of volume', path);
      tell(source, text, visit, { range: source.head });
    },
    'core/v1.ContainerPort'(port, visit) {
      if (!port.has('hostPort')) return;
      const host = port.get('hostPort');
      const number = host.number() ?? 0;
      if (!isPortNumber(number)) return;
      const text = message('hostPort {0} takes a port of the node; use a Service instead', number);
      tell(host, text, visit, { fixes: removal(host, visit) });
    },
    'core/v1.SecurityContext'(context, visit) {
      const privileged = context.get('privileged');
      if (privileged.flag() === true) {
        const text = message(
          'A privileged container has the whole node; name the capabilities that it needs',
        );
        tell(privileged, text, visit, { fixes: removal(privileged, visit) });
        // It has every capability already.
        return;
      }
      for (const added of context.get('capabilities').get('add').items()) {
        const name = added.text();
        if (name === null || allowedCapabilities.has(name)) continue;
        tell(added, message('Capability {0} is more than a container usually has; remove it', name), visit);
      }
      const mount = context.get('procMount');
      if (mount.text() === 'Unmasked' && context.up('core/v1.PodSpec')?.get('hostUsers').flag() !== false)
        tell(
          mount,
          message('procMount Unmasked shows the container what is hidden from it; remove it'),
          visit,
        );
    },
    'core/v1.SeccompProfile': checkProfile,
    'core/v1.AppArmorProfile': checkProfile,
    'core/v1.SELinuxOptions': checkSeLinux,
    'core/v1.Sysctl'(sysctl, visit) {
      const name = sysctl.get('name');
      const text = name.text();
      if (text === null || !isSysctlName(text) || allowedSysctls.has(text.replaceAll('/', '.'))) return;
      tell(name, message('Sysctl {0} is not one of those that are safe in a pod; remove it', text), visit);
    },
    'core/v1.WindowsSecurityContextOptions'(options, visit) {
      const process = options.get('hostProcess');
      if (process.flag() !== true) return;
      tell(process, message('A host process has the whole node; remove it if it can do without'), visit);
    },
    'core/v1.HTTPGetAction': checkHost,
    'core/v1.TCPSocketAction': checkHost,
  },
};

const hostNamespaces = ['hostNetwork', 'hostPID', 'hostIPC'];

function tell(field: Field, text: Message, visit: Visit, options: ReportOptions = {}): void {
  const spec = field.is('core/v1.PodSpec') ? field : field.up('core/v1.PodSpec');
  if (spec === null || isSystemPod(spec)) return;
  visit.report(field, text, isNodeAgent(spec) ? { severity: 'hint', ...options } : options);
}

function checkProfile(profile: Field, visit: Visit): void {
  const type = profile.get('type');
  const text = type.text();
  // The server refuses what is no type at all.
  if (text !== 'Unconfined') return;
  tell(type, message('{0} takes a protection away from the pod; use RuntimeDefault', text), visit);
}

function checkSeLinux(options: Field, visit: Visit): void {
  // Of a persistent volume or the like there is nothing to say.
  const type = options.get('type');
  const text = type.text();
  if (text !== null && !allowedSeLinuxTypes.has(text))
    tell(type, message('SELinux type {0} is not one of those for containers; remove it', text), visit);
  for (const key of ['user', 'role']) {
    const field = options.get(key);
    if ((field.text() ?? '') === '') continue;
    tell(field, message('A pod had better not set its SELinux {0}; remove it', key), visit, {
      fixes: removal(field, visit),
    });
  }
}

/** Kubernetes looks at this since 1.34: the kubelet could be made to call any host of its network. */
function checkHost(action: Field, visit: Visit): void {
  if (!action.has('host')) return;
  const host = action.get('host');
  const text = host.text() ?? '';
  if (text === '') return;
  tell(host, message('The kubelet would call {0} instead of the pod; remove host', text), visit, {
    fixes: removal(host, visit),
  });
}
