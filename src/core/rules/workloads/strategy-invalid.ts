import { message } from '../../finding.ts';
import type { Field } from '../../schema/field.ts';
import { removal } from '../fixes.ts';
import type { Rule, Visit } from '../rule.ts';
import { changeTo, goText, listOf } from '../values.ts';
import { nearestWord } from '../../nearest.ts';
import { checkIntOrPercent, isZero } from './int-or-percent.ts';
import { reportRelying } from './relying.ts';

export const strategyInvalid: Rule = {
  code: 'strategy-invalid',
  title: 'Update strategy that cannot work',
  origin: 'server',
  severity: 'error',
  docs: `
How a workload replaces its pods when its template changes.

- A Deployment has the type \`RollingUpdate\` or \`Recreate\`, and \`rollingUpdate\` only with the former. It must be
  allowed to have a pod too few or a pod too many: \`maxUnavailable\` and \`maxSurge\` cannot both be 0.
- A DaemonSet has \`RollingUpdate\` or \`OnDelete\`. Exactly one of \`maxUnavailable\` (1 where it is not written) and
  \`maxSurge\` (0) is not 0, so \`maxSurge: 1\` needs \`maxUnavailable: 0\` beside it.
- A StatefulSet has \`RollingUpdate\` or \`OnDelete\`, and \`rollingUpdate\` only with the former.

Counts are whole numbers or percentages such as \`25%\`.

\`\`\`yaml
# bad
strategy:
  type: Recreate
  rollingUpdate: { maxSurge: 1 }
# good
strategy:
  type: RollingUpdate
  rollingUpdate: { maxSurge: 1, maxUnavailable: 0 }
\`\`\`
`,
  visit: {
    'apps/v1.DeploymentStrategy'(strategy, visit) {
      const type = typeOf(strategy, ['RollingUpdate', 'Recreate'], visit);
      const rolling = strategy.get('rollingUpdate');
      if (type === 'Recreate') forbidRolling(rolling, type, visit);
      else if (type !== null) checkDeployment(rolling, visit);
    },
    'apps/v1.DaemonSetUpdateStrategy'(strategy, visit) {
      const type = typeOf(strategy, ['RollingUpdate', 'OnDelete'], visit);
      if (type === 'RollingUpdate') checkDaemonSet(strategy.get('rollingUpdate'), visit);
    },
    'apps/v1.StatefulSetUpdateStrategy'(strategy, visit) {
      const type = typeOf(strategy, ['RollingUpdate', 'OnDelete'], visit);
      if (type === 'OnDelete') forbidRolling(strategy.get('rollingUpdate'), type, visit);
    },
  },
};

/** What the strategy is, or is by default; null where it is none. The server complains about the whole of it then. */
function typeOf(strategy: Field, choices: readonly string[], visit: Visit): string | null {
  const field = strategy.get('type');
  const type = goText(field);
  if (type === null || type === '') return type === null ? null : 'RollingUpdate';
  if (choices.includes(type)) return type;
  const meant = nearestWord(type, choices);
  visit.report(strategy, message('type cannot be "{0}"; use {1}', type, listOf(choices)), {
    range: field.range,
    fixes: meant === null ? [] : changeTo(field, meant),
  });
  return null;
}

function forbidRolling(rolling: Field, type: string, visit: Visit): void {
  if (!rolling.written) return;
  visit.report(rolling, message('rollingUpdate has no place beside type {0}; remove one of them', type), {
    fixes: removal(rolling, visit),
  });
}

function checkDeployment(rolling: Field, visit: Visit): void {
  const unavailable = rolling.get('maxUnavailable');
  const surge = rolling.get('maxSurge');
  checkIntOrPercent(unavailable, visit, 'atMostAll');
  checkIntOrPercent(surge, visit, 'unlimited');
  // Either is 25% by default.
  if (isZero(unavailable) === true && isZero(surge) === true)
    visit.report(unavailable, message('maxUnavailable and maxSurge cannot both be 0; raise one of them'));
}

function checkDaemonSet(rolling: Field, visit: Visit): void {
  const unavailable = rolling.get('maxUnavailable');
  const surge = rolling.get('maxSurge');
  checkIntOrPercent(unavailable, visit, 'atMostAll');
  checkIntOrPercent(surge, visit, 'atMostAll');
  const none = unavailable.written ? isZero(unavailable) : false;
  const still = surge.written ? isZero(surge) : true;
  if (none === true && still === true) {
    const text = message('maxUnavailable and maxSurge cannot both be 0; raise one of them');
    reportRelying(unavailable, surge, text, visit);
  } else if (none === false && still === false) {
    const text = message('maxSurge needs maxUnavailable: 0 beside it; add that, or set maxSurge to 0');
    reportRelying(surge, unavailable, text, visit);
  }
}
