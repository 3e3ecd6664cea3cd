import { message } from '../../finding.ts';
import type { Field } from '../../schema/field.ts';
import { qualifiedName, requireForm } from '../forms.ts';
import { isDnsLabel } from '../names.ts';
import type { Rule, Visit } from '../rule.ts';
import { checkRange, goText } from '../values.ts';
import { checkMatchLabelKeys } from './match-label-keys.ts';

export const podAffinityInvalid: Rule = {
  code: 'pod-affinity-invalid',
  title: 'Pod affinity that cannot be read',
  origin: 'server',
  severity: 'error',
  docs: `
Pod affinity puts a pod near other pods, or far from them. Every term needs a \`topologyKey\`: the label of nodes that
says what "near" is, such as \`kubernetes.io/hostname\`. The weight of a preference is from 1 to 100, and its term stands
in \`podAffinityTerm\`. \`matchLabelKeys\` and \`mismatchLabelKeys\` need a \`labelSelector\` beside them.

\`\`\`yaml
# bad
podAntiAffinity:
  preferredDuringSchedulingIgnoredDuringExecution:
    - weight: 200
      podAffinityTerm:
        labelSelector: { matchLabels: { app: web } }
# good
podAntiAffinity:
  preferredDuringSchedulingIgnoredDuringExecution:
    - weight: 100
      podAffinityTerm:
        topologyKey: kubernetes.io/hostname
        labelSelector: { matchLabels: { app: web } }
\`\`\`
`,
  visit: {
    'core/v1.WeightedPodAffinityTerm'(preference, visit) {
      checkRange(preference.get('weight'), 1, 100, visit);
      if (!preference.get('podAffinityTerm').written)
        requireForm(preference.get('podAffinityTerm'), 'topologyKey', qualifiedName, visit);
    },
    'core/v1.PodAffinityTerm'(term, visit) {
      requireForm(term, 'topologyKey', qualifiedName, visit);
      checkNamespaces(term, visit);
      checkMatchLabelKeys(term, visit);
    },
  },
};

function checkNamespaces(term: Field, visit: Visit): void {
  for (const item of term.get('namespaces').items()) {
    const namespace = goText(item);
    if (namespace === null || isDnsLabel(namespace)) continue;
    // The server gives the list the name of one of its items.
    visit.report(
      item,
      message('"{0}" is no name of a namespace; use small letters, digits and "-"', namespace),
      { path: term.get('namespace').path },
    );
  }
}
