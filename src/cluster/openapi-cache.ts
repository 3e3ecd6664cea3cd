import { createHash, randomUUID } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';

/** What is kept of a server's OpenAPI documents: names of files, whose content never changes. */
export interface KeptOpenApi {
  /** `v1.36.3`. */
  readonly version: string;
  /** Absolute paths, gzipped JSON each. */
  readonly documents: readonly string[];
  /** None of the server's documents is missing. */
  readonly complete: boolean;
  /** Where they are, and where what is made of them may be kept. */
  readonly folder: string;
}

interface Index {
  readonly format: number;
  readonly version: string;
  /** Names of files in the folder. */
  readonly documents: readonly string[];
  readonly complete: boolean;
}

const format = 1;
const indexName = 'index.json';
/** Servers whose documents are kept: those used last. One takes about half a megabyte. */
const MOST_SERVERS = 12;
/** Another window may still have the list that named a document until a moment ago. */
const GRACE_MS = 24 * 60 * 60 * 1000;

const compress = promisify(gzip);

/** The documents of one server on the disk. Whatever is broken there is as if it had never been kept. */
export class OpenApiCache {
  readonly folder: string;
  readonly #root: string;

  /** `root` holds a folder for each server. */
  constructor(root: string, server: string) {
    this.#root = root;
    this.folder = join(root, digest(server));
  }

  /** Name of the file of a document; `hash` is the server's own word for its content. */
  nameOf(groupVersion: string, hash: string): string {
    return `${groupVersion.replaceAll(/[^\w.-]/g, '_').slice(0, 100)}-${digest(hash)}.json.gz`;
  }

  async has(name: string): Promise<boolean> {
    try {
      return (await stat(join(this.folder, name))).size > 0;
    } catch {
      return false;
    }
  }

  async write(name: string, text: string): Promise<void> {
    await this.#replace(name, await compress(text, { level: 1 }));
  }

  /** Null where nothing was kept, or not all of it is there any more. */
  async read(): Promise<KeptOpenApi | null> {
    const index = await this.#readIndex();
    if (index === null) return null;
    const there = await Promise.all(index.documents.map((name) => this.has(name)));
    if (!there.every(Boolean)) return null;
    return this.#kept(index);
  }

  /** Makes these the server's documents, and lets go of those that were before, and of servers not used for long. */
  async keep(version: string, documents: readonly string[], complete: boolean): Promise<KeptOpenApi> {
    const index: Index = { format, version, documents, complete };
    await this.#replace(indexName, JSON.stringify(index));
    await this.#removeOld(new Set(documents));
    await this.#removeServers();
    return this.#kept(index);
  }

  #kept({ version, documents, complete }: Index): KeptOpenApi {
    const { folder } = this;
    return { version, complete, folder, documents: documents.map((name) => join(folder, name)) };
  }

  async #readIndex(): Promise<Index | null> {
    try {
      const index = JSON.parse(await readFile(join(this.folder, indexName), 'utf8')) as Partial<Index>;
      const whole =
        index.format === format && typeof index.version === 'string' && Array.isArray(index.documents);
      if (!whole) return null;
      await utimes(this.folder, new Date(), new Date());
      return index as Index;
    } catch {
      return null;
    }
  }

  /** Whole, or not at all: another window may be reading. */
  async #replace(name: string, content: string | Buffer): Promise<void> {
    await mkdir(this.folder, { recursive: true });
    const draft = join(this.folder, `${name}.${randomUUID()}.tmp`);
    try {
      await writeFile(draft, content);
      await rename(draft, join(this.folder, name));
    } catch (error) {
      await rm(draft, { force: true });
      throw error;
    }
  }

  async #removeOld(current: ReadonlySet<string>): Promise<void> {
    for (const name of await readdir(this.folder)) {
      if (current.has(name) || !/\.(?:gz|tmp)$/.test(name)) continue;
      const file = join(this.folder, name);
      const age = await ageOf(file);
      if (age > GRACE_MS) await rm(file, { force: true });
    }
  }

  async #removeServers(): Promise<void> {
    const folders = (await readdir(this.#root)).map((name) => join(this.#root, name));
    const aged = await Promise.all(folders.map(async (folder) => ({ folder, age: await ageOf(folder) })));
    const old = aged.sort((a, b) => a.age - b.age).slice(MOST_SERVERS);
    for (const { folder } of old) await rm(folder, { recursive: true, force: true });
  }
}

async function ageOf(file: string): Promise<number> {
  try {
    return Date.now() - (await stat(file)).mtimeMs;
  } catch {
    // Another window was faster.
    return 0;
  }
}

function digest(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 24);
}
