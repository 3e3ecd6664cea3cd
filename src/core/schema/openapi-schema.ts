import { before, fieldAdded, fieldsAddedTo, isServed, minorOf } from './history/index.ts';
import type { ClusterModels } from './openapi.ts';
import { bundledModels, Schema } from './schema.ts';
import type { SchemaEdition, SchemaModels } from './schema.ts';

/**
 * The schema of one cluster: the kinds it serves with the fields it has. What it does not serve is still known, as the
 * product knows it, so that an object of a version that was removed is checked all the same.
 */
export function clusterSchema(cluster: ClusterModels): Schema {
  return new Schema(together(bundledModels(), cluster.models), new ClusterEdition(cluster)).with(
    cluster.customs,
  );
}

function together(bundled: SchemaModels, own: SchemaModels): SchemaModels {
  const kinds: Record<string, Readonly<Record<string, string>>> = { ...bundled.kinds };
  for (const [apiVersion, ofVersion] of Object.entries(own.kinds))
    kinds[apiVersion] = { ...kinds[apiVersion], ...ofVersion };
  return { kinds, types: { ...bundled.types, ...own.types } };
}

class ClusterEdition implements SchemaEdition {
  /** `1.36`; null for a version of another form. */
  readonly version: string | null;
  readonly #cluster: ClusterModels;
  readonly #covered: ReadonlySet<string>;

  constructor(cluster: ClusterModels) {
    const minor = minorOf(cluster.version);
    this.version = minor === null ? null : `1.${minor}`;
    this.#cluster = cluster;
    this.#covered = new Set(cluster.covered);
  }

  hasKind(apiVersion: string, kind: string): boolean {
    const { models, complete } = this.#cluster;
    if (models.kinds[apiVersion]?.[kind] !== undefined) return true;
    if (complete || this.#covered.has(apiVersion)) return false;
    return this.version === null || isServed(apiVersion, kind, this.version);
  }

  hasField(type: string, field: string): boolean {
    if (this.#cluster.models.types[type] !== undefined || this.version === null) return true;
    const added = fieldAdded(type, field);
    return added === null || !before(this.version, added);
  }

  /** The cluster itself says what it has. */
  formerFields(): readonly string[] {
    return [];
  }

  laterFields(type: string): ReadonlyMap<string, string> {
    const own = this.#cluster.models.types[type];
    const later = [...fieldsAddedTo(type)].filter(
      ([field, added]) => own?.[field] === undefined && this.version !== null && before(this.version, added),
    );
    return new Map(later);
  }
}
