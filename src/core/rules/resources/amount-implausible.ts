import { message } from '../../finding.ts';
import type { Fix } from '../../finding.ts';
import type { Quantity } from '../../quantity.ts';
import type { Field } from '../../schema/field.ts';
import { countsBytes, resourceOf } from '../quantities.ts';
import type { Rule, Visit } from '../rule.ts';

const NANO = 1_000_000_000n;
const MEBI = NANO * 1024n ** 2n;
/** Below this no container can be started: its own first process needs more. */
const LEAST_LIMIT = 4n * MEBI;
/** No machine has as much. */
const MOST_MEMORY = NANO * 64n * 1024n ** 4n;

export const amountImplausible: Rule = {
  code: 'amount-implausible',
  title: 'Amount that no container has',
  origin: 'advice',
  severity: 'warning',
  docs: `
An amount whose unit is most likely missing or wrong. \`memory: 512\` is 512 bytes, and the container is killed before
it starts; \`storage: 8\` is a disk of 8 bytes; \`cpu: 100\` is a hundred cores, and no node has room for the pod.
Reported are amounts of bytes below 1Mi, memory limits below 4Mi, memory above 64Ti, and whole CPUs such as 100, 250
and 500 that look like thousandths.

\`\`\`yaml
# bad
resources:
  requests: { cpu: 100, memory: 512 }
# good
resources:
  requests: { cpu: 100m, memory: 512Mi }
\`\`\`

Source: [Resource units](https://kubernetes.io/docs/concepts/configuration/manage-resources-containers/#resource-units-in-kubernetes)
in the Kubernetes documentation.
`,
  visit: {
    quantity(field, visit) {
      const resource = resourceOf(field);
      const bytes = countsBytes(resource);
      if ((!bytes && resource !== 'cpu') || !isAsked(field)) return;
      const written = field.writtenQuantity();
      if (written?.text == null || !written.reading.ok) return;
      if (bytes) checkBytes(field, resource, written.text.trim(), written.reading.quantity, visit);
      else checkCpu(field, written.text.trim(), written.reading.quantity, visit);
    },
  },
};

/** Ratios have no unit, the least that a container must ask for may be next to nothing, and quotas add up. */
const passed: ReadonlySet<string> = new Set(['maxLimitRequestRatio', 'min', 'hard']);

function isAsked({ parent }: Field): boolean {
  return parent === null || !passed.has(parent.key);
}

function checkBytes(field: Field, resource: string, text: string, { nano }: Quantity, visit: Visit): void {
  // A fraction of a byte is a matter of its own, and 0 says that nothing is asked for.
  if (nano <= 0n || nano % NANO !== 0n) return;
  const limit = resource === 'memory' && field.parent?.key === 'limits';
  if (nano < MEBI) {
    const digits = /^\d+$/.test(text);
    const units = /^\d+$/.test(text) && text.length > 2 ? ['Mi'] : ['Mi', 'Gi'];
    const meant = digits ? units.map((unit) => text + unit) : [];
    const [first] = meant;
    visit.report(
      field,
      first === undefined
        ? message('{0} is only {1} bytes; write the unit that is meant', text, String(nano / NANO))
        : message('{0} is only {0} bytes; did you mean {1}?', text, first),
      { fixes: meant.map((newText) => change(field, newText, meant.length === 1)) },
    );
  } else if (limit && nano < LEAST_LIMIT) {
    visit.report(
      field,
      message('No container starts with a memory limit of {0}; raise it to 4Mi or more', text),
    );
  } else if (resource === 'memory' && nano > MOST_MEMORY) {
    visit.report(field, message('No node has {0} of memory; write the unit that is meant', text));
  }
}

function checkCpu(field: Field, text: string, { nano }: Quantity, visit: Visit): void {
  if (nano < 100n * NANO || !/^\d+$/.test(text) || nano % (50n * NANO) !== 0n) return;
  const meant = `${text}m`;
  visit.report(field, message('{0} is {0} whole CPUs; did you mean {1}?', text, meant), {
    fixes: [change(field, meant, false)],
  });
}

function change({ range }: Field, newText: string, preferred: boolean): Fix {
  return { title: message('Change to {0}', newText), edits: [{ range, newText }], preferred };
}
