import { message } from '../../finding.ts';
import type { Fix } from '../../finding.ts';
import type { Field } from '../../schema/field.ts';
import { isDnsLabel } from '../names.ts';
import type { Rule, Visit } from '../rule.ts';
import { changeTo, checkUnique, requireText } from '../values.ts';

export const containerNameInvalid: Rule = {
  code: 'container-name-invalid',
  title: 'Container name missing, taken or malformed',
  origin: 'server',
  severity: 'error',
  docs: `
Every container has a name of its own in its pod; init containers count as well. It is at most 63 characters long: small
letters, digits and \`-\`, with a letter or digit at both ends.

\`\`\`yaml
# bad
containers:
  - name: Web_Server
    image: web:1
# good
containers:
  - name: web-server
    image: web:1
\`\`\`
`,
  visit: {
    'core/v1.PodSpec'(spec, visit) {
      const names = new Map<string, Field>();
      // The server looks at init containers last: of two equal names, theirs is the wrong one.
      for (const list of ['containers', 'initContainers']) {
        if (!spec.has(list)) continue;
        for (const container of spec.get(list).items()) checkName(container, names, visit);
      }
    },
  },
};

function checkName(container: Field, names: Map<string, Field>, visit: Visit): void {
  if (!requireText(container, 'name', visit)) return;
  const name = container.get('name');
  const text = name.text();
  if (text !== null && !isDnsLabel(text)) {
    visit.report(
      name,
      message('A container cannot be called "{0}"; use at most 63 small letters, digits and "-"', text),
      { fixes: rename(name, text) },
    );
  }
  checkUnique(name, names, visit);
}

/** Not preferred: logs, annotations and scripts may know the container by its name. */
function rename(name: Field, text: string): readonly Fix[] {
  const meant = text
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, 63)
    .replace(/^-|-$/g, '');
  return isDnsLabel(meant) ? changeTo(name, meant, false) : [];
}
