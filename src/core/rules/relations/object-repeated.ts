import { message } from '../../finding.ts';
import type { Located } from '../../workspace/lookup.ts';
import type { Rule } from '../rule.ts';
import { otherPlace } from './places.ts';

export const objectRepeated: Rule = {
  code: 'object-repeated',
  title: 'Object that is there twice',
  origin: 'advice',
  severity: 'warning',
  docs: `
A file holds two objects of the same kind, name and namespace. They are applied one after the other: of the first,
nothing is left but what the second does not say.

\`\`\`yaml
# bad
kind: ConfigMap
metadata: { name: web }
---
kind: ConfigMap
metadata: { name: web }
# good
kind: ConfigMap
metadata: { name: web }
---
kind: ConfigMap
metadata: { name: web-extra }
\`\`\`
`,
  relate(object, relation) {
    const { workspace, here } = relation;
    const { kind, name, apiVersion, namespace } = here.facts;
    if (name === '' || kind === '' || object.at('metadata.generateName').written) return;
    // The last of them is told: it is the one that wins.
    const first = workspace.findFirst(
      kind,
      name,
      namespace,
      (one) =>
        one.uri === here.uri &&
        one.facts.namespace === namespace &&
        groupOf(one.facts.apiVersion) === groupOf(apiVersion) &&
        isBefore(one, here),
    );
    if (first === null) return;
    const text = message(
      '{0} {1} is in this file already; only the last one counts; rename or remove one',
      kind,
      name,
    );
    relation.report(object.at('metadata.name'), text, {
      others: otherPlace(first, message('The first one')),
    });
  },
};

function isBefore(one: Located, other: Located): boolean {
  if (one.document !== other.document) return one.document < other.document;
  return one.facts.range.start < other.facts.range.start;
}

function groupOf(apiVersion: string): string {
  return apiVersion.includes('/') ? apiVersion.slice(0, apiVersion.indexOf('/')) : '';
}
