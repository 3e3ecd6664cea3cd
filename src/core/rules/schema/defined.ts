/** What the rules about custom resources share: the problems of an object, each with its place. */
import { checkDefined } from '../../schema/crd-check.ts';
import type { DefinedProblem, Steps } from '../../schema/crd-check.ts';
import { definedValue } from '../../schema/crd-value.ts';
import { typeProblem } from '../../schema/check.ts';
import type { Field } from '../../schema/field.ts';

/** A problem and the field it is about, written or not. */
export interface PlacedProblem {
  readonly problem: DefinedProblem;
  readonly field: Field;
  /** As the server writes it. */
  readonly path: string;
}

const kept = new WeakMap<Field, readonly PlacedProblem[]>();

/** What the definition of an object's kind says of its values; nothing where the kind has none. */
export function definedProblems(object: Field): readonly PlacedProblem[] {
  const known = kept.get(object);
  if (known !== undefined) return known;
  const found = find(object);
  kept.set(object, found);
  return found;
}

function find(object: Field): readonly PlacedProblem[] {
  const { type, node } = object;
  if (type?.kind !== 'object' || type.definition === undefined || node === null) return [];
  const { schema, statusApart } = type.definition;
  return checkDefined(schema, definedValue(node, schema)).flatMap((problem) => {
    if (statusApart && problem.steps[0] === 'status') return [];
    const field = fieldAt(object, problem.steps);
    // A value of the wrong type is told like those of Kubernetes' own kinds.
    if (field === null || (problem.kind === 'type' && typeProblem(field) !== null)) return [];
    return [{ problem, field, path: pathOf(field, problem) }];
  });
}

function fieldAt(object: Field, steps: Steps): Field | null {
  let field: Field | undefined = object;
  for (const step of steps) field = typeof step === 'number' ? field?.items()[step] : field?.get(step);
  return field ?? null;
}

/** The server writes free keys after a dot, but in brackets where it speaks of items that are there twice. */
function pathOf(field: Field, { kind }: DefinedProblem): string {
  const { parent, key } = field;
  if (parent === null) return field.path;
  const before = pathOf(parent, { kind, steps: [], args: [] });
  if (parent.node?.type === 'sequence') return `${before}[${key}]`;
  if (kind === 'duplicate' && parent.type?.kind === 'map') return `${before}[${key}]`;
  return before === '' ? key : `${before}.${key}`;
}
