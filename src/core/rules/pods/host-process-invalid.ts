import { message } from '../../finding.ts';
import type { Field } from '../../schema/field.ts';
import type { Rule } from '../rule.ts';
import { containersOf } from './pod.ts';

export const hostProcessInvalid: Rule = {
  code: 'host-process-invalid',
  title: 'Host process beside others',
  origin: 'server',
  severity: 'error',
  docs: `
A Windows pod whose containers run as processes of the host (\`windowsOptions.hostProcess: true\`) needs
\`hostNetwork: true\`, and all of its containers must run that way. A container cannot say otherwise than its pod.

\`\`\`yaml
# bad
securityContext:
  windowsOptions: { hostProcess: true }
# good
hostNetwork: true
securityContext:
  windowsOptions: { hostProcess: true }
\`\`\`
`,
  visit: {
    'core/v1.PodSpec'(spec, visit) {
      const ofPod = hostProcess(spec)?.flag() ?? null;
      let [all, hosted] = [0, 0];
      for (const container of containersOf(spec)) {
        const own = hostProcess(container);
        const said = own?.flag() ?? null;
        all++;
        if (said ?? ofPod) hosted++;
        if (own !== null && ofPod !== null && said === !ofPod)
          visit.report(own, message('hostProcess must be what the pod says, {0}; change one', String(ofPod)));
      }
      if (hosted === 0) return;
      if (hosted < all && !visit.context.patch)
        visit.report(spec, message('Either all containers are host processes or none; change some'));
      if (spec.get('hostNetwork').flag() !== true)
        visit.missing(
          spec,
          'hostNetwork',
          message('Host processes need hostNetwork: true; add it to the pod'),
        );
    },
  },
};

function hostProcess(owner: Field): Field | null {
  return owner.has('securityContext') ? owner.at('securityContext.windowsOptions.hostProcess') : null;
}
