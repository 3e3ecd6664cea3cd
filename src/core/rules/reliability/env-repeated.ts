import { message } from '../../finding.ts';
import type { Field } from '../../schema/field.ts';
import type { Rule, Visit } from '../rule.ts';

export const envRepeated: Rule = {
  code: 'env-repeated',
  title: 'Environment variable written twice',
  origin: 'advice',
  severity: 'warning',
  docs: `
The later of two variables of one name hides the earlier one, and when the manifest is applied again one of them may get
lost: they are told apart by their names. One that adds to the earlier (\`value: $(PATH):/opt\`) is right as it is.

\`\`\`yaml
# bad
env:
  - { name: LEVEL, value: info }
  - { name: LEVEL, value: debug }
# good
env:
  - { name: LEVEL, value: debug }
\`\`\`

Source: the API server warns of it.
`,
  visit: {
    'core/v1.Container': check,
    'core/v1.EphemeralContainer': check,
  },
};

function check(container: Field, visit: Visit): void {
  if (!container.has('env')) return;
  const variables = container.get('env').items();
  if (variables.length < 2) return;
  const seen = new Map<string, Field>();
  for (const variable of variables) {
    const field = variable.get('name');
    const name = field.text();
    if (name === null || name === '') continue;
    const first = seen.get(name);
    if (first === undefined) seen.set(name, field);
    else if (!addsTo(variable, name)) {
      visit.report(variable, message('{0} is set before, and this hides that; remove one of them', name), {
        range: field.range,
        related: [{ message: message('The first one is here'), range: first.range }],
      });
    }
  }
}

function addsTo(variable: Field, name: string): boolean {
  const value = variable.get('value');
  const reference = `$(${name})`;
  if (variable.get('valueFrom').written || value.node?.type !== 'scalar') return false;
  return value.node.source !== reference && value.node.source.includes(reference);
}
