import { message } from '../../finding.ts';
import type { Field } from '../../schema/field.ts';
import { checkFilled, checkItems, dns1035Label, dnsSubdomain, requireForm } from '../forms.ts';
import { isDns1035Label } from '../names.ts';
import type { Rule, Visit } from '../rule.ts';
import { checkChoice, goText, isEmpty, isPending, requireText } from '../values.ts';
import { written } from './crd.ts';

const LONGEST_WARNING = 256;
const scopes: readonly string[] = ['Cluster', 'Namespaced'];
const approval = 'api-approved.kubernetes.io';
const protectedGroup = /(?:^|\.)(?:k8s|kubernetes)\.io$/;
const url = /^[a-z][a-z0-9+.-]*:\/\/[^/]/i;
const controls = /[\p{C}\u2028\u2029]/u;

export const crdInvalid: Rule = {
  code: 'crd-invalid',
  title: 'CustomResourceDefinition that defines nothing',
  origin: 'server',
  severity: 'error',
  docs: `
A CustomResourceDefinition has a \`group\` with at least one dot, a \`scope\` (\`Namespaced\` or \`Cluster\`), \`names\` with a
plural and a kind, and \`versions\` of which exactly one is stored. Every version has a name of its own and a schema.
Groups that end with \`k8s.io\` or \`kubernetes.io\` belong to Kubernetes and need an annotation that says so.

\`\`\`yaml
# bad
versions:
  - { name: v1, served: true, storage: true }
  - { name: v1alpha1, served: true, storage: true }
# good
versions:
  - name: v1
    served: true
    storage: true
    schema: { openAPIV3Schema: { type: object } }
\`\`\`
`,
  visit: {
    'apiextensions/v1.CustomResourceDefinition'(definition, visit) {
      const spec = definition.get('spec');
      checkGroup(definition, visit);
      if (isEmpty(spec.get('scope')))
        visit.missing(spec, 'scope', message('A definition needs a scope; add Namespaced'));
      else checkChoice(spec.get('scope'), scopes, visit);
      checkNames(spec.get('names'), visit);
      checkVersions(spec, visit);
      const preserve = spec.get('preserveUnknownFields');
      if (preserve.flag() === true)
        visit.report(
          preserve,
          message('preserveUnknownFields cannot be true; use x-kubernetes-preserve-unknown-fields'),
        );
    },
  },
};

function checkGroup(definition: Field, visit: Visit): void {
  const spec = definition.get('spec');
  requireForm(spec, 'group', dnsSubdomain, visit);
  const group = spec.get('group').text() ?? '';
  if (group !== '' && dnsSubdomain.fits(group) && !group.includes('.'))
    visit.report(spec.get('group'), message('group is a domain; write one such as {0}.example.com', group));
  if (!protectedGroup.test(group)) return;
  const annotations = definition.at('metadata.annotations');
  const approved = goText(annotations.get(approval));
  if (approved === '')
    visit.missing(
      annotations,
      approval,
      message('Group {0} is protected; add the annotation {1}', group, approval),
    );
  else if (approved !== null && !approved.startsWith('unapproved') && !url.test(approved))
    visit.report(annotations.get(approval), message('{0} must be a URL, or begin with unapproved', approval));
}

function checkNames(names: Field, visit: Visit): void {
  requireForm(names, 'plural', dns1035Label, visit);
  checkFilled(names.get('singular'), dns1035Label, visit);
  const [kind, list] = [goText(names.get('kind')), goText(names.get('listKind'))];
  requireText(names, 'kind', visit);
  for (const [key, text] of [
    ['kind', kind],
    ['listKind', list],
  ] as const) {
    if (text !== null && text !== '' && !isDns1035Label(text.toLowerCase()))
      visit.report(names.get(key), message('"{0}" is no kind; use letters and digits', text));
  }
  if (kind !== null && kind !== '' && kind === list)
    visit.report(
      names.get('listKind'),
      message('listKind must be another one than kind; write {0}List', kind),
    );
  checkItems(names.get('shortNames'), dns1035Label, visit);
  checkItems(names.get('categories'), dns1035Label, visit);
}

function checkVersions(spec: Field, visit: Visit): void {
  const list = spec.get('versions');
  const items = list.items();
  const names = new Set<string>();
  let stored = 0;
  let known = list.node?.type === 'sequence' || !list.written;
  for (const version of items) {
    checkVersion(version, visit);
    const name = goText(version.get('name'));
    const storage = version.get('storage');
    if (storage.written && storage.flag() === null) known = false;
    if (storage.flag() === true) stored++;
    if (name !== null && names.has(name))
      visit.report(version.get('name'), message('Version {0} is there already; use another name', name), {
        path: list.path,
      });
    if (name !== null) names.add(name);
  }
  if (!known || stored === 1) return;
  const text = message('Exactly one version has storage: true; {0} have', stored);
  if (list.written) visit.report(list, text);
  else visit.missing(spec, 'versions', text);
}

function checkVersion(version: Field, visit: Visit): void {
  if (isPending(version)) return;
  requireForm(version, 'name', dns1035Label, visit);
  const schema = version.get('schema');
  if (!schema.written || (schema.node?.type === 'mapping' && !schema.get('openAPIV3Schema').written))
    visit.missing(schema, 'openAPIV3Schema', message('A version needs a schema; add schema.openAPIV3Schema'));
  const warning = written(version, 'deprecationWarning');
  if (warning !== null) checkWarning(version, warning, visit);
}

function checkWarning(version: Field, warning: Field, visit: Visit): void {
  const deprecated = version.get('deprecated');
  const text = warning.text();
  if (deprecated.flag() !== true && (!deprecated.written || deprecated.flag() === false))
    visit.report(warning, message('deprecationWarning needs deprecated: true; add it'));
  else if (text === '') visit.report(warning, message('{0} is empty; fill it in or remove it', warning.key));
  else if (text !== null && (text.length > LONGEST_WARNING || controls.test(text)))
    visit.report(
      warning,
      message('deprecationWarning is one line of at most {0} characters', LONGEST_WARNING),
    );
}
