import { message } from '../../finding.ts';
import type { Message } from '../../finding.ts';
import { nearestWord } from '../../nearest.ts';
import type { DefinedProblem, DefinedProblemKind } from '../../schema/crd-check.ts';
import type { Rule } from '../rule.ts';
import { changeTo, listOf, nameOf } from '../values.ts';
import { definedProblems } from './defined.ts';

export const customValueInvalid: Rule = {
  code: 'custom-value-invalid',
  title: 'Custom resource with a value that its definition does not allow',
  origin: 'server',
  severity: 'error',
  docs: `
The schema in the CustomResourceDefinition of this kind allows other values here: those of an \`enum\`, texts that match
a \`pattern\` or have a \`format\`, numbers of a range, lists and texts of some length, items that differ. The API server
refuses the object. Definitions are taken from the workspace, and from the cluster that manifests are deployed to.

Rules that a definition states in CEL (\`x-kubernetes-validations\`) are not evaluated: only the server knows whether
they hold. Nor is a pattern that cannot be read here.

\`\`\`yaml
# the definition
properties:
  mode: { type: string, enum: [Fast, Safe] }
# bad
spec:
  mode: fast
# good
spec:
  mode: Fast
\`\`\`
`,
  visit: {
    root(object, visit) {
      for (const { problem, field, path } of definedProblems(object)) {
        if (problem.kind === 'missing' || (visit.context.patch && needsAll.has(problem.kind))) continue;
        const meant =
          problem.kind === 'enum' ? nearestWord(field.text() ?? '', problem.args.map(String)) : null;
        const fixes = meant === null ? [] : changeTo(field, meant);
        const name = nameOf(field) === '' ? (object.get('kind').text() ?? '') : nameOf(field);
        visit.report(field, sentence(problem, name), { path, fixes });
      }
    },
  },
};

/** What nobody can tell of a patch, which has only a part of the object. */
const needsAll: ReadonlySet<DefinedProblemKind> = new Set([
  'minItems',
  'minProperties',
  'anyOf',
  'oneOf',
  'not',
]);

/** By kind; `{0}` is the name of the place, `{1}` what the definition wants. */
const templates: Readonly<
  Record<Exclude<DefinedProblemKind, 'missing' | 'anyOf' | 'oneOf' | 'not'>, string>
> = {
  type: '{0} must be of type {1}; the definition allows nothing else',
  enum: '{0} can only be {1}',
  pattern: '{0} must match {1}',
  format: '{0} must have the format {1}',
  minimum: '{0} must be at least {1}',
  above: '{0} must be more than {1}',
  maximum: '{0} must be at most {1}',
  below: '{0} must be less than {1}',
  multipleOf: '{0} must be a multiple of {1}',
  minLength: '{0} must have at least {1} characters',
  maxLength: '{0} must have at most {1} characters',
  minItems: '{0} must have at least {1} items',
  maxItems: '{0} must have at most {1} items',
  minProperties: '{0} must have at least {1} fields',
  maxProperties: '{0} must have at most {1} fields',
  duplicate: 'This item of {0} is there twice; change or remove one of them',
  embedded: '{0} is empty; the object that stands here needs it',
};

const LONGEST = 60;

function sentence({ kind, args }: DefinedProblem, name: string): Message {
  switch (kind) {
    case 'missing':
    case 'anyOf':
      return alternatives(name, String(args[0] ?? ''));
    case 'oneOf':
      if (args[0] === 0) return alternatives(name, String(args[1] ?? ''));
      return message('{0} fits several alternatives of its definition; keep to one of them', name);
    case 'not':
      return args[0] === ''
        ? message('{0} is as its definition does not allow; change it', name)
        : message('{0} must not have all of: {1}; remove one', name, args[0] ?? '');
    default:
      return message(
        templates[kind],
        name,
        cut(kind === 'enum' ? listOf(args.map(String)) : String(args[0])),
      );
  }
}

function alternatives(name: string, fields: string): Message {
  return fields === ''
    ? message('{0} fits none of the alternatives of its definition; change it', name)
    : message('{0} needs one of the fields {1}; add it', name, cut(fields));
}

function cut(text: string): string {
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text;
}
