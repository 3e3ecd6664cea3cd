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

const wanted: Readonly<Record<Exclude<Type['kind'], 'any'>, string>> = {
  object: 'fields (key: value)',
  map: 'keys with values',
  list: 'a list',
  string: 'a text',
  integer: 'a whole number',
  number: 'a number',
  boolean: 'true or false',
  quantity: 'a quantity',
  intOrString: 'a whole number or a text',
  time: 'a time',
  microTime: 'a time',
  bytes: 'base64 data',
};

function sentence(problem: Exclude<SchemaProblem, { kind: 'unknown' }>): Message {
  const { key, type, parent } = problem.field;
  const name = parent?.node?.type === 'sequence' ? parent.key : key;
  switch (problem.kind) {
    case 'range':
      return message(
        '{0} is too large a number for its field; use one of at most {1} bits',
        name,
        bits(type),
      );
    case 'time':
      return message('{0} must be a time such as 2026-01-31T12:00:00Z', name);
    case 'microTime':
      return message('{0} must be a time with six decimals, such as 2026-01-31T12:00:00.000000Z', name);
    case 'bytes':
      return message('{0} must be base64; encode the value, or use stringData for plain text', name);
    case 'type':
      return message('{0} must be {1}; {2} is written here', name, wantedBy(type), written(problem.field));
  }
}

function bits(type: Type | null): number {
  return type?.kind === 'integer' ? (type.bits ?? 32) : 32;
}

function wantedBy(type: Type | null): string {
  return type === null || type.kind === 'any' ? '' : wanted[type.kind];
}

function written({ node }: Field): string {
  if (node?.type === 'sequence') return 'a list';
  if (node?.type === 'mapping') return 'a mapping';
  switch (typeof node?.value) {
    case 'number':
      return 'a number';
    case 'boolean':
      return node.source === String(node.value) ? 'true or false' : 'a word that YAML reads as true or false';
    default:
      return 'a text';
  }
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
