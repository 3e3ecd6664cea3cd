import { message } from '../../finding.ts';
import type { Field } from '../../schema/field.ts';
import type { Rule, Visit } from '../rule.ts';
import { goText, tell } from '../values.ts';

const LONGEST_NAME = 253;
const sysctlName = /^(?:[a-z0-9](?:[-_a-z0-9]*[a-z0-9])?[./])*[a-z0-9](?:[-_a-z0-9]*[a-z0-9])?$/;
const ipcNames = new Set([
  'kernel.sem',
  ...['kernel.shm', 'kernel.shmall', 'kernel.shmmax', 'kernel.shmmni', 'kernel.shm_rmid_forced'],
  ...['kernel.msg', 'kernel.msgmax', 'kernel.msgmnb', 'kernel.msgmni'],
]);

export const sysctlInvalid: Rule = {
  code: 'sysctl-invalid',
  title: 'Kernel parameter that a pod cannot set',
  origin: 'server',
  severity: 'error',
  docs: `
\`sysctls\` of a pod are kernel parameters by name, each once. Those of the network (\`net.*\`) cannot be set beside
\`hostNetwork: true\`, and those of inter-process communication (\`kernel.shm*\`, \`kernel.msg*\`, \`kernel.sem\`,
\`fs.mqueue.*\`) not beside \`hostIPC: true\`: they would change the node.

\`\`\`yaml
# bad
hostNetwork: true
securityContext:
  sysctls: [{ name: net.core.somaxconn, value: "1024" }]
# good
securityContext:
  sysctls: [{ name: net.core.somaxconn, value: "1024" }]
\`\`\`
`,
  visit: {
    'core/v1.PodSpec'(spec, visit) {
      if (!spec.has('securityContext') || !spec.get('securityContext').has('sysctls')) return;
      const sysctls = spec.get('securityContext').get('sysctls').items();
      if (sysctls.length === 0) return;
      const seen = new Set<string>();
      for (const sysctl of sysctls) {
        const name = goText(sysctl.get('name'));
        if (name !== null) checkName(sysctl, name, seen, visit);
        if (name !== null) checkNamespace(spec, sysctl, name, visit);
      }
    },
  },
};

/** Whether the server takes it for the name of a kernel parameter. */
export function isSysctlName(name: string): boolean {
  return name.length <= LONGEST_NAME && sysctlName.test(name);
}

function checkName(sysctl: Field, name: string, seen: Set<string>, visit: Visit): void {
  if (name === '') tell(sysctl, 'name', message('A sysctl needs a name; add it'), visit);
  else if (!isSysctlName(name))
    visit.report(
      sysctl.get('name'),
      message('"{0}" is no sysctl; write one such as net.core.somaxconn', name),
    );
  else if (seen.has(name))
    visit.report(sysctl.get('name'), message('The sysctl {0} is set twice; remove one', name));
  seen.add(name);
}

function checkNamespace(spec: Field, sysctl: Field, name: string, visit: Visit): void {
  const shared = sharedNamespace(name);
  if (shared === null || spec.get(shared).flag() !== true) return;
  visit.report(sysctl.get('name'), message('{0} cannot be set with {1}: true; remove one', name, shared));
}

/** The field of a pod that makes it share the parameters' namespace with its node. */
function sharedNamespace(name: string): 'hostNetwork' | 'hostIPC' | null {
  const dotted = withDots(name);
  if (dotted.startsWith('net.')) return 'hostNetwork';
  return ipcNames.has(dotted) || dotted.startsWith('fs.mqueue.') ? 'hostIPC' : null;
}

/** `net/ipv4/tcp_syncookies` is another way to write it; the first separator tells which way it is. */
function withDots(name: string): string {
  const first = /[./]/.exec(name)?.[0];
  return first === '/' ? name.replace(/[./]/g, (separator) => (separator === '/' ? '.' : '/')) : name;
}
