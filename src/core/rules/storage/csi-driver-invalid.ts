import { message } from '../../finding.ts';
import type { Field } from '../../schema/field.ts';
import type { Rule, Visit } from '../rule.ts';
import { checkChoice, checkRange, goText } from '../values.ts';

const groupPolicies = ['ReadWriteOnceWithFSType', 'File', 'None'];
const lifecycleModes = ['Persistent', 'Ephemeral'];
const SHORTEST_TOKEN = 600;
const LONGEST_TOKEN = 2 ** 32;
const SHORTEST_PERIOD = 10;

export const csiDriverInvalid: Rule = {
  code: 'csi-driver-invalid',
  title: 'CSIDriver that cannot be used',
  origin: 'server',
  severity: 'error',
  docs: `
\`fsGroupPolicy\` of a CSIDriver is \`ReadWriteOnceWithFSType\`, \`File\` or \`None\`; \`volumeLifecycleModes\` are
\`Persistent\` and \`Ephemeral\`. Tokens asked for in \`tokenRequests\` each have an audience of their own and live at least
600 seconds; \`serviceAccountTokenInSecrets\` needs one of them. \`nodeAllocatableUpdatePeriodSeconds\` is at least 10.

\`\`\`yaml
# bad
spec: { fsGroupPolicy: Always }
# good
spec: { fsGroupPolicy: File }
\`\`\`
`,
  visit: {
    'storage/v1.CSIDriverSpec': checkSpec,
    'storage/v1beta1.CSIDriverSpec': checkSpec,
  },
};

function checkSpec(spec: Field, visit: Visit): void {
  checkChoice(spec.get('fsGroupPolicy'), groupPolicies, visit);
  const modes = spec.get('volumeLifecycleModes');
  for (const mode of modes.items()) {
    const text = goText(mode);
    if (text !== null && !lifecycleModes.includes(text))
      visit.report(
        mode,
        message('A driver makes volumes that are Persistent or Ephemeral, not "{0}"', text),
        {
          path: modes.path,
        },
      );
  }
  checkTokens(spec.get('tokenRequests').items(), visit);
  const secrets = spec.get('serviceAccountTokenInSecrets');
  if (secrets.written && spec.get('tokenRequests').items().length === 0 && !visit.context.patch)
    visit.report(secrets, message('serviceAccountTokenInSecrets needs tokenRequests; add them or remove it'));
  const period = spec.get('nodeAllocatableUpdatePeriodSeconds');
  if (period.written) checkRange(period, SHORTEST_PERIOD, Number.MAX_SAFE_INTEGER, visit);
}

function checkTokens(requests: readonly Field[], visit: Visit): void {
  const audiences = new Set<string>();
  for (const request of requests) {
    const audience = goText(request.get('audience'));
    if (audience === null) continue;
    if (audiences.has(audience)) {
      visit.report(request.get('audience'), message('Two tokens are for the same audience; remove one'));
      continue;
    }
    audiences.add(audience);
    const life = request.get('expirationSeconds');
    if (life.written) checkRange(life, SHORTEST_TOKEN, LONGEST_TOKEN, visit);
  }
}
