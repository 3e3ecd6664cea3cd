import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, readFile, rm, utimes } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { extname, join } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { ClusterModels } from '../../core/index.ts';
import type { ClusterSchemaFiles } from '../../core/protocol.ts';
import type { CompileTask } from './compile.ts';
import { modelsFormat, readClusterModels } from './models-file.ts';

/** `worker.ts` beside this file, `schema-worker.cjs` beside the bundle this file is part of. */
const entry = new URL(
  extname(import.meta.url) === '.ts' ? './worker.ts' : './schema-worker.cjs',
  import.meta.url,
);

/** The file that holds what a cluster serves, and what that is. */
export interface PreparedSchema {
  readonly file: string;
  readonly models: ClusterModels;
}

/** Makes schemas of clusters' documents, in a thread, unless they were made before. */
export class ClusterSchemas {
  readonly #running = new Set<Worker>();
  /** By the file that is being made: two calls may ask for the same one. */
  readonly #made = new Map<string, Promise<void>>();
  #temporary: Promise<string> | null = null;

  /** Rejects when nothing can be written, or is in the documents. */
  async prepare({
    version,
    documents,
    complete = false,
    cache,
  }: ClusterSchemaFiles): Promise<PreparedSchema> {
    const folder = cache ?? (await this.#temporaryFolder());
    await mkdir(folder, { recursive: true });
    const key = createHash('sha256').update(JSON.stringify([modelsFormat, version, complete, ...documents]));
    const name = `schema-${key.digest('hex').slice(0, 24)}.json`;
    const file = join(folder, name);
    const kept = await modelsIn(file);
    if (kept !== null) {
      await markUsed(file);
      return { file, models: kept };
    }
    const made = this.#made.get(file) ?? this.#compile({ version, documents, complete, folder, name });
    this.#made.set(file, made);
    await made.finally(() => this.#made.delete(file));
    const models = await modelsIn(file);
    if (models === null || models.covered.length === 0)
      throw new Error(`There is no OpenAPI document of a Kubernetes API among ${documents.join(', ')}.`);
    return { file, models };
  }

  dispose(): void {
    for (const worker of this.#running) void worker.terminate();
    void this.#temporary?.then((folder) => rm(folder, { recursive: true, force: true }));
  }

  #compile(task: CompileTask): Promise<void> {
    return new Promise((resolve, reject) => {
      const worker = new Worker(entry, { workerData: task });
      this.#running.add(worker);
      worker.once('error', reject);
      worker.once('exit', (code) => {
        this.#running.delete(worker);
        if (code === 0) resolve();
        else reject(new Error(`The schema was not made (exit code ${code}).`));
      });
    });
  }

  #temporaryFolder(): Promise<string> {
    return (this.#temporary ??= mkdtemp(join(tmpdir(), 'elastic-schema-')));
  }
}

/** What is used is not removed by other servers (`compile.ts`). */
async function markUsed(file: string): Promise<void> {
  const now = new Date();
  try {
    await utimes(file, now, now);
  } catch {
    // Somebody else's, or gone by now: it was read, and that is what counts.
  }
}

async function modelsIn(file: string): Promise<ClusterModels | null> {
  try {
    return readClusterModels(await readFile(file, 'utf8'));
  } catch {
    return null;
  }
}
