import { message } from '../../finding.ts';
import type { Field } from '../../schema/field.ts';
import type { Rule } from '../rule.ts';

/** Where a pod does not say it. */
const GRACE_SECONDS = 30;

export const preStopCutOff: Rule = {
  code: 'pre-stop-cut-off',
  title: 'Hook that takes all the time there is to stop',
  origin: 'advice',
  severity: 'warning',
  docs: `
The grace period (30 seconds where \`terminationGracePeriodSeconds\` does not say otherwise) begins before the
\`preStop\` hook. A hook that sleeps as long leaves the program no time to end: it is killed, with the requests it has.
Lengthen the period, or sleep less.

\`\`\`yaml
# bad
lifecycle:
  preStop: { exec: { command: [sleep, '60'] } }
# good
terminationGracePeriodSeconds: 90
containers:
  - lifecycle:
      preStop: { exec: { command: [sleep, '60'] } }
\`\`\`

Source: [Termination of pods](https://kubernetes.io/docs/concepts/workloads/pods/pod-lifecycle/#pod-termination) in the
Kubernetes documentation.
`,
  visit: {
    'core/v1.LifecycleHandler'(handler, visit) {
      if (handler.key !== 'preStop') return;
      const spec = handler.up('core/v1.PodSpec');
      if (spec === null || visit.context.patch) return;
      const period = spec.get('terminationGracePeriodSeconds');
      const grace = period.written ? period.number() : GRACE_SECONDS;
      const seconds = sleepOf(handler.get('exec').get('command'));
      if (grace === null || grace <= 0 || seconds === null || seconds < grace) return;
      visit.report(
        handler,
        message(
          'The hook sleeps {0} s of the {1} s there are to stop; raise the grace period',
          seconds,
          grace,
        ),
      );
    },
  },
};

/** What `sleep 60` says, alone or in a shell's line. Null where there is none. */
function sleepOf(command: Field): number | null {
  const words = command.items().map((word) => word.text() ?? String(word.number() ?? ''));
  const found = /(?:^|[\s;&/])sleep\s+(\d+)(?:s|\s|;|&|$)/.exec(words.join(' '));
  return found === null ? null : Number(found[1]);
}
