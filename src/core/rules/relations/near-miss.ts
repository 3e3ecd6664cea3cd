/** Selectors that choose nothing, and what they nearly choose. */
import { message } from '../../finding.ts';
import type { Fix, Message, Severity } from '../../finding.ts';
import type { Field } from '../../schema/field.ts';
import type { LabelSelector, Selection } from '../../workspace/facts.ts';
import { selects } from '../../workspace/facts.ts';
import type { Located } from '../../workspace/lookup.ts';
import type { Relation } from '../rule.ts';
import { nearest, otherPlace } from './places.ts';
import { isSlip } from './slips.ts';

/** Pods that a selector would choose but for one label. */
export interface NearMiss {
  readonly pods: Located;
  readonly key: string;
  readonly wanted: string;
  /** Null where the pods do not have the label at all. */
  readonly has: string | null;
  /** The two look like the same thing written twice. */
  readonly alike: boolean;
}

/** The pods that a selector would choose but for a slip, or for a label they lack; null where there are none. */
function nearMiss(selector: LabelSelector, relation: Relation): NearMiss | null {
  const { workspace, here } = relation;
  const labels = Object.entries(selector.matchLabels);
  const misses = new Map<Located, NearMiss>();
  for (const [key, wanted] of labels) {
    const rest = Object.fromEntries(labels.filter(([other]) => other !== key));
    const others: LabelSelector = { ...selector, matchLabels: rest };
    const { namespace } = here.facts;
    const candidates =
      labels.length > 1 ? workspace.podsSelected(others, namespace) : workspace.podsLabelled(key, namespace);
    for (const pods of candidates) {
      const { pod } = pods.facts;
      if (pod?.labelsKnown !== true || misses.get(pods)?.alike === true) continue;
      const has = pod.labels[key] ?? null;
      const alike = has !== null && isSlip(wanted, has);
      // Another value is another component of the same thing; a label that is not there at all was forgotten.
      if (!alike && has !== null) continue;
      if (labels.length > 1 || selects(others, pod.labels))
        misses.set(pods, { pods, key, wanted, has, alike });
    }
  }
  const alike = [...misses.values()].filter((miss) => miss.alike);
  const chosen = alike.length > 0 ? alike : [...misses.values()];
  const [near] = nearest(
    chosen.map(({ pods }) => pods),
    here,
  );
  return near === undefined ? null : (misses.get(near) ?? null);
}

interface Told {
  /** What is said where nothing comes near. */
  readonly nothing: Message;
  readonly weight: Severity;
  /** Of a slip. */
  readonly alikeWeight: Severity;
}

/**
 * Tells of a selector that chooses no pod of the workspace. Silent where a custom object, a template or a label that is
 * added later may make such pods.
 */
export function reportUnselected(object: Field, relation: Relation, selection: Selection, told: Told): void {
  const { workspace, here } = relation;
  const { selector, range, path } = selection;
  const entries = Object.entries(selector.matchLabels).filter(([key]) => !workspace.isAddedLabel(key));
  const asked: LabelSelector = { ...selector, matchLabels: Object.fromEntries(entries) };
  if (entries.length === 0 && selector.matchExpressions.length === 0) return;
  if (workspace.podsSelected(asked, here.facts.namespace).length > 0) return;
  if (entries.some(([, value]) => workspace.isMentioned(value))) return;
  const near = nearMiss(asked, relation);
  const isComplete = workspace.isComplete(here, here.facts.namespace);
  if (near !== null && (isComplete || near.pods.uri === here.uri)) {
    reportNear(object, relation, near, selection, told);
    return;
  }
  if (!isComplete || workspace.mayMakePods) return;
  relation.report(object, told.nothing, { range, path, severity: told.weight });
}

function reportNear(
  object: Field,
  relation: Relation,
  near: NearMiss,
  { path }: Selection,
  { alikeWeight, weight }: Told,
): void {
  const { pods, key, wanted, has, alike } = near;
  const { kind, name, pod } = pods.facts;
  const place = labelField(object, path, key);
  const text =
    has === null
      ? message(
          'The pods of {0} {1} lack the label {2}: {3}; add it there, or drop it here',
          kind,
          name,
          key,
          wanted,
        )
      : message('The pods of {0} {1} have {2}: {3}, not {4}; make them equal', kind, name, key, has, wanted);
  const fixes: readonly Fix[] =
    has === null || place === null || !alike
      ? []
      : [
          {
            title: message('Change to {0}', has),
            edits: [{ range: place.range, newText: asYaml(has) }],
            preferred: false,
          },
        ];
  relation.report(place ?? object, text, {
    ...(place === null ? {} : { path: place.path }),
    severity: alike ? alikeWeight : weight,
    fixes,
    others: otherPlace(pods, message('The labels of the pods'), pod?.labelsRange),
  });
}

/** The label among those a selector asks for, as a Service or as others write it. */
function labelField(object: Field, path: string, key: string): Field | null {
  const steps = path.slice(object.path.length).replace(/^\./, '');
  const selector = object.at(steps);
  const field = [selector.get(key), selector.get('matchLabels').get(key)].find((one) => one.written);
  return field ?? null;
}

/** A label's value as YAML, which takes some words for other things than texts. */
function asYaml(value: string): string {
  return /^[A-Za-z][\w.-]*$/.test(value) && !/^(?:y|n|yes|no|on|off|true|false|null)$/i.test(value)
    ? value
    : JSON.stringify(value);
}
