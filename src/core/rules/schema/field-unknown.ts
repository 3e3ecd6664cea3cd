import { message } from '../../finding.ts';
import type { Fix } from '../../finding.ts';
import type { Entry } from '../../manifest/nodes.ts';
import type { Field } from '../../schema/field.ts';
import { meantField } from './meant-field.ts';
import type { Problem, Rule } from '../rule.ts';

export const fieldUnknown: Rule = {
  code: 'field-unknown',
  title: 'Unknown field',
  origin: 'server',
  severity: 'error',
  docs: `
This kind of object has no such field. The API server refuses it, or drops it silently when it is not asked to be
strict, and the object then does not do what was written. Names are case-sensitive: \`imagePullPolicy\` is a field,
\`imagepullpolicy\` is none.

\`\`\`yaml
# bad
containers:
  - name: web
    imge: web:1
# good
containers:
  - name: web
    image: web:1
\`\`\`
`,
  *check({ schemaProblems, misplaced }) {
    const explained = new Set(misplaced.map(({ entry }) => entry));
    for (const problem of schemaProblems) {
      if (problem.kind !== 'unknown' || problem.since !== null || explained.has(problem.entry)) continue;
      yield unknown(problem.parent, problem.entry);
    }
  },
};

function unknown(parent: Field, entry: Entry): Problem {
  const meant = meantField(parent, entry.key);
  const place = parent.parent === null ? String(parent.get('kind').text() ?? '') : parent.key;
  const owner = /^\d+$/.test(place) ? (parent.parent?.key ?? place) : place;
  return {
    message:
      meant === null
        ? message('{1} has no field {0}; remove it or move it to where it belongs', entry.key, owner)
        : message('{1} has no field {0}; did you mean {2}?', entry.key, owner, meant),
    range: entry.keyRange,
    path: parent.get(entry.key).path,
    fixes: meant === null || entry.inherited ? [] : [rename(entry, meant)],
  };
}

function rename({ keyRange }: Entry, name: string): Fix {
  return {
    title: message('Change to {0}', name),
    edits: [{ range: keyRange, newText: name }],
    preferred: true,
  };
}
