import { readdirSync, readFileSync, renameSync, statSync, unlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { type ClusterModels, OpenApiReader } from '../../core/schema/openapi.ts';
import { writeClusterModels } from './models-file.ts';

/** What a thread is asked to make, and of what. */
export interface CompileTask {
  readonly version: string;
  readonly documents: readonly string[];
  readonly complete: boolean;
  readonly folder: string;
  /** Name of the file, in that folder. */
  readonly name: string;
}

/** No server's documents are nearly as large; a file that says so is none of them. */
const LARGEST = 100_000_000;
/** Of other windows, and of states the cluster may come back to. */
const KEPT = 4;

/** Reads OpenAPI documents and writes what is in them to the task's file: whole, or not at all. */
export function compile({ version, documents, complete, folder, name }: CompileTask): void {
  const models = modelsIn(documents, version, complete);
  const file = join(folder, name);
  const draft = `${file}.${process.pid}.tmp`;
  writeFileSync(draft, writeClusterModels(models));
  renameSync(draft, file);
  try {
    removeOld(folder, name);
  } catch {
    // Another window removes them, too.
  }
}

function modelsIn(documents: readonly string[], version: string, complete: boolean): ClusterModels {
  const reader = new OpenApiReader();
  let whole = complete;
  for (const document of documents) {
    // One that is gone or broken: of its kinds nothing is known then, and the rest counts.
    if (!add(reader, document)) whole = false;
  }
  return reader.result(version, whole);
}

function add(reader: OpenApiReader, file: string): boolean {
  try {
    const bytes = readFileSync(file);
    const text = file.endsWith('.gz') ? gunzipSync(bytes, { maxOutputLength: LARGEST }) : bytes;
    return reader.add(JSON.parse(text.toString('utf8')));
  } catch {
    return false;
  }
}

function removeOld(folder: string, newest: string): void {
  const files = readdirSync(folder)
    .filter((name) => name !== newest && /^schema-\w+\.json$/.test(name))
    .map((name) => ({ name, time: statSync(join(folder, name)).mtimeMs }))
    .sort((a, b) => b.time - a.time);
  for (const { name } of files.slice(KEPT)) unlinkSync(join(folder, name));
}
