import { readFileSync } from 'node:fs';
import { clusterSchema, type CustomKind, type Schema, schemaAt } from '../../core/index.ts';
import { readClusterModels } from './models-file.ts';

/** Which schema a file is checked by. Plain data: it travels to the worker that analyses large files. */
export interface SchemaChoice {
  /** Null: the newest that is known. It does not count where there is a cluster's schema. */
  readonly kubernetesVersion: string | null;
  /** The file that holds what the cluster serves that manifests are for; absent or null where it is not known. */
  readonly cluster?: string | null;
  /** Kinds that definitions in the workspace bring: the same list for as long as they stay the same. */
  readonly kinds?: readonly CustomKind[];
}

const none: readonly CustomKind[] = [];

/** The schema for a choice; the same one for the same choice. */
export function schemaOf({ kubernetesVersion, cluster = null, kinds = none }: SchemaChoice): Schema {
  return (clusterSchemaIn(cluster) ?? schemaAt(kubernetesVersion ?? undefined)).with(kinds);
}

let read: { readonly file: string; readonly schema: Schema | null } | null = null;

/** Files never change once they are written: another schema is in another one. */
function clusterSchemaIn(file: string | null): Schema | null {
  if (file === null) return null;
  if (read?.file !== file) read = { file, schema: readSchema(file) };
  return read.schema;
}

/** Null for a file that is gone or broken: the bundled schema takes its place. */
function readSchema(file: string): Schema | null {
  try {
    const models = readClusterModels(readFileSync(file, 'utf8'));
    return models === null ? null : clusterSchema(models);
  } catch {
    return null;
  }
}
