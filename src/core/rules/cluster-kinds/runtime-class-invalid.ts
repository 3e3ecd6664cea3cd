import { message } from '../../finding.ts';
import type { Field } from '../../schema/field.ts';
import { dnsLabel, requireForm } from '../forms.ts';
import { isLabelValue, isQualifiedName } from '../names.ts';
import { isContainerResource, isCountedResource } from '../resource-names.ts';
import { isWhole } from '../../quantity.ts';
import type { Rule, Visit } from '../rule.ts';
import { checkUnique, goText } from '../values.ts';

export const runtimeClassInvalid: Rule = {
  code: 'runtime-class-invalid',
  title: 'RuntimeClass that nothing can run',
  origin: 'server',
  severity: 'error',
  docs: `
The \`handler\` of a RuntimeClass is the name of a container runtime's configuration: small letters, digits and \`-\`.
\`overhead.podFixed\` holds resources as containers have them, and no toleration stands there twice.

\`\`\`yaml
# bad
handler: gVisor
# good
handler: gvisor
\`\`\`
`,
  visit: {
    'node/v1.RuntimeClass'(runtime, visit) {
      requireForm(runtime, 'handler', dnsLabel, visit);
      for (const amount of runtime.at('overhead.podFixed').entries()) checkOverhead(amount, visit);
      checkSelector(runtime.at('scheduling.nodeSelector'), visit);
      const seen = new Map<string, Field>();
      for (const toleration of runtime.at('scheduling.tolerations').items())
        checkUnique(toleration, seen, visit, identityOf(toleration));
    },
  },
};

/** The server looks at it as at the limits of a container. */
function checkOverhead(amount: Field, visit: Visit): void {
  const name = amount.key;
  const path = `${amount.parent?.parent?.path ?? ''}.limits`;
  if (!isContainerResource(name))
    visit.report(amount, message('{0} is no resource of a container; use a name such as memory', name), {
      path,
      range: amount.head,
    });
  const quantity = amount.quantity();
  if (quantity === null) return;
  if (quantity.nano < 0n)
    visit.report(amount, message('{0} must not be negative; use 0 or more', name), {
      path: `${path}[${name}]`,
    });
  if (isCountedResource(name) && !isWhole(quantity))
    visit.report(amount, message('{0} is counted in whole numbers; change the amount', name), {
      path: `${path}[${name}]`,
    });
}

function checkSelector(selector: Field, visit: Visit): void {
  for (const label of selector.entries()) {
    const value = goText(label);
    if (value === null || (isQualifiedName(label.key) && isLabelValue(value))) continue;
    visit.report(
      label,
      message('No node has the label {0}: {1}; use a valid key and value', label.key, value),
      {
        path: selector.path,
      },
    );
  }
}

/** What makes a toleration another one than the rest; null where it cannot be known. */
function identityOf(toleration: Field): string | null {
  const parts = ['key', 'operator', 'value', 'effect'].map((key) => goText(toleration.get(key)));
  return parts.includes(null) ? null : parts.join(' ').trimEnd();
}
