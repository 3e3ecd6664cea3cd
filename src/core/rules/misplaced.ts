import type { Entry, MappingNode } from '../manifest/nodes.ts';
import type { Field } from '../schema/field.ts';
import type { SchemaProblem } from '../schema/check.ts';
import type { ObjectType, Type } from '../schema/type.ts';

/** A part of an object that has fields of its own; `job` is what a Job and a CronJob's `jobTemplate` describe. */
export type Part =
  'object' | 'metadata' | 'spec' | 'jobTemplate' | 'job' | 'template' | 'pod' | 'container' | 'resources';

/** Where a part stands, whether it is written (`mapping`) or not. */
export interface Place {
  readonly path: string;
  readonly mapping: MappingNode | null;
}

interface TypedPlace extends Place {
  readonly part: Part;
  readonly type: ObjectType;
}

/** A field that stands in a part which has no such field, though another part of the object has. */
export interface MisplacedField {
  readonly entry: Entry;
  readonly parent: Field;
  readonly from: Part;
  /** The part it belongs in; null for an amount that may be meant as a request or as a limit. */
  readonly target: Place | null;
}

/** Parts in which to look for the owner of a stray field, the likeliest first. */
const owners: Readonly<Record<Part, readonly Part[]>> = {
  object: ['metadata', 'spec', 'job', 'pod', 'container'],
  metadata: ['object', 'spec', 'job', 'pod', 'container'],
  spec: ['job', 'container', 'pod', 'metadata'],
  jobTemplate: ['job', 'spec', 'container', 'pod'],
  job: ['spec', 'container', 'pod', 'metadata'],
  template: ['container', 'pod', 'metadata', 'job', 'spec'],
  pod: ['container', 'job', 'spec', 'metadata'],
  container: ['pod', 'resources', 'job', 'spec'],
  resources: [],
};

/** What both a pod and a container have: outside of both, the pod's is meant. */
const ofThePod = new Set(['securityContext', 'restartPolicy']);
/** Names too common to tell where they belong, anywhere but beside `kind`. */
const anybodys = new Set(['name', 'namespace', 'status', 'generation', 'kind', 'apiVersion']);
const amounts = new Set(['cpu', 'memory', 'ephemeral-storage']);

/** Types that make a part wherever they stand, by their names without group and version. */
const parts: ReadonlyMap<string, Part> = new Map([
  ['ObjectMeta', 'metadata'],
  ['JobTemplateSpec', 'jobTemplate'],
  ['JobSpec', 'job'],
  ['PodTemplateSpec', 'template'],
  ['PodSpec', 'pod'],
  ['Container', 'container'],
  ['EphemeralContainer', 'container'],
  ['ResourceRequirements', 'resources'],
]);

/** Which of the unknown fields of a document belong in another part of their object. */
export function misplacedFields(problems: readonly SchemaProblem[]): readonly MisplacedField[] {
  const places = new Map<Field, readonly TypedPlace[]>();
  return problems.flatMap((problem): readonly MisplacedField[] => {
    const from = problem.kind === 'unknown' ? partOf(problem.parent) : null;
    if (problem.kind !== 'unknown' || from === null || problem.entry.inherited) return [];
    if (problem.since !== null) return [];
    const { parent, entry } = problem;
    if (from === 'resources') return amounts.has(entry.key) ? [{ entry, parent, from, target: null }] : [];
    if (from !== 'object' && anybodys.has(entry.key)) return [];
    const { object } = parent;
    const known = places.get(object) ?? placesOf(object);
    places.set(object, known);
    const target = ownerOf(entry.key, from, known);
    return target === null ? [] : [{ entry, parent, from, target }];
  });
}

function partOf({ parent, key, type }: Field): Part | null {
  if (parent === null) return 'object';
  if (type?.kind !== 'object') return null;
  const part = parts.get(type.name.slice(type.name.indexOf('.') + 1));
  return part ?? (key === 'spec' && parent.parent === null ? 'spec' : null);
}

function ownerOf(key: string, from: Part, places: readonly TypedPlace[]): Place | null {
  const candidates = owners[from].flatMap((part) => {
    const having = places.filter((place) => place.part === part && place.type.fields.has(key));
    // Labels that strayed into the template belong to the pods; elsewhere to the object.
    const inTemplate = part === 'metadata' && (from === 'template' || from === 'pod');
    const chosen = inTemplate ? having.at(-1) : having[0];
    return chosen === undefined ? [] : [chosen];
  });
  const ofPod = ofThePod.has(key) ? candidates.find(({ part }) => part === 'pod') : undefined;
  return ofPod ?? candidates[0] ?? null;
}

/** The parts of an object from the outside in, down to its only container. */
function placesOf(object: Field): readonly TypedPlace[] {
  const places: TypedPlace[] = [];
  for (let field: Field | null = object; field !== null; field = inner(field)) {
    places.push(...placeAt(field), ...placeAt(field.get('metadata')));
    if (partOf(field) === 'pod') places.push(...containerPlaces(field));
  }
  return places;
}

function inner(field: Field): Field | null {
  for (const key of ['spec', 'jobTemplate', 'template']) {
    const part = field.get(key);
    if (part.type?.kind === 'object') return part;
  }
  return null;
}

function placeAt(field: Field): readonly TypedPlace[] {
  const part = partOf(field);
  const { type, node, path } = field;
  if (part === null || type?.kind !== 'object') return [];
  return [{ part, type, path, mapping: node?.type === 'mapping' ? node : null }];
}

/** Where a container's field can be moved to: with several containers nobody can tell which one is meant. */
function containerPlaces(pod: Field): readonly TypedPlace[] {
  const list = pod.get('containers');
  const [only, ...others] = list.items();
  if (only !== undefined && others.length === 0) return [...placeAt(only), ...placeAt(only.get('resources'))];
  const path = `${list.path}[]`;
  const type = list.type?.kind === 'list' ? list.type.items : null;
  const resources = type?.kind === 'object' ? type.fields.get('resources') : null;
  return [...unwritten('container', type, path), ...unwritten('resources', resources, `${path}.resources`)];
}

function unwritten(part: Part, type: Type | null | undefined, path: string): readonly TypedPlace[] {
  return type?.kind === 'object' ? [{ part, type, path, mapping: null }] : [];
}
