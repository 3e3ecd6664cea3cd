import { message } from '../../finding.ts';
import type { Field } from '../../schema/field.ts';
import { checkItems, pathSegment } from '../forms.ts';
import type { Rule, Visit } from '../rule.ts';
import { checkChoice, checkUnique, goText, isEmptyList, isPending } from '../values.ts';
import { checkStarredList } from './lists.ts';

const operations: readonly string[] = ['*', 'CREATE', 'UPDATE', 'DELETE', 'CONNECT'];
const scopes: readonly string[] = ['*', 'Cluster', 'Namespaced'];

export const admissionRuleInvalid: Rule = {
  code: 'admission-rule-invalid',
  title: 'Rule of a webhook or policy that matches nothing',
  origin: 'server',
  severity: 'error',
  docs: `
A rule says which requests are looked at: \`apiGroups\`, \`apiVersions\`, \`operations\` and \`resources\`, at least one of
each. A \`*\` stands alone. Operations are \`CREATE\`, \`UPDATE\`, \`DELETE\`, \`CONNECT\` or \`*\`, in capitals; \`scope\` is
\`Cluster\`, \`Namespaced\` or \`*\`.

\`\`\`yaml
# bad
operations: [create]
# good
operations: [CREATE]
\`\`\`
`,
  visit: {
    'admissionregistration/v1.RuleWithOperations': checkRule,
    'admissionregistration/v1.NamedRuleWithOperations'(rule, visit) {
      const names = rule.get('resourceNames');
      checkItems(names, pathSegment, visit);
      const seen = new Map<string, Field>();
      for (const name of names.items()) checkUnique(name, seen, visit);
      checkRule(rule, visit);
    },
  },
};

function checkRule(rule: Field, visit: Visit): void {
  if (isPending(rule)) return;
  for (const key of ['operations', 'apiGroups', 'apiVersions']) checkStarredList(rule, key, visit);
  if (isEmptyList(rule.get('resources')))
    visit.missing(rule, 'resources', message('{0} needs an item; add one, or "*" for all', 'resources'));
  for (const operation of rule.get('operations').items()) checkChoice(operation, operations, visit);
  for (const version of rule.get('apiVersions').items()) checkNotEmpty(version, visit);
  checkResources(rule.get('resources'), visit);
  checkChoice(rule.get('scope'), scopes, visit);
}

function checkNotEmpty(item: Field, visit: Visit): boolean {
  if (goText(item) !== '') return true;
  visit.report(item, message('An item of {0} is empty; fill it in or remove it', item.parent?.key ?? ''));
  return false;
}

/** `pods/*` stands for all subresources, `*` + `/status` for those of all resources. */
function checkResources(list: Field, visit: Visit): void {
  const items = list.items();
  const wildSubresources = new Set<string>();
  const wildResources = new Set<string>();
  let plain = false;
  for (const item of items) {
    const text = item.text() ?? (item.written ? null : '');
    if (!checkNotEmpty(item, visit) || text === null) continue;
    const slash = text.indexOf('/');
    if (slash < 0) {
      // Only the last one counts: the server looks no closer.
      plain = text !== '*';
      continue;
    }
    const [resource, subresource] = [text.slice(0, slash), text.slice(slash + 1)];
    if (wildSubresources.has(resource) || wildResources.has(subresource))
      visit.report(item, message('{0} is covered by an item above; remove one', text));
    if (subresource === '*') wildSubresources.add(resource);
    if (resource === '*') wildResources.add(subresource);
  }
  const has = (wanted: string): boolean => items.some((item) => item.text() === wanted);
  if (items.length > 1 && has('*/*')) visit.report(list, message('"*/*" stands for all; remove the others'));
  if (plain && has('*'))
    visit.report(list, message('"*" in {0} stands for all; remove the others', list.key));
}
