import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { DocsKey } from '../core/language/proposal.ts';

type Docs = Readonly<Record<string, Readonly<Record<string, string>>>>;

/** Beside the bundle; when run from its source, where the schema is made. */
const places = ['./schema-docs.json', '../core/schema/generated/docs.json'];

/** What the Kubernetes API says about its fields: a megabyte of text that is read when somebody asks, and let go again. */
class FieldDocs {
  #kept: WeakRef<Docs> | null = null;

  /** `''` where nothing is said. */
  textOf({ type, field }: DocsKey): string {
    const docs = this.#kept?.deref() ?? this.#read();
    const fields = Object.hasOwn(docs, type) ? docs[type] : undefined;
    return fields !== undefined && Object.hasOwn(fields, field) ? (fields[field] ?? '') : '';
  }

  #read(): Docs {
    const file = places
      .map((place) => fileURLToPath(new URL(place, import.meta.url)))
      .find((path) => existsSync(path));
    const docs: Docs = file === undefined ? {} : (JSON.parse(readFileSync(file, 'utf8')) as Docs);
    this.#kept = new WeakRef(docs);
    return docs;
  }
}

export const fieldDocs = new FieldDocs();
