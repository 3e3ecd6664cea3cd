import type { Type, ObjectType } from '../schema/type.ts';
import { localProposals } from './local.ts';
import { choice, type Proposal, type Rank } from './proposal.ts';
import type { Site } from './site.ts';
import { typeText } from './type-text.ts';
import { knownKeys, knownValues, listedValues } from './values.ts';

/** Columns a part is indented against what it is part of. */
const STEP = 2;
/** Required fields inside required fields: deeper than this they are left to be typed. */
const DEEPEST = 2;

/** What the server writes, and people only copy. */
const serverFields: Readonly<Record<string, readonly string[]>> = {
  'meta/v1.ObjectMeta': [
    'creationTimestamp',
    'deletionGracePeriodSeconds',
    'deletionTimestamp',
    'generation',
    'managedFields',
    'resourceVersion',
    'selfLink',
    'uid',
  ],
};

/** What is needed more often than not, though the schema does not ask for it. */
const usualFields: Readonly<Record<string, readonly string[]>> = {
  '': ['spec', 'data'],
  'meta/v1.ObjectMeta': ['name', 'namespace', 'labels', 'annotations'],
  'core/v1.Container': [
    'image',
    'resources',
    'ports',
    'env',
    'volumeMounts',
    'livenessProbe',
    'readinessProbe',
  ],
  'core/v1.PodSpec': ['containers', 'initContainers', 'volumes', 'serviceAccountName', 'securityContext'],
  'core/v1.ServiceSpec': ['selector', 'ports', 'type'],
  'core/v1.EnvVar': ['value', 'valueFrom'],
  'apps/v1.DeploymentSpec': ['replicas', 'strategy'],
};

/** What names a thing stands before what it is like. */
function first(field: string): number {
  const place = ['apiVersion', 'kind', 'name', 'key'].indexOf(field);
  return place < 0 ? 4 : place;
}

/** What nobody writes one of without the other. */
const together: Readonly<Record<string, readonly string[]>> = {
  'core/v1.Container': ['name', 'image'],
  'core/v1.EnvVar': ['name', 'value'],
  'meta/v1.LabelSelector': ['matchLabels'],
};

/** The fields a mapping does not have yet. */
export function fieldProposals(site: Site, type: ObjectType): readonly Proposal[] {
  const about = type.name;
  return [...type.fields]
    .filter(([name]) => !site.siblings.has(name) && !(site.steps.length === 0 && name === 'status'))
    .map(([name, fieldType]) => ({
      label: name,
      kind: 'field',
      insert: site.colon ? name : entryText(site, name, fieldType),
      snippet: !site.colon,
      detail: typeText(fieldType),
      ...placeOf(site, type, name),
      about: { type: about, field: name },
      open: !site.colon && hasValues(site, type, name, fieldType),
    }));
}

/** Keys that are usual in a mapping whose keys are free. */
export function keyProposals(site: Site, values: Type): readonly Proposal[] {
  return knownKeys(site)
    .map((key, order) => ({ key, order }))
    .filter(({ key }) => !site.siblings.has(key))
    .map(({ key, order }) => ({
      label: key,
      order,
      kind: 'value',
      insert: site.colon ? key : entryText(site, key, values),
      snippet: !site.colon,
      rank: '2',
      open: !site.colon && values.kind === 'quantity',
    }));
}

/** Whether some values can be proposed for a field once its key is written; an editor shows choices by itself. */
function hasValues(site: Site, owner: ObjectType, name: string, type: Type): boolean {
  if (type.kind === 'quantity') return true;
  if (type.kind !== 'string' && type.kind !== 'intOrString') return false;
  const steps = [...site.steps, name];
  if (steps.length === 1 && (name === 'kind' || name === 'apiVersion')) return true;
  if (isChoice(type)) return false;
  const inside: Site = { ...site, part: 'value', steps, owner, type };
  return listedValues(type).length > 0 || knownValues(inside).length > 0 || localProposals(inside).length > 0;
}

