import { message } from '../../finding.ts';
import type { Fix } from '../../finding.ts';
import { readPlain } from '../../manifest/scalars.ts';
import type { Field } from '../../schema/field.ts';
import { labelValue } from '../forms.ts';
import { isLabelValue, isQualifiedName } from '../names.ts';
import type { Rule, Visit } from '../rule.ts';
import { changeTo } from '../values.ts';
import { checkedPath } from './checked-metadata.ts';

export const labelInvalid: Rule = {
  code: 'label-invalid',
  title: 'Invalid label',
  origin: 'server',
  severity: 'error',
  docs: `
Selectors compare labels, so labels are short and plain: a key is a name of at most 63 letters, digits, \`-\`, \`_\` and
\`.\`, with a letter or digit at both ends, and may have a domain before it (\`example.com/tier\`). A value has the same
form without a domain, or is empty. What is longer, or has spaces and slashes in it, is an annotation.

\`\`\`yaml
# bad
labels:
  owner: Team A
  page: https://example.com
# good
labels:
  owner: team-a
annotations:
  page: https://example.com
\`\`\`
`,
  visit: {
    'meta/v1.ObjectMeta'(metadata, visit) {
      const labels = metadata.get('labels');
      if (!labels.written) return;
      const path = checkedPath(metadata);
      const computed = metadata.object.get('kind').text() === 'Namespace' ? [NAMESPACE_NAME] : [];
      if (path !== null) checkLabels(labels, `${path}.labels`, visit, computed);
    },
    'core/v1.ServiceSpec'(spec, visit) {
      const selector = spec.get('selector');
      checkLabels(selector, selector.path, visit);
    },
  },
};

/** The server gives it to every namespace, whatever value it had. */
const NAMESPACE_NAME = 'kubernetes.io/metadata.name';

/** Keys and values of labels, or of a selector of labels. The server names the whole of them, and sets those `computed`. */
export function checkLabels(
  labels: Field,
  path: string,
  visit: Visit,
  computed: readonly string[] = [],
): void {
  for (const label of labels.entries()) {
    const { key } = label;
    if (!isQualifiedName(key)) {
      const text = message('"{0}" cannot be a label; use a name such as app or example.com/app', key);
      visit.report(label, text, { path, range: label.head });
    }
    const value = label.text();
    if (value !== null && !isLabelValue(value) && !computed.includes(key)) {
      visit.report(label, message(labelValue.template, key, value), { path, fixes: tidier(label, value) });
    }
  }
}

function tidier(label: Field, value: string): readonly Fix[] {
  const tidy = value.replaceAll(/[^A-Za-z0-9._-]+/g, '-').replaceAll(/^[^A-Za-z0-9]+|[^A-Za-z0-9]+$/g, '');
  if (tidy === '' || !isLabelValue(tidy)) return [];
  return changeTo(label, typeof readPlain(tidy) === 'string' ? tidy : `"${tidy}"`, false);
}
