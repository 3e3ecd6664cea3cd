import { message } from '../../finding.ts';
import { nearestWord } from '../../nearest.ts';
import type { Field } from '../../schema/field.ts';
import { checkFilled, dnsLabel } from '../forms.ts';
import type { Rule, Visit } from '../rule.ts';
import { changeTo, goText } from '../values.ts';

export const resourceClaimInvalid: Rule = {
  code: 'resource-claim-invalid',
  title: 'Claim of a container that its pod does not have',
  origin: 'server',
  severity: 'error',
  docs: `
\`resources.claims\` of a container names entries of the pod's \`resourceClaims\`: each once, as a whole, or once for each
request in it.

\`\`\`yaml
# bad
resourceClaims: [{ name: gpu, resourceClaimTemplateName: one-gpu }]
containers:
  - name: train
    image: train:1
    resources: { claims: [{ name: gpus }] }
# good
resourceClaims: [{ name: gpu, resourceClaimTemplateName: one-gpu }]
containers:
  - name: train
    image: train:1
    resources: { claims: [{ name: gpu }] }
\`\`\`
`,
  visit: {
    'core/v1.ResourceRequirements'(resources, visit) {
      if (!resources.has('claims')) return;
      const spec = resources.up('core/v1.PodSpec');
      const taken = new Set<string>();
      for (const claim of resources.get('claims').items()) {
        const name = goText(claim.get('name'));
        if (name === '') {
          visit.missing(claim, 'name', message('{0} is required; add it', 'name'), { path: claim.path });
        } else if (name !== null) {
          checkUnique(claim, name, taken, visit);
          if (spec !== null) checkKnown(claim, name, spec, visit);
        }
      }
    },
  },
};

/** A claim as a whole has all of its requests. */
function checkUnique(claim: Field, name: string, taken: Set<string>, visit: Visit): void {
  const request = goText(claim.get('request'));
  if (request === null) return;
  if (request !== '') checkFilled(claim.get('request'), dnsLabel, visit);
  const key = request === '' ? name : `${name}/${request}`;
  const parts = request === '' && [...taken].some((other) => other.startsWith(`${name}/`));
  if (taken.has(name) || taken.has(key) || parts) {
    visit.report(claim, message('{0} is claimed twice; remove one', key), { range: claim.head });
  }
  taken.add(key);
}

function checkKnown(claim: Field, name: string, spec: Field, visit: Visit): void {
  const list = spec.get('resourceClaims');
  const known = list.items().map((one) => one.get('name').text() ?? '');
  if (known.includes(name)) return;
  const meant = nearestWord(name, known);
  const text =
    meant === null
      ? message('The pod has no resource claim "{0}"; add it to resourceClaims', name)
      : message('The pod has no resource claim "{0}"; did you mean {1}?', name, meant);
  visit.missing(list.written ? list : spec, '', text, {
    path: claim.path,
    range: claim.get('name').range,
    fixes: meant === null ? [] : changeTo(claim.get('name'), meant),
  });
}
