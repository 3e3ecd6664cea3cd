import { bundledSchema } from '../schema.ts';
import type { Schema, SchemaEdition } from '../schema.ts';
import { addedFields, removedFields } from './fields.ts';
import { known, lifecycles } from './lifecycle.ts';

/** Kubernetes versions whose fields and kinds are known, the oldest first. */
export const supportedVersions: readonly string[] = Array.from(
  { length: known.last - known.first + 1 },
  (_, index) => `1.${known.first + index}`,
);

export const newestVersion = `1.${known.last}`;

/** When a kind of an API version was and will be there; versions as `1.22`, null where there is none or it is long ago. */
export interface Lifecycle {
  readonly introduced: string | null;
  readonly deprecated: string | null;
  /** The first version without it. */
  readonly removed: string | null;
  /** The API version that has the kind instead; it may have been removed since. */
  readonly replacement: string | null;
  /** What to use instead where the kind is another one as well; null where it is the same. */
  readonly replacementKind: string | null;
}

/** Minor number of a version (`1.31`, `v1.31.4+k3s1`); null for what is no version of Kubernetes. */
export function minorOf(version: string): number | null {
  const minor = /^v?1\.(\d{1,3})(?!\d)/.exec(version)?.[1];
  return minor === undefined ? null : Number(minor);
}

/** `before(a, b)`: version a came before b. What is no version counts as the newest. */
export function before(version: string, other: string): boolean {
  return (minorOf(version) ?? known.last) < (minorOf(other) ?? known.last);
}

const kinds = new Map<string, Lifecycle>();
for (const [apiVersion, rows] of Object.entries(lifecycles)) {
  for (const [introduced, deprecated, removed, replacement, names] of rows) {
    const [replacementVersion = null, replacementKind = null] = replacement?.split(' ') ?? [];
    const lifecycle: Lifecycle = {
      introduced: versionOf(introduced),
      deprecated: versionOf(deprecated),
      removed: versionOf(removed),
      replacement: replacementVersion,
      replacementKind,
    };
    for (const kind of names.split(' ')) kinds.set(`${apiVersion} ${kind}`, lifecycle);
  }
}

/** Null for a kind that every supported version has, and for one that is no part of Kubernetes. Lists go with their kind. */
export function lifecycleOf(apiVersion: string, kind: string): Lifecycle | null {
  return kinds.get(`${apiVersion} ${kind.replace(/List$/, '')}`) ?? null;
}

function versionOf(minor: number | null): string | null {
  return minor === null ? null : `1.${minor}`;
}

/** Whether a kind that is part of Kubernetes is also part of this version. */
export function isServed(apiVersion: string, kind: string, version: string): boolean {
  const { introduced = null, removed = null } = lifecycleOf(apiVersion, kind) ?? {};
  if (introduced !== null && before(version, introduced)) return false;
  return removed === null || before(version, removed);
}

interface FieldLifecycle {
  added: string | null;
  removed: string | null;
}

/** Type → field → since when and until when; only of fields that not every supported version has. */
const fields = new Map<string, Map<string, FieldLifecycle>>();
for (const [end, changes] of [
  ['added', addedFields],
  ['removed', removedFields],
] as const) {
  for (const [minor, types] of Object.entries(changes)) {
    for (const [type, names] of Object.entries(types)) {
      const ofType = fields.get(type) ?? new Map<string, FieldLifecycle>();
      fields.set(type, ofType);
      for (const name of names.split(' ')) {
        const life = ofType.get(name) ?? { added: null, removed: null };
        ofType.set(name, { ...life, [end]: `1.${minor}` });
      }
    }
  }
}

/** The version a field came with; null where every supported version has it, or none. */
export function fieldAdded(type: string, field: string): string | null {
  return fields.get(type)?.get(field)?.added ?? null;
}

/** Fields that came to a type with a version that is known, and with which. */
export function fieldsAddedTo(type: string): ReadonlyMap<string, string> {
  const all = [...(fields.get(type) ?? [])];
  return new Map(all.flatMap(([name, { added }]) => (added === null ? [] : [[name, added] as const])));
}

/** Whether a field that the schema's type has, or had, is part of this version. */
export function isKnownField(type: string, field: string, version: string): boolean {
  const life = fields.get(type)?.get(field);
  return life === undefined || isThere(life, version);
}

function isThere({ added, removed }: FieldLifecycle, version: string): boolean {
  return (added === null || !before(version, added)) && (removed === null || before(version, removed));
}

/** What one version of Kubernetes has of all that the schema declares. */
class Edition implements SchemaEdition {
  readonly version: string;

  constructor(version: string) {
    this.version = version;
  }

  hasKind(apiVersion: string, kind: string): boolean {
    return isServed(apiVersion, kind, this.version);
  }

  hasField(type: string, field: string): boolean {
    return isKnownField(type, field, this.version);
  }

  formerFields(type: string): readonly string[] {
    return [...(fields.get(type) ?? [])]
      .filter(([, life]) => life.removed !== null && isThere(life, this.version))
      .map(([name]) => name);
  }

  laterFields(type: string): ReadonlyMap<string, string> {
    const later = new Map<string, string>();
    for (const [name, { added }] of fields.get(type) ?? []) {
      if (added !== null && before(this.version, added)) later.set(name, added);
    }
    return later;
  }
}

const schemas = new Map<number, Schema>();

/**
 * The bundled schema as a version of Kubernetes has it; always the same one for the same version. Versions newer than
 * the newest known one get that one's; before the oldest known one, fields are those of the oldest.
 */
export function schemaAt(version: string = newestVersion): Schema {
  const minor = Math.min(minorOf(version) ?? known.last, known.last);
  const kept = schemas.get(minor);
  if (kept !== undefined) return kept;
  const schema = bundledSchema().edition(new Edition(`1.${minor}`));
  schemas.set(minor, schema);
  return schema;
}
