import type { TextRange } from '../finding.ts';
import type { LineIndex } from '../manifest/lines.ts';
import type { EditorRange } from '../protocol.ts';
import type { ObjectFacts } from './facts.ts';
import { selects } from './facts.ts';
import type { LabelSelector } from './facts.ts';

/** The facts of one document of a file, and where in the file it begins. */
export interface DocumentFacts {
  readonly document: number;
  readonly start: number;
  readonly objects: readonly ObjectFacts[];
}

export interface FileFacts {
  readonly documents: readonly DocumentFacts[];
  /** False where part of the file could not be read: what is not found may be there. */
  readonly complete: boolean;
  readonly lines: LineIndex;
}

/** An object somewhere in the workspace. */
export interface Located {
  readonly uri: string;
  readonly document: number;
  readonly facts: ObjectFacts;
  /** Position in its file of a range of its document. */
  at(range: TextRange): EditorRange;
}

/** The objects of many files, found by kind and name and by their pods' labels. */
export class Workspace {
  readonly #files = new Map<
    string,
    {
      readonly uri: string;
      readonly facts: FileFacts;
      readonly objects: readonly Located[];
      readonly print: string;
    }
  >();
  #byName: Map<string, Located[]> | null = null;
  #version = 0;
  #scanned = false;

  /** Grows whenever something changed that another file may care about: not with every keystroke. */
  get version(): number {
    return this.#version;
  }

  /** Every file of it was read, completely: what is not found is not there. */
  get complete(): boolean {
    return this.#scanned && [...this.#files.values()].every(({ facts }) => facts.complete);
  }

  /** All files have been taken over; before that nothing may be called missing. */
  set scanned(scanned: boolean) {
    if (scanned !== this.#scanned) this.#version++;
    this.#scanned = scanned;
  }

  get uris(): readonly string[] {
    return [...this.#files.values()].map(({ uri }) => uri);
  }

  set(uri: string, facts: FileFacts): void {
    const objects = facts.documents.flatMap(({ document, start, objects: all }) =>
      all.map((one) => ({
        uri,
        document,
        facts: one,
        at: (range: TextRange) => facts.lines.rangeAt({ start: range.start + start, end: range.end + start }),
      })),
    );
    const print = fingerprint(facts);
    const key = fileKey(uri);
    if (this.#files.get(key)?.print !== print) this.#version++;
    this.#files.set(key, { uri, facts, objects, print });
    this.#byName = null;
  }

  delete(uri: string): void {
    if (!this.#files.delete(fileKey(uri))) return;
    this.#version++;
    this.#byName = null;
  }

  /** Objects of one file, in the order of its text. */
  objectsIn(uri: string): readonly Located[] {
    return this.#files.get(fileKey(uri))?.objects ?? [];
  }

  /** What is known of a file; null for one that holds no manifests, or was not read. */
  factsOf(uri: string): FileFacts | null {
    return this.#files.get(fileKey(uri))?.facts ?? null;
  }

  objects(): Iterable<Located> {
    return [...this.#files.values()].flatMap(({ objects }) => objects);
  }

  /** Objects of a kind and name that may be the one meant from a namespace; null stands for any. */
  find(kind: string, name: string, namespace: string | null): readonly Located[] {
    this.#byName ??= this.#index();
    const found = this.#byName.get(`${kind}/${name}`) ?? [];
    return found.filter(({ facts }) => sameNamespace(facts.namespace, namespace));
  }

  ofKind(kind: string): readonly Located[] {
    return [...this.objects()].filter(({ facts }) => facts.kind === kind);
  }

  /** Objects whose pods a selector chooses from a namespace. */
  podsSelected(selector: LabelSelector, namespace: string | null): readonly Located[] {
    return [...this.objects()].filter(
      ({ facts }) =>
        facts.pod !== null &&
        sameNamespace(facts.namespace, namespace) &&
        selects(selector, facts.pod.labels),
    );
  }

  #index(): Map<string, Located[]> {
    const index = new Map<string, Located[]>();
    for (const located of this.objects()) {
      const key = `${located.facts.kind}/${located.facts.name}`;
      const list = index.get(key);
      if (list === undefined) index.set(key, [located]);
      else list.push(located);
    }
    return index;
  }
}

/** The same for all addresses of a file: each editor has its own opinion on what is escaped in them. */
export function fileKey(uri: string): string {
  if (!uri.startsWith('file:')) return uri;
  try {
    return decodeURIComponent(uri).replace(/^file:\/\/\/[A-Z]:/, (drive) => drive.toLowerCase());
  } catch {
    return uri;
  }
}

/** A namespace that is not written may be any: the one the file is deployed to. */
export function sameNamespace(a: string | null, b: string | null): boolean {
  return a === b || a === null || b === null || a === '' || b === '';
}

const prints = new WeakMap<readonly ObjectFacts[], string>();

/** The facts without their places, which move with every line inserted above them. */
function fingerprint({ documents, complete }: FileFacts): string {
  return documents.map(({ objects }) => printOf(objects)).join('\n') + String(complete);
}

/** Documents that did not change bring the same facts again. */
function printOf(objects: readonly ObjectFacts[]): string {
  const kept = prints.get(objects);
  if (kept !== undefined) return kept;
  const print = JSON.stringify(objects, (key, value: unknown) =>
    key === 'range' || key === 'labelsRange' ? undefined : value,
  );
  prints.set(objects, print);
  return print;
}
