import { message } from '../../finding.ts';
import type { Field } from '../../schema/field.ts';
import { dnsLabel, dnsSubdomain, requireForm } from '../forms.ts';
import type { Rule, Visit } from '../rule.ts';
import { checkChoice, goNumber, goText, isEmpty, isEmptyList, isPending, requireText } from '../values.ts';
import { checkStar, checkStarredList } from './lists.ts';

const LAST_PRECEDENCE = 10_000;
const kinds: readonly string[] = ['User', 'Group', 'ServiceAccount'];
const methods: readonly string[] = ['ByNamespace', 'ByUser'];
const verbs: ReadonlySet<string> = new Set(
  'get list create update delete deletecollection patch watch proxy'.split(' '),
);
const subjectKeys: Readonly<Record<string, string>> = {
  User: 'user',
  Group: 'group',
  ServiceAccount: 'serviceAccount',
};

export const flowSchemaInvalid: Rule = {
  code: 'flow-schema-invalid',
  title: 'FlowSchema that matches no request',
  origin: 'server',
  severity: 'error',
  docs: `
A FlowSchema names its \`priorityLevelConfiguration\` and has a \`matchingPrecedence\` from 2 to 10000. Each rule has
\`subjects\`, and \`resourceRules\` or \`nonResourceRules\`. A subject has the one block that its kind names. In lists of
verbs, groups, resources and namespaces a \`*\` stands alone; resource rules need \`namespaces\` or \`clusterScope\`.

\`\`\`yaml
# bad
subjects: [{ kind: User, group: { name: robots } }]
# good
subjects: [{ kind: Group, group: { name: robots } }]
\`\`\`
`,
  visit: {
    'flowcontrol/v1.FlowSchema'(schema, visit) {
      const spec = schema.get('spec');
      requireForm(spec.get('priorityLevelConfiguration'), 'name', dnsSubdomain, visit);
      checkPrecedence(schema, visit);
      const method = spec.get('distinguisherMethod');
      if (method.written && method.node?.type === 'mapping') {
        if (isEmpty(method.get('type')))
          visit.missing(method, 'type', message('{0} is required; add it', 'type'));
        else checkChoice(method.get('type'), methods, visit);
      }
    },
    'flowcontrol/v1.PolicyRulesWithSubjects'(rule, visit) {
      if (isPending(rule)) return;
      if (isEmptyList(rule.get('subjects')))
        visit.missing(rule, 'subjects', message('A rule needs subjects; add one'));
      if (isEmptyList(rule.get('resourceRules')) && isEmptyList(rule.get('nonResourceRules')))
        visit.report(rule, message('A rule needs resourceRules or nonResourceRules; add one'));
    },
    'flowcontrol/v1.Subject': checkSubject,
    'flowcontrol/v1.ResourcePolicyRule'(rule, visit) {
      checkVerbs(rule, visit);
      checkStarredList(rule, 'apiGroups', visit);
      checkStarredList(rule, 'resources', visit);
      checkNamespaces(rule, visit);
    },
    'flowcontrol/v1.NonResourcePolicyRule'(rule, visit) {
      checkVerbs(rule, visit);
      if (!checkStarredList(rule, 'nonResourceURLs', visit)) return;
      for (const path of rule.get('nonResourceURLs').items()) checkPath(path, visit);
    },
  },
};

function checkPrecedence(schema: Field, visit: Visit): void {
  const field = schema.at('spec.matchingPrecedence');
  const value = goNumber(field);
  if (value === null || value === 0) return;
  const lowest = goText(schema.at('metadata.name')) === 'exempt' ? 1 : 2;
  if (value < lowest || value > LAST_PRECEDENCE)
    visit.report(
      field,
      message('{0} must be from {1} to {2}; change it', field.key, lowest, LAST_PRECEDENCE),
    );
}

function checkSubject(subject: Field, visit: Visit): void {
  if (isPending(subject)) return;
  const kind = goText(subject.get('kind'));
  if (kind === '') visit.missing(subject, 'kind', message('A subject needs a kind; add ServiceAccount'));
  checkChoice(subject.get('kind'), kinds, visit);
  const own = kind !== null && kinds.includes(kind) ? subjectKeys[kind] : undefined;
  if (kind === null || own === undefined) return;
  for (const key of Object.values(subjectKeys)) {
    if (key !== own && subject.get(key).written)
      visit.report(subject.get(key), message('A subject of kind {0} has no {1}; remove it', kind, key));
  }
  const block = subject.get(own);
  if (!block.written)
    visit.missing(subject, own, message('A subject of kind {0} needs {1}; add it', kind, own));
  else if (kind !== 'ServiceAccount') requireText(block, 'name', visit);
  else {
    if (block.get('name').text() !== '*') requireForm(block, 'name', dnsSubdomain, visit);
    requireForm(block, 'namespace', dnsLabel, visit);
  }
}

function checkVerbs(rule: Field, visit: Visit): void {
  if (!checkStarredList(rule, 'verbs', visit)) return;
  const unknown = rule
    .get('verbs')
    .items()
    .find((verb) => !verbs.has(goText(verb) ?? 'get'));
  if (unknown !== undefined)
    visit.report(
      unknown,
      message('There is no verb "{0}"; use one such as get, list or watch', goText(unknown) ?? ''),
      {
        path: rule.get('verbs').path,
      },
    );
}

function checkNamespaces(rule: Field, visit: Visit): void {
  const list = rule.get('namespaces');
  const whole = rule.get('clusterScope');
  if (isEmptyList(list)) {
    if (!whole.written || whole.flag() === false)
      visit.missing(rule, 'namespaces', message('A rule needs namespaces or clusterScope: true; add one'));
  } else if (checkStar(list, visit)) {
    for (const item of list.items()) {
      const name = goText(item);
      if (name !== null && !dnsLabel.fits(name))
        visit.report(item, message(dnsLabel.template, list.key, name));
    }
  }
}

function checkPath(field: Field, visit: Visit): void {
  const path = goText(field);
  if (path === null || path === '/') return;
  const star = path.indexOf('*');
  const good = path.startsWith('/') && !path.includes(' ') && !path.includes('//');
  if (!good || (star >= 0 && (star !== path.length - 1 || !path.endsWith('/*'))))
    visit.report(field, message('"{0}" is no path; write one such as /metrics or /healthz/*', path));
}
