import { message } from '../../finding.ts';
import type { Field } from '../../schema/field.ts';
import { podTemplatePath } from '../../workload/kinds.ts';
import type { Rule } from '../rule.ts';
import { isEmptyList } from '../values.ts';

export const containersMissing: Rule = {
  code: 'containers-missing',
  title: 'Pod without containers',
  origin: 'server',
  severity: 'error',
  docs: `
A pod runs at least one container. One with none, or with init containers only, is refused, and so is every workload
whose pod template has none.

\`\`\`yaml
# bad
spec:
  containers: []
# good
spec:
  containers:
    - name: web
      image: web:1
\`\`\`
`,
  visit: {
    root(object, visit) {
      const template = templateOf(object);
      if (template === null) return;
      const spec = template.get('spec');
      if (!isMapping(spec) || !isEmptyList(spec.get('containers'))) return;
      visit.missing(spec, 'containers', message('A pod needs at least one container; add it to containers'));
    },
  },
};

/** The template of pods, written or not; null where the object has none or it cannot be known. */
function templateOf(object: Field): Field | null {
  const [apiVersion, kind] = [object.get('apiVersion').text(), object.get('kind').text()];
  const keys = apiVersion === null || kind === null ? null : podTemplatePath(apiVersion, kind);
  if (keys === null) return null;
  let place = object;
  for (const key of keys) {
    place = place.get(key);
    if (!isMapping(place)) return null;
  }
  // A ReplicationController may lack its template; that is told of it.
  return place.written || kind !== 'ReplicationController' ? place : null;
}

/** A mapping, or nothing: not a text that a template engine has yet to fill in. */
function isMapping({ node, written }: Field): boolean {
  return !written || node?.type === 'mapping';
}
