import { message } from '../../finding.ts';
import type { Field } from '../../schema/field.ts';
import { isQualifiedName } from '../names.ts';
import { qualifiedName, requireForm } from '../forms.ts';
import type { Rule, Visit } from '../rule.ts';
import { checkChoice, checkUnique, goText, isEmpty, isEmptyList, requireText } from '../values.ts';
import { checkParameters } from './parameters.ts';

const reclaimPolicies = ['Delete', 'Retain'];
const bindingModes = ['Immediate', 'WaitForFirstConsumer'];

export const storageClassInvalid: Rule = {
  code: 'storage-class-invalid',
  title: 'StorageClass that cannot be used',
  origin: 'server',
  severity: 'error',
  docs: `
A StorageClass names the \`provisioner\` that makes its volumes. \`reclaimPolicy\` is \`Delete\` or \`Retain\`,
\`volumeBindingMode\` is \`Immediate\` or \`WaitForFirstConsumer\`. Each condition in \`allowedTopologies\` has a label's
key and at least one value, no value or key twice, and no two terms are the same.

\`\`\`yaml
# bad
reclaimPolicy: Recycle
# good
provisioner: csi.example.com
reclaimPolicy: Retain
\`\`\`
`,
  visit: {
    'storage/v1.StorageClass': checkClass,
    'storage/v1beta1.StorageClass': checkClass,
    'core/v1.TopologySelectorTerm'(term, visit) {
      const keys = new Map<string, Field>();
      for (const condition of term.get('matchLabelExpressions').items()) {
        requireForm(condition, 'key', qualifiedName, visit);
        checkUnique(condition.get('key'), keys, visit);
        const values = condition.get('values');
        if (isEmptyList(values))
          visit.missing(condition, 'values', message('A topology needs at least one value; add it'));
        const seen = new Map<string, Field>();
        for (const value of values.items()) checkUnique(value, seen, visit);
      }
    },
  },
};

function checkClass(storageClass: Field, visit: Visit): void {
  checkProvisioner(storageClass, 'provisioner', visit);
  checkParameters(storageClass.get('parameters'), visit);
  const policy = storageClass.get('reclaimPolicy');
  if (!isEmpty(policy)) checkChoice(policy, reclaimPolicies, visit);
  checkChoice(storageClass.get('volumeBindingMode'), bindingModes, visit);
  checkTopologies(storageClass.get('allowedTopologies').items(), visit);
}

/** Who makes volumes, by a name such as `csi.example.com` or `example.com/disk`; capitals are allowed. */
export function checkProvisioner(parent: Field, key: string, visit: Visit): void {
  if (!requireText(parent, key, visit)) return;
  const name = parent.get(key).text();
  if (name !== null && !isQualifiedName(name.toLowerCase()))
    visit.report(
      parent.get(key),
      message('"{0}" is no name of a storage driver; write one such as csi.example.com', name),
    );
}

function checkTopologies(terms: readonly Field[], visit: Visit): void {
  // The server begins with empty terms of its own, so that an empty one is always a repetition.
  const seen = new Set(['']);
  for (const term of terms) {
    const text = meaningOf(term);
    if (text !== null && seen.has(text))
      visit.report(
        term.get('matchLabelExpressions'),
        message('This term is empty or says what another says; remove it'),
        {
          range: term.head,
        },
      );
    if (text !== null) seen.add(text);
  }
}

/** The same for terms that say the same: keys and values in any order. Null where it cannot be known. */
function meaningOf(term: Field): string | null {
  const conditions: string[] = [];
  for (const condition of term.get('matchLabelExpressions').items()) {
    const values = condition.get('values').items().map(goText);
    const key = goText(condition.get('key'));
    if (key === null || values.includes(null)) return null;
    conditions.push(JSON.stringify([key, [...new Set(values)].sort()]));
  }
  return conditions.sort().join();
}
