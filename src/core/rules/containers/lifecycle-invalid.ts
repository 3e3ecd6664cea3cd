import { message } from '../../finding.ts';
import type { Rule, Visit } from '../rule.ts';
import type { Field } from '../../schema/field.ts';
import { goNumber } from '../values.ts';
import { isOfPod } from '../pods/pod.ts';
import { containerOf, podOf, runsFirst } from './container.ts';
import { checkHandler } from './handlers.ts';

const handlers = ['exec', 'httpGet', 'tcpSocket', 'sleep'];
const DEFAULT_GRACE = 30;

export const lifecycleInvalid: Rule = {
  code: 'lifecycle-invalid',
  title: 'Hook of a container that cannot run',
  origin: 'server',
  severity: 'error',
  docs: `
A hook (\`postStart\`, \`preStop\`) acts in exactly one way: \`exec\`, \`httpGet\`, \`tcpSocket\` or \`sleep\`. It cannot
sleep longer than the pod has to end, its \`terminationGracePeriodSeconds\`, which are 30 unless it says otherwise.

\`\`\`yaml
# bad
lifecycle:
  preStop: { sleep: { seconds: 60 } }
# good: beside containers, terminationGracePeriodSeconds: 90
lifecycle:
  preStop: { sleep: { seconds: 60 } }
\`\`\`
`,
  visit: {
    'core/v1.LifecycleHandler'(hook, visit) {
      const container = containerOf(hook);
      if (container === null || runsFirst(container)) return;
      checkHandler(hook, handlers, visit);
      if (hook.has('sleep') && hook.get('sleep').written) checkSleep(container, hook.get('sleep'), visit);
    },
  },
};

function checkSleep(container: Field, sleep: Field, visit: Visit): void {
  const longest = graceOf(podOf(container));
  const seconds = goNumber(sleep.get('seconds'));
  if (seconds === null || longest === null || (seconds >= 0 && seconds <= longest)) return;
  visit.report(
    sleep,
    message('A hook can sleep 0 to {0} seconds; change it or terminationGracePeriodSeconds', longest),
    { range: sleep.get('seconds').range },
  );
}

/** Of a Pod the server makes 1 of a negative time; in a template it stays. */
function graceOf(spec: Field | null): number | null {
  const grace = spec?.get('terminationGracePeriodSeconds');
  if (spec == null || grace?.written !== true) return DEFAULT_GRACE;
  const seconds = grace.number();
  return seconds !== null && seconds < 0 && isOfPod(spec) ? 1 : seconds;
}
