import { message } from '../../finding.ts';
import type { Fix } from '../../finding.ts';
import type { Field } from '../../schema/field.ts';
import { insertUnder } from '../edits.ts';
import { removal } from '../fixes.ts';
import type { Rule, Visit } from '../rule.ts';
import { changeTo } from '../values.ts';
import { containerName, isForWindows, isSystemPod, isWhole } from '../workload-role.ts';
import { containersOf } from '../pods/pod.ts';
import { allowedCapabilities, isConfined, restrictedVolumes } from './pod-security.ts';

export const podSecurityRestricted: Rule = {
  code: 'pod-security-restricted',
  title: 'Pod that the security level restricted forbids',
  origin: 'advice',
  severity: 'off',
  strict: 'warning',
  docs: `
The Pod Security Standards name three levels. \`restricted\` asks, beyond \`baseline\`, that a container says it does
without what most never use: it runs as a user that is not root, cannot gain privileges, drops all capabilities (and
adds \`NET_BIND_SERVICE\` at most), runs under a seccomp profile, and mounts only volumes that are no way around this.
A namespace that enforces the level refuses a pod that does not say so.

What is said for the pod counts for its containers where they do not say otherwise. A pod with \`hostUsers: false\` may
be root, since that is not the node's root. Pods for Windows need none of it but \`runAsNonRoot\`. Pods that belong to
the cluster itself are not looked at.

\`\`\`yaml
# bad
containers:
  - name: web
    image: web:1
# good
containers:
  - name: web
    image: web:1
    securityContext:
      allowPrivilegeEscalation: false
      capabilities: { drop: [ALL] }
      runAsNonRoot: true
      seccompProfile: { type: RuntimeDefault }
\`\`\`

Source: [Pod Security Standards](https://kubernetes.io/docs/concepts/security/pod-security-standards/), as Kubernetes
1.36 checks them.
`,
  visit: {
    'core/v1.PodSpec'(spec, visit) {
      if (isSystemPod(spec)) return;
      const pod = spec.get('securityContext');
      const exempt = { root: spec.get('hostUsers').flag() === false, windows: isForWindows(spec) };
      if (!exempt.root) checkRoot(pod, pod, visit);
      for (const container of containersOf(spec)) {
        const context = container.get('securityContext');
        if (!exempt.root) checkRoot(context, pod, visit);
        checkAdded(context, visit);
        checkEscalation(context, visit);
        if (isWhole(container)) checkMissing(container, pod, exempt, visit);
      }
    },
    'core/v1.Volume'(volume, visit) {
      const spec = volume.up('core/v1.PodSpec');
      if (spec === null || isSystemPod(spec)) return;
      for (const source of volume.entries()) {
        // The path of a node is a matter of the level baseline.
        if (source.key === 'name' || source.key === 'hostPath' || !source.written) continue;
        if (restrictedVolumes.has(source.key)) continue;
        const text = message(
          'A restricted pod mounts no {0} volume; claim a PersistentVolume instead',
          source.key,
        );
        visit.report(source, text, { range: source.head });
      }
    },
  },
};

interface Exempt {
  readonly root: boolean;
  readonly windows: boolean;
}

function checkRoot(context: Field, pod: Field, visit: Visit): void {
  const nonRoot = context.get('runAsNonRoot');
  if (nonRoot.flag() === false) {
    visit.report(nonRoot, message('A restricted pod does not run as root; set runAsNonRoot to true'), {
      fixes: changeTo(nonRoot, 'true', false),
    });
  }
  const user = context.get('runAsUser');
  // Where root is forbidden as well, that is told in every case.
  const forbidden = nonRoot.written ? nonRoot : pod.get('runAsNonRoot');
  if (user.number() !== 0 || forbidden.flag() === true) return;
  visit.report(user, message('User 0 is root; a restricted pod runs as another, such as 1000'), {
    fixes: removal(user, visit),
  });
}

/** What is more than a container usually has is a matter of the level baseline. */
function checkAdded(context: Field, visit: Visit): void {
  for (const added of context.get('capabilities').get('add').items()) {
    const name = added.text();
    if (name === null || name === 'NET_BIND_SERVICE' || !allowedCapabilities.has(name)) continue;
    visit.report(added, message('A restricted container adds NET_BIND_SERVICE at most; remove {0}', name));
  }
}

function checkEscalation(context: Field, visit: Visit): void {
  const escalation = context.get('allowPrivilegeEscalation');
  if (escalation.flag() !== true) return;
  visit.report(escalation, message('A restricted container cannot gain privileges; set this to false'), {
    fixes: changeTo(escalation, 'false'),
  });
}

/** What is not said at all is told once a container. */
function checkMissing(container: Field, pod: Field, exempt: Exempt, visit: Visit): void {
  const context = container.get('securityContext');
  if (context.written && context.node?.type !== 'mapping') return;
  const missing: string[] = [];
  const lines: string[] = [];
  const need = (what: string, ...toAdd: readonly string[]): void => {
    missing.push(what);
    lines.push(...toAdd);
  };
  if (
    !exempt.windows &&
    context.get('privileged').flag() !== true &&
    !context.has('allowPrivilegeEscalation')
  )
    need('allowPrivilegeEscalation: false', 'allowPrivilegeEscalation: false');
  if (!exempt.windows && !dropsAll(context.get('capabilities')))
    need(
      'capabilities.drop: [ALL]',
      ...(context.has('capabilities') ? [] : ['capabilities:', '  drop: [ALL]']),
    );
  if (!exempt.root && !isSaid('runAsNonRoot', context, pod)) need('runAsNonRoot: true', 'runAsNonRoot: true');
  if (!exempt.windows && !isConfinedBy(context, pod))
    need('seccompProfile', 'seccompProfile:', '  type: RuntimeDefault');
  if (missing.length === 0) return;
  const text = message(
    'Container {0} is not restricted; add {1}',
    containerName(container),
    missing.join(', '),
  );
  visit.missing(container, 'securityContext', text, {
    range: context.written ? context.head : container.head,
    fixes: [...additions(container, lines, visit), ...dropping(context.get('capabilities'), visit)],
  });
}

function isSaid(key: string, context: Field, pod: Field): boolean {
  return context.get(key).written || pod.get(key).written;
}

/** A profile that is written and not confined is a matter of the level baseline. */
function isConfinedBy(context: Field, pod: Field): boolean {
  if (context.get('seccompProfile').written) return true;
  const profile = pod.get('seccompProfile');
  const type = profile.get('type');
  return profile.written && (type.text() === null || isConfined(type.text() ?? ''));
}

function dropsAll(capabilities: Field): boolean {
  const dropped = capabilities.get('drop');
  if (dropped.written && dropped.node?.type !== 'sequence') return true;
  return dropped.items().some((name) => name.text() === 'ALL');
}

function additions(container: Field, lines: readonly string[], visit: Visit): readonly Fix[] {
  const { node } = container;
  if (node?.type !== 'mapping' || lines.length === 0) return [];
  const edit = insertUnder(visit.context.document.text, node, ['securityContext'], lines);
  return edit === null ? [] : [{ title: message('Add what restricts it'), edits: [edit], preferred: false }];
}

function dropping({ node, entry }: Field, visit: Visit): readonly Fix[] {
  if (node?.type !== 'mapping' || entry === null || node.entry('drop') !== null) return [];
  const edit = insertUnder(visit.context.document.text, node, [], ['drop: [ALL]']);
  return edit === null ? [] : [{ title: message('Drop all capabilities'), edits: [edit], preferred: false }];
}
