import { isAbsolute } from 'node:path';
import { ErrorCodes, ResponseError } from 'vscode-languageserver/node';
import type { ClusterSchemaFiles, LiveObjectsParams, SchemaParams } from '../../core/protocol.ts';
import { fields } from '../params.ts';

export function schemaParams(given: unknown): SchemaParams {
  const { schema } = fields(given);
  if (schema === null || schema === undefined) return { schema: null };
  const files = readSchemaFiles(schema);
  if (files === null)
    throw new ResponseError(
      ErrorCodes.InvalidParams,
      'The parameter "schema" needs a "version" and "documents", a list of absolute paths.',
    );
  return { schema: files };
}

/** What `initializationOptions` say; null where they name no files. */
export function initialSchema(options: unknown): ClusterSchemaFiles | null {
  return readSchemaFiles(fields(options)['schema']);
}

/** Null for what names no files. */
function readSchemaFiles(given: unknown): ClusterSchemaFiles | null {
  const { version, documents, complete, cache } = fields(given);
  if (typeof version !== 'string' || !Array.isArray(documents)) return null;
  if (!documents.every((one): one is string => typeof one === 'string' && isAbsolute(one))) return null;
  return {
    version,
    documents,
    complete: complete === true,
    ...(typeof cache === 'string' && isAbsolute(cache) ? { cache } : {}),
  };
}

export function liveObjectsParams(given: unknown): LiveObjectsParams {
  const { target, objects } = fields(given);
  const { context, namespace } = fields(target);
  if (typeof context !== 'string' || typeof namespace !== 'string') return { target: null, objects: [] };
  const known = Array.isArray(objects) ? objects.map(fields) : [];
  return { target: { context, namespace }, objects: known };
}
