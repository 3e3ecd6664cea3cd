import { message } from '../finding.ts';
import type { Fix, Message, TextEdit } from '../finding.ts';
import { toJson } from '../manifest/nodes.ts';
import type { Entry, Node } from '../manifest/nodes.ts';
import { columnOf } from '../manifest/text.ts';
import { appendLines, linesOf, removeEntry } from './edits.ts';
import type { MisplacedField, Part, Place } from './misplaced.ts';
import type { Rule } from './rule.ts';

export const fieldMisplaced: Rule = {
  code: 'field-misplaced',
  title: 'Field in the wrong place',
  origin: 'server',
  severity: 'error',
  docs: `
The field exists, but not in this part of the object: \`replicas\` inside the pod template, \`nodeSelector\`
or \`volumes\` inside a container, \`cpu\` directly under \`resources\`. The API server refuses unknown fields, or
drops them silently when it is not asked to be strict, and the object then does not do what was written.

\`\`\`yaml
# bad
containers:
  - name: web
    image: web:1
    volumes: [{ name: data, emptyDir: {} }]
# good
containers:
  - name: web
    image: web:1
volumes: [{ name: data, emptyDir: {} }]
\`\`\`
`,
  *check({ misplaced, document }) {
    for (const field of misplaced) {
      const { entry, parent, target } = field;
      yield {
        message: sentence(field),
        range: entry.keyRange,
        path: parent.get(entry.key).path,
        fixes: target === null ? [] : moves(entry, parent.node, target, document.text),
      };
    }
  },
};

function sentence({ entry, parent, from, target }: MisplacedField): Message {
  if (target !== null) return sentences[from](entry.key, within(parent.object.path, target.path));
  return message(
    '{0} is no field of resources; it belongs in resources.requests or resources.limits',
    entry.key,
  );
}

const sentences: Readonly<Record<Part, (field: string, owner: string) => Message>> = {
  object: (field, owner) => message('{0} is no field beside kind; it belongs in {1}', field, owner),
  metadata: (field, owner) => message('{0} is no field of metadata; it belongs in {1}', field, owner),
  spec: (field, owner) => message('{0} is no field of this spec; it belongs in {1}', field, owner),
  jobTemplate: (field, owner) => message('{0} is no field of jobTemplate; it belongs in {1}', field, owner),
  job: (field, owner) => message('{0} is no field of the Job’s spec; it belongs in {1}', field, owner),
  template: (field, owner) => message('{0} is no field of the pod template; it belongs in {1}', field, owner),
  pod: (field, owner) => message('{0} is no field of the pod’s spec; it belongs in {1}', field, owner),
  container: (field, owner) => message('{0} is no field of a container; it belongs in {1}', field, owner),
  resources: (field, owner) => message('{0} is no field of resources; it belongs in {1}', field, owner),
};

/** `spec.template.spec`, or `spec.template.spec.containers[]` where a container is meant and not which. */
function within(object: string, path: string): string {
  return object === '' ? path : path.slice(object.length + 1);
}

/** Moving is certain where the field's own place is written and free; where it says the same there, removing is. */
export function moves(
  entry: Entry,
  mapping: Node | null,
  target: Place,
  text: string,
  preferred = true,
): readonly Fix[] {
  if (mapping?.type !== 'mapping' || target.mapping === null) return [];
  const { key, keyRange, value } = entry;
  // Written twice, one of them would stay behind: which of them is meant comes first.
  if (mapping.entries.some((other) => other !== entry && other.key === key)) return [];
  const lines = linesOf(text, mapping, entry);
  const removal = removeEntry(text, mapping, entry);
  if (lines === null || removal === null) return [];
  const present = target.mapping.entry(key);
  if (present !== null) {
    const same = JSON.stringify(toJson(present.value)) === JSON.stringify(toJson(value));
    return same ? [{ title: message('Remove {0} here', key), edits: [removal], preferred }] : [];
  }
  const block = text.slice(lines.start, lines.end).replace(/\r?\n$/, '');
  const insertion = appendLines(text, target.mapping, outdent(block, columnOf(text, keyRange.start)));
  if (insertion === null) return [];
  const title = message('Move {0} to its place', key);
  return [{ title, edits: inOrder(removal, insertion, text), preferred }];
}

/** Lines without the indentation of the first. */
function outdent(block: string, columns: number): readonly string[] {
  return block
    .split(/\r?\n/)
    .map((line) => line.slice(Math.min(columns, line.length - line.trimStart().length)));
}

/** At the end of a text without a last line break, the break before the removed lines serves the inserted ones. */
function inOrder(removal: TextEdit, insertion: TextEdit, text: string): readonly TextEdit[] {
  const atEnd = removal.range.end === text.length && insertion.range.start === text.length;
  const newText = atEnd ? insertion.newText.replace(/^\r?\n/, '') : insertion.newText;
  return [removal, { ...insertion, newText }];
}
