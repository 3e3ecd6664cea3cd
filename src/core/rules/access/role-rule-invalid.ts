import { message } from '../../finding.ts';
import type { Field } from '../../schema/field.ts';
import { addition, removal } from '../fixes.ts';
import type { Rule, Visit } from '../rule.ts';
import { isEmptyList, isPending } from '../values.ts';

export const roleRuleInvalid: Rule = {
  code: 'role-rule-invalid',
  title: 'Rule of a role that allows nothing',
  origin: 'server',
  severity: 'error',
  docs: `
A rule of a Role or ClusterRole needs \`verbs\`, and either \`apiGroups\` with \`resources\`, or \`nonResourceURLs\`; not both.
Only a ClusterRole takes \`nonResourceURLs\`. The group of Pods, Services and ConfigMaps is the empty text.

\`\`\`yaml
# bad
rules:
  - resources: [pods]
    verbs: [get]
# good
rules:
  - apiGroups: [""]
    resources: [pods]
    verbs: [get]
\`\`\`
`,
  visit: {
    'rbac/v1.PolicyRule'(rule, visit) {
      if (isPending(rule)) return;
      if (isEmptyList(rule.get('verbs')))
        visit.missing(rule, 'verbs', message('A rule needs verbs; add one'));
      const urls = rule.get('nonResourceURLs');
      if (!isEmptyList(urls)) checkUrls(rule, urls, visit);
      else checkResources(rule, visit);
    },
    'rbac/v1.AggregationRule'(rule, visit) {
      if (isEmptyList(rule.get('clusterRoleSelectors')))
        visit.missing(rule, 'clusterRoleSelectors', message('An aggregationRule needs a selector; add one'));
    },
  },
};

function checkUrls(rule: Field, urls: Field, visit: Visit): void {
  if (rule.up('rbac/v1.Role') !== null)
    visit.report(urls, message('nonResourceURLs need a ClusterRole; remove them or change the kind'), {
      fixes: removal(urls, visit),
    });
  if (['apiGroups', 'resources', 'resourceNames'].some((key) => !isEmptyList(rule.get(key))))
    visit.report(urls, message('A rule is about resources or about nonResourceURLs; make two rules of it'));
}

function checkResources(rule: Field, visit: Visit): void {
  if (isEmptyList(rule.get('apiGroups')))
    visit.missing(rule, 'apiGroups', message('A rule needs apiGroups; add "" for Pods and their like'), {
      fixes: addition(rule, 'apiGroups: [""]', visit),
    });
  if (isEmptyList(rule.get('resources')))
    visit.missing(rule, 'resources', message('A rule needs resources; add their plural names'));
}