/** A new item of a list, at the column of its dashes. */
export function itemProposal(type: Type, column: number): Proposal {
  return {
    label: '- ',
    kind: 'snippet',
    insert: `- ${new Writer(2, false).value(type, column + STEP, 0)}`,
    snippet: true,
    detail: typeText(type),
    rank: '2',
  };
}

/** Where in the list a field is shown. */
function placeOf(
  { steps }: Site,
  { name, required }: ObjectType,
  field: string,
): { readonly rank: Rank; readonly order?: number } {
  const atRoot = ['apiVersion', 'kind', 'metadata'].indexOf(field);
  if (steps.length === 0 && atRoot >= 0) return { rank: '0', order: atRoot };
  if (required.has(field)) return { rank: '0' };
  const usual = usualFields[steps.length === 0 ? '' : name]?.indexOf(field) ?? -1;
  if (usual >= 0) return { rank: '2', order: usual };
  return { rank: serverFields[name]?.includes(field) === true ? '9' : '5' };
}

/** A key and a value to be filled in, in the style of the place. */
function entryText(site: Site, name: string, type: Type): string {
  if (site.style === 'flow') return `${name}: ${flowValue(type)}`;
  return new Writer(STEP, isFlush(site.text)).entry(name, type, site.column, 0);
}

function flowValue(type: Type): string {
  if (type.kind === 'object' || type.kind === 'map') return '{ $1 }';
  return type.kind === 'list' ? '[$1]' : scalarText(type, 1);
}

function scalarText(type: Type, tabStop: number): string {
  return isChoice(type) ? choice(tabStop, listedValues(type)) : `$${tabStop}`;
}

/** Whether the values of a type are few enough to be chosen from where they are filled in. */
function isChoice(type: Type): boolean {
  const { length } = listedValues(type);
  return length > 1 && length <= 12;
}

/** Whether the lists of a text stand in the column of their keys. */
function isFlush(text: string): boolean {
  return (
    /^([ ]*)(?:- )*[\w-]+:[ \t]*\r?\n\1- /m.test(text) && !/^([ ]*)[\w-]+:[ \t]*\r?\n\1[ ]+- /m.test(text)
  );
}

/** Writes what is required as a snippet; its places to fill in are counted through. */
class Writer {
  readonly #step: number;
  readonly #flush: boolean;
  #tabStop = 0;

  constructor(step: number, flush: boolean) {
    this.#step = step;
    this.#flush = flush;
  }

  entry(name: string, type: Type, column: number, depth: number): string {
    switch (type.kind) {
      case 'object':
      case 'map': {
        const inner = column + this.#step;
        return `${name}:\n${' '.repeat(inner)}${this.value(type, inner, depth)}`;
      }
      case 'list': {
        const inner = this.#flush ? column : column + this.#step;
        return `${name}:\n${' '.repeat(inner)}- ${this.value(type.items, inner + 2, depth)}`;
      }
      default:
        return `${name}: ${scalarText(type, ++this.#tabStop)}`;
    }
  }

  /** What stands at a column: the required fields of a mapping, or one place to fill in. */
  value(type: Type, column: number, depth: number): string {
    if (type.kind !== 'object')
      return type.kind === 'map' || type.kind === 'list'
        ? `$${++this.#tabStop}`
        : scalarText(type, ++this.#tabStop);
    const wanted = depth < DEEPEST ? [...type.required, ...(together[type.name] ?? [])] : [];
    const fields = [...type.fields]
      .filter(([name]) => wanted.includes(name))
      .sort(([a], [b]) => first(a) - first(b));
    if (fields.length === 0) return `$${++this.#tabStop}`;
    return fields
      .map(([name, fieldType]) => this.entry(name, fieldType, column, depth + 1))
      .join(`\n${' '.repeat(column)}`);
  }
}
