/** Objects that are named and not there. */
import { message } from '../../finding.ts';
import type { Severity } from '../../finding.ts';
import type { Field } from '../../schema/field.ts';
import type { Reference } from '../../workspace/facts.ts';
import type { Located } from '../../workspace/lookup.ts';
import type { Relation } from '../rule.ts';
import { nearest, otherPlace } from './places.ts';
import { nearestSlip } from './slips.ts';

/** How much it weighs that an object is nowhere to be found. */
interface Weights {
  /** Where others of its kind are here. */
  readonly amongOthers: Severity;
  /** Where none is: they are kept elsewhere. Null: nothing is said. */
  readonly alone: Severity | null;
}

/**
 * Tells that an object is named which is not in the workspace, and which nothing known can make. One that is called
 * nearly so is a warning: a slip of the pen, most likely.
 */
export function reportMissing(
  object: Field,
  relation: Relation,
  reference: Reference,
  weights: Weights,
): boolean {
  const { workspace, here } = relation;
  const { kind, name, optional, range, path } = reference;
  const namespace = namespaceOf(reference, here);
  if (optional || workspace.find(kind, name, namespace).length > 0) return false;
  if (workspace.mayExist(kind, name, namespace, here)) return false;
  const others = workspace.ofKind(kind, namespace);
  const near = nearestSlip(
    name,
    others.map(({ facts }) => facts.name),
  );
  const places = nearest(
    others.filter(({ facts }) => facts.name === near),
    here,
  );
  const severity = others.length > 0 ? weights.amongOthers : weights.alone;
  if (near !== null) {
    relation.report(
      object,
      message('{0} {1} is not in this workspace; did you mean {2}?', kind, name, near),
      {
        range,
        path,
        severity: 'warning',
        fixes: [
          { title: message('Change to {0}', near), edits: [{ range, newText: near }], preferred: false },
        ],
        others: places.slice(0, 1).flatMap((place) => otherPlace(place, message('{0} is here', near))),
      },
    );
  } else if (severity !== null) {
    const text = '{0} {1} is not in this workspace; make sure that the cluster has it';
    relation.report(object, message(text, kind, name), { range, path, severity });
  }
  return near !== null || severity !== null;
}

/** From which namespace a reference is made. */
function namespaceOf({ namespace }: Reference, here: Located): string | null {
  return namespace ?? here.facts.namespace;
}

/** The objects a reference means. */
export function targetsOf(reference: Reference, { workspace, here }: Relation): readonly Located[] {
  return nearest(workspace.find(reference.kind, reference.name, namespaceOf(reference, here)), here);
}
