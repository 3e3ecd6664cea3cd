import { randomUUID } from 'node:crypto';
import { readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
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
/** For so long, in milliseconds, another server may read a file that it asked for once. */
const IN_USE = 7 * 24 * 60 * 60 * 1000;
/** So long, in milliseconds, nobody writes: whoever began it is gone. */
const ABANDONED = 60 * 60 * 1000;

/** Reads OpenAPI documents and writes what is in them to the task's file: whole, or not at all. */
export function compile({ version, documents, complete, folder, name }: CompileTask): void {
  const models = modelsIn(documents, version, complete);
  const file = join(folder, name);
  // Servers of other machines, with other numbers, may share the folder.
  const draft = `${file}.${randomUUID()}.tmp`;
  try {
    writeFileSync(draft, writeClusterModels(models));
    renameSync(draft, file);
  } catch (error) {
    rmSync(draft, { force: true });
    throw error;
  }
  removeOld(folder, name, Date.now());
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

/** What nobody has asked for in a while, beyond the newest few; and drafts that nobody will finish. */
function removeOld(folder: string, newest: string, now: number): void {
  const aged = readdirSync(folder).flatMap((name) => {
    const modified = modifiedAt(join(folder, name));
    return modified === null ? [] : [{ name, age: now - modified }];
  });
  const made = aged
    .filter(({ name }) => name !== newest && /^schema-\w+\.json$/.test(name))
    .sort((one, other) => one.age - other.age);
  const drafts = aged.filter(({ name }) => /^schema-\w+\.json\.[\w-]+\.tmp$/.test(name));
  const old = [
    ...made.slice(KEPT).filter(({ age }) => age > IN_USE),
    ...drafts.filter(({ age }) => age > ABANDONED),
  ];
  for (const { name } of old) {
    try {
      rmSync(join(folder, name), { force: true });
    } catch {
      // Somebody holds it open; it goes another time.
    }
  }
}

/** In milliseconds; null for what another server has removed meanwhile. */
function modifiedAt(file: string): number | null {
  return statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? null;
}
