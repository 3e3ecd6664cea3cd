import { message } from '../../finding.ts';
import { milli, parseQuantity, whole } from '../../quantity.ts';
import type { Field } from '../../schema/field.ts';
import type { Rule, Visit } from '../rule.ts';
import { isHugePages } from '../resource-names.ts';
import { amountsOf, goQuantity } from './resources.ts';

export const hugepagesInvalid: Rule = {
  code: 'hugepages-invalid',
  title: 'Huge pages that cannot be had',
  origin: 'server',
  severity: 'error',
  docs: `
The name of a resource of huge pages says how large a page is (\`hugepages-2Mi\`), and the amount is a whole number of
such pages. A container that has some must request cpu or memory as well, or have a limit of one.

\`\`\`yaml
# bad
resources:
  limits: { hugepages-2Mi: 3Mi }
# good
resources:
  limits: { hugepages-2Mi: 4Mi, memory: 128Mi }
\`\`\`
`,
  visit: {
    'core/v1.ResourceRequirements'(resources, visit) {
      checkLists(resources, [resources.get('limits'), resources.get('requests')], visit);
    },
    'core/v1.PodSpec'(spec, visit) {
      if (spec.has('overhead')) checkLists(spec.get('overhead'), [spec.get('overhead')], visit);
    },
  },
};

function checkLists(owner: Field, lists: readonly Field[], visit: Visit): void {
  let pages: Field | null = null;
  let others = false;
  for (const list of lists) {
    for (const amount of amountsOf(list)) {
      others ||= amount.key === 'cpu' || amount.key === 'memory';
      if (!isHugePages(amount.key)) continue;
      pages ??= amount;
      checkAmount(amount, list === owner ? `${owner.path}.limits[${amount.key}]` : amount.path, visit);
    }
  }
  if (pages === null || others) return;
  visit.missing(owner, '', message('Huge pages need cpu or memory beside them; add a request or a limit'), {
    path: owner.path,
    range: pages.head,
  });
}

function checkAmount(amount: Field, path: string, visit: Visit): void {
  const quantity = goQuantity(amount);
  const reading = parseQuantity(amount.key.slice('hugepages-'.length));
  const size = reading.ok && reading.quantity.nano > 0n ? reading.quantity : null;
  if (quantity === null) return;
  if (size !== null && milli(size) % 1000n === 0n && whole(quantity) % whole(size) === 0n) return;
  const text =
    size === null
      ? message('{0} names no size of a page; write one such as hugepages-2Mi', amount.key)
      : message('The amount of {0} must be a multiple of the size of its pages', amount.key);
  visit.report(amount, text, { path });
}
