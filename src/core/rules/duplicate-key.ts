import { message } from '../finding.ts';
import type { Fix, Message } from '../finding.ts';
import type { Entry } from '../manifest/nodes.ts';
import type { DuplicateKey } from '../manifest/read.ts';
import { removeEntry } from './edits.ts';
import type { Rule } from './rule.ts';

export const duplicateKey: Rule = {
  code: 'duplicate-key',
  title: 'Key written twice',
  origin: 'server',
  severity: 'error',
  docs: `
A mapping holds the same key more than once. The API server refuses such a manifest when it reads it
strictly; other tools silently keep the last value and drop the others.

Often one of the two blocks was pasted, or one mapping was split by accident: put their contents together.
Where both say the same, the later one can be removed. A key that also comes from another mapping by \`<<\` counts as
written twice: YAML lets the mapping's own key win, the API server does not.

\`\`\`yaml
# bad
spec:
  replicas: 3
  replicas: 5
# good
spec:
  replicas: 5
\`\`\`
`,
  *check({ document }) {
    for (const duplicate of document.reading.duplicates) {
      const { key, path, first, again } = duplicate;
      yield {
        message: sentence(duplicate, document.text.slice(again.keyRange.start, again.keyRange.end)),
        range: again.keyRange,
        path,
        related: [{ message: message('{0} is first written here', key), range: first.keyRange }],
        fixes: fixesFor(duplicate, document.text),
      };
    }
  },
};

/** `key`: as it is written, which may be `yes` where the field is called `true`. */
function sentence({ first, again }: DuplicateKey, key: string): Message {
  if (first.inherited)
    return message('{0} comes with << as well, which the API server refuses; keep one of them', key);
  const blocks = first.value.type !== 'scalar' && again.value.type !== 'scalar';
  return blocks
    ? message('{0} is written twice in this mapping; put both parts under one', key)
    : message('{0} is written twice in this mapping; keep one of them', key);
}

/** Equal values: the later one adds nothing. Otherwise either may be the one that is meant. */
function fixesFor({ key, mapping, first, again }: DuplicateKey, text: string): readonly Fix[] {
  if (first.inherited) {
    const edit = again.inherited ? null : removeEntry(text, mapping, again);
    return edit ? [{ title: message('Remove {0} here', key), edits: [edit], preferred: false }] : [];
  }
  const same = written(first, text) === written(again, text);
  const withoutLater = removeEntry(text, mapping, again);
  const withoutFirst = same ? null : removeEntry(text, mapping, first);
  const fixes: Fix[] = [];
  if (withoutLater) {
    const title = same ? message('Remove the repeated {0}', key) : message('Keep the first {0}', key);
    fixes.push({ title, edits: [withoutLater], preferred: same });
  }
  if (withoutFirst) {
    fixes.push({ title: message('Keep the last {0}', key), edits: [withoutFirst], preferred: false });
  }
  return fixes;
}

function written({ value }: Entry, text: string): string {
  return text.slice(value.range.start, value.range.end).trimEnd();
}
