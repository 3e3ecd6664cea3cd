import { message } from '../finding.ts';
import type { Fix, Message, TextEdit } from '../finding.ts';
import type { ContainerNode } from '../manifest/document.ts';
import { toJson } from '../manifest/nodes.ts';
import { columnOf } from '../manifest/text.ts';
import { appendLines, linesOf, removeEntry } from './edits.ts';
import type { MisplacedField, Part } from './misplaced.ts';
import type { Problem, Rule } from './rule.ts';

export const fieldMisplaced: Rule = {
  code: 'field-misplaced',
  title: 'Field in the wrong place',
  origin: 'server',
  severity: 'error',
  docs: `
The field exists, but not in this part of the object: \`replicas\` inside the pod template, \`restartPolicy\`
or \`volumes\` inside a container, \`cpu\` directly under \`resources\`. The API server refuses unknown fields, or
drops them silently when it is not asked to be strict, and the object then does not do what was written.

\`restartPolicy\` of a container is a warning: newer servers accept it there, with a different meaning
than the pod's. In an init container \`restartPolicy: Always\` makes a sidecar and is never reported.

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
  *check(context) {
    const { document } = context;
    for (const field of context.misplaced) {
      yield {
        message: sentences[field.from](field.entry.key, whereTo(field)),
        range: field.entry.keyRange,
        path: field.path,
        fixes: moves(field.entry.key, field, document.text),
      };
    }
    for (const container of document.containers) {
      yield* restartPolicy(container, document.text);
      yield* bareAmounts(container);
    }
  },
};

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
function whereTo({ target, pod }: MisplacedField): string {
  const prefix = pod.object.path;
  return prefix === '' ? target.path : target.path.slice(prefix.length + 1);
}

type Movable = Pick<MisplacedField, 'entry' | 'mapping' | 'target'>;

/** Moving is certain where the field's own place is written and free; where it says the same there, removing is. */
function moves(
  key: string,
  { entry, mapping, target }: Movable,
  text: string,
  preferred = true,
): readonly Fix[] {
  const lines = linesOf(text, mapping, entry);
  const removal = removeEntry(text, mapping, entry);
  if (lines === null || removal === null || target.mapping === null) return [];
  const present = target.mapping.entry(key);
  if (present !== null) {
    const same = JSON.stringify(toJson(present.value)) === JSON.stringify(toJson(entry.value));
    return same ? [{ title: message('Remove {0} here', key), edits: [removal], preferred }] : [];
  }
  const block = text.slice(lines.start, lines.end).replace(/\r?\n$/, '');
  const insertion = appendLines(text, target.mapping, outdent(block, columnOf(text, entry.keyRange.start)));
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

/** A container's own restart policy goes with rules, or makes an init container a sidecar; else the pod's is meant. */
function* restartPolicy({ node, pod, path, list, sidecar }: ContainerNode, text: string): Iterable<Problem> {
  const entry = node.entry('restartPolicy');
  if (entry === null || entry.inherited || sidecar || list === 'ephemeralContainers') return;
  if (node.entry('restartPolicyRules') !== null) return;
  const target = { path: pod.specPath, mapping: pod.spec };
  yield {
    message: message(
      'restartPolicy of a container is not the pod’s; move it beside containers if that is meant',
    ),
    range: entry.keyRange,
    path: `${path}.restartPolicy`,
    severity: 'warning',
    fixes: moves('restartPolicy', { entry, mapping: node, target }, text, false),
  };
}

const amounts = new Set(['cpu', 'memory', 'ephemeral-storage']);

/** Amounts directly under `resources`, where neither a request nor a limit is said. */
function* bareAmounts({ node, path }: ContainerNode): Iterable<Problem> {
  for (const entry of node.mapping('resources')?.entries ?? []) {
    if (!amounts.has(entry.key) || entry.inherited) continue;
    yield {
      message: message(
        '{0} is no field of resources; it belongs in resources.requests or resources.limits',
        entry.key,
      ),
      range: entry.keyRange,
      path: `${path}.resources.${entry.key}`,
    };
  }
}
