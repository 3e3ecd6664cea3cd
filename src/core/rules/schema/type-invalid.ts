import { message } from '../../finding.ts';
import type { Fix, Message } from '../../finding.ts';
import type { ScalarNode } from '../../manifest/nodes.ts';
import type { SchemaProblem } from '../../schema/check.ts';
import type { Field } from '../../schema/field.ts';
import type { ScalarKind, Type } from '../../schema/type.ts';
import type { Rule } from '../rule.ts';

export const typeInvalid: Rule = {
  code: 'type-invalid',
  title: 'Value of the wrong type',
  origin: 'server',
  severity: 'error',
  docs: `
The field holds another kind of value: a number where a text is wanted, one value where a list is wanted, a number
that is too large, a time that is not written as RFC 3339 wants it, data that is not base64. The API server cannot
read the object and refuses it.

YAML reads \`1.10\`, \`on\`, \`yes\` and \`0755\` as numbers and booleans. Where a text is wanted, as in labels,
annotations, arguments and environment variables, put them in quotes.

\`\`\`yaml
# bad
env:
  - name: DEBUG
    value: yes
# good
env:
  - name: DEBUG
    value: "yes"
\`\`\`
`,
  *check({ schemaProblems, document }) {
    for (const problem of schemaProblems) {
      if (problem.kind === 'unknown') continue;
      const { field } = problem;
      yield {
        message: sentence(problem),
        range: field.range,
        path: field.path,
        fixes: fixes(field, document.text),
      };
    }
  },
};

type ValueProblem = Exclude<SchemaProblem, { kind: 'unknown' }>;

function sentence({ kind, field }: ValueProblem): Message {
  const { key, type, parent } = field;
  const name = parent?.node?.type === 'sequence' ? parent.key : key;
  switch (kind) {
    case 'range':
      return message(
        '{0} is too large a number for its field; use one of at most {1} bits',
        name,
        bits(type),
      );
    case 'time':
      return message(templates.time, name);
    case 'microTime':
      return message(templates.microTime, name);
    case 'bytes':
      return message(templates.bytes, name);
    case 'type':
      return wrongType(name, field);
  }
}

/** What a place of each type wants. */
const templates: Readonly<Record<Exclude<Type['kind'], 'any'>, string>> = {
  object: '{0} must be a mapping; write its fields below it, each as key: value',
  map: '{0} must be a mapping; write its entries below it, each as key: value',
  list: '{0} must be a list; begin each of its items with a dash',
  string: '{0} must be one text, not a list or a mapping',
  integer: '{0} must be a whole number',
  number: '{0} must be a number',
  boolean: '{0} must be true or false',
  quantity: '{0} must be a quantity, such as 250m or 1Gi',
  intOrString: '{0} must be a whole number or a text',
  time: '{0} must be a time such as 2026-01-31T12:00:00Z',
  microTime: '{0} must be a time with six decimals, such as 2026-01-31T12:00:00.000000Z',
  bytes: '{0} must be base64; encode the value, or use stringData for plain text',
};

const itemTemplates: ReadonlyMap<Type['kind'], string> = new Map([
  ['object', 'Each item of {0} must be a mapping; write its fields as key: value'],
  ['map', 'Each item of {0} must be a mapping; write its entries as key: value'],
  ['list', 'Each item of {0} must be a list'],
]);

/** A number or a word that YAML takes for a boolean where a text belongs is the commonest slip of all. */
function wrongType(name: string, { node, type, parent }: Field): Message {
  if (type === null || type.kind === 'any') return message('{0} has a value of the wrong type', name);
  if (type.kind === 'string' && node?.type === 'scalar') {
    return typeof node.value === 'boolean'
      ? message(
          '{0} must be a text, but YAML reads {1} as true or false; put it in quotes',
          name,
          node.source,
        )
      : message('{0} must be a text, but {1} is a number; put it in quotes', name, node.source);
  }
  // Of an item the list itself is what it must not be taken for.
  const item = parent?.node?.type === 'sequence' ? itemTemplates.get(type.kind) : undefined;
  return message(item ?? templates[type.kind], name);
}

function bits(type: Type | null): number {
  return type?.kind === 'integer' ? (type.bits ?? 32) : 32;
}

const texts = new Set<ScalarKind | Type['kind']>(['string', 'intOrString']);

/** A number or a boolean where a text is wanted gets quotes; a quoted number where a number is wanted loses them. */
function fixes({ node, type }: Field, text: string): readonly Fix[] {
  if (node?.type !== 'scalar' || type === null) return [];
  const replace = (title: Message, newText: string): readonly Fix[] => [
    { title, edits: [{ range: node.range, newText }], preferred: true },
  ];
  if (texts.has(type.kind) && typeof node.value !== 'string') {
    return replace(message('Put it in quotes'), `"${node.source}"`);
  }
  if (!isQuoted(node, text)) return [];
  const number = type.kind === 'integer' && /^(?:0|-?[1-9]\d*)$/.test(node.source);
  const flag = type.kind === 'boolean' && /^(?:true|false)$/.test(node.source);
  return number || flag ? replace(message('Remove the quotes'), node.source) : [];
}

function isQuoted({ range }: ScalarNode, text: string): boolean {
  return '"\''.includes(text[range.start] ?? ' ');
}
