import { message } from '../../finding.ts';
import type { Field } from '../../schema/field.ts';
import type { Rule, Visit } from '../rule.ts';
import { checkChoice, checkRange, goText, isEmpty } from '../values.ts';

const affinities: readonly string[] = ['ClientIP', 'None'];
const policies: readonly string[] = ['Cluster', 'Local'];
const distributions: readonly string[] = ['PreferClose', 'PreferSameZone', 'PreferSameNode'];
const topologyHints = 'service.kubernetes.io/topology-aware-hints';
const topologyMode = 'service.kubernetes.io/topology-mode';
/** A day. */
const LONGEST_AFFINITY = 86_400;

export const serviceTrafficInvalid: Rule = {
  code: 'service-traffic-invalid',
  title: 'Traffic of a Service that cannot be steered so',
  origin: 'server',
  severity: 'error',
  docs: `
\`sessionAffinity\` is \`ClientIP\` or \`None\`, and lasts from 1 to 86400 seconds. \`internalTrafficPolicy\` is \`Cluster\` or
\`Local\`. \`trafficDistribution\` is \`PreferClose\`, \`PreferSameZone\` or \`PreferSameNode\`.

\`\`\`yaml
# bad
sessionAffinity: ClientIp
# good
sessionAffinity: ClientIP
\`\`\`
`,
  visit: {
    'core/v1.Service'(service, visit) {
      const annotations = service.at('metadata.annotations');
      const [hints, mode] = [annotations.get(topologyHints), annotations.get(topologyMode)];
      if (hints.node !== null && mode.node !== null && differ(goText(hints), goText(mode)))
        visit.report(
          mode,
          message('The annotations {0} and {1} differ; remove the older', topologyMode, topologyHints),
        );
    },
    'core/v1.ServiceSpec'(spec, visit) {
      checkAffinity(spec, visit);
      checkChoice(spec.get('internalTrafficPolicy'), policies, visit);
      checkChoice(spec.get('trafficDistribution'), distributions, visit);
    },
  },
};

function differ(one: string | null, other: string | null): boolean {
  return one !== null && other !== null && one !== other;
}

function checkAffinity(spec: Field, visit: Visit): void {
  const affinity = spec.get('sessionAffinity');
  if (isEmpty(affinity)) return;
  checkChoice(affinity, affinities, visit);
  const timeout = spec.at('sessionAffinityConfig.clientIP.timeoutSeconds');
  if (affinity.text() === 'ClientIP' && timeout.written) checkRange(timeout, 1, LONGEST_AFFINITY, visit);
}
