import { message } from '../../finding.ts';
import type { Field } from '../../schema/field.ts';
import type { Rule, Visit } from '../rule.ts';
import { changeTo, goNumber } from '../values.ts';
import { runsFirst } from './container.ts';
import { checkHandler, probeHandlers } from './handlers.ts';

const counts = new Set([
  'initialDelaySeconds',
  'timeoutSeconds',
  'periodSeconds',
  'successThreshold',
  'failureThreshold',
]);

export const probeInvalid: Rule = {
  code: 'probe-invalid',
  title: 'Probe that cannot be made',
  origin: 'server',
  severity: 'error',
  docs: `
A probe looks in exactly one way: \`exec\`, \`httpGet\`, \`tcpSocket\` or \`grpc\`. Its times and thresholds are not
negative. A liveness or startup probe succeeds at the first success, so its \`successThreshold\` is 1; a readiness probe
ends no container, so it has no \`terminationGracePeriodSeconds\`.

\`\`\`yaml
# bad
livenessProbe:
  successThreshold: 2
# good
livenessProbe:
  httpGet: { path: /healthz, port: 8080 }
\`\`\`
`,
  visit: {
    'core/v1.Probe'(probe, visit) {
      const container = probe.parent;
      // Of one that ends before the others there is more to say than what is wrong in its probe.
      if (container === null || runsFirst(container)) return;
      checkHandler(probe, probeHandlers, visit);
      for (const field of probe.entries()) {
        if (counts.has(field.key)) checkCount(field, visit);
        else if (field.key === 'terminationGracePeriodSeconds') checkGrace(probe, field, visit);
      }
    },
  },
};

function checkCount(field: Field, visit: Visit): void {
  const value = goNumber(field);
  if (value === null || value === 0) return;
  if (value < 0) {
    visit.report(field, message('{0} must not be negative; change it', field.key));
  } else if (field.key === 'successThreshold' && value !== 1 && field.parent?.key !== 'readinessProbe') {
    visit.report(field, message('successThreshold must be 1 in {0}; change it', field.parent?.key ?? ''), {
      fixes: changeTo(field, '1'),
    });
  }
}

function checkGrace(probe: Field, field: Field, visit: Visit): void {
  const value = field.number();
  if (!field.written) return;
  if (probe.key === 'readinessProbe') {
    visit.report(field, message('A readiness probe has no terminationGracePeriodSeconds; remove it'));
  } else if (value !== null && value <= 0) {
    visit.report(field, message('terminationGracePeriodSeconds of a probe must be 1 or more; change it'));
  }
}
