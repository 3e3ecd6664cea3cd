import type { TextRange } from '../finding.ts';
import type { LineIndex } from '../manifest/lines.ts';
import type { EditorRange } from '../protocol.ts';
import type { ObjectFacts } from './facts.ts';
import { fileKey } from './file-key.ts';
import type { Hints } from './hints.ts';
import { Knowledge } from './knowledge.ts';
import { Lookup, shelf } from './lookup.ts';
import type { Located, Shelf } from './lookup.ts';
import { printOf, shelvesOf } from './shelves.ts';

export type { Located } from './lookup.ts';

/** The facts of one document of a file, and where in the file it begins. */
export interface DocumentFacts {
  readonly document: number;
  readonly start: number;
  readonly objects: readonly ObjectFacts[];
}

export interface FileFacts {
  readonly documents: readonly DocumentFacts[];
  /** Of a patch: parts of objects that stand elsewhere. */
  readonly patches?: readonly DocumentFacts[];
  /** False where part of the file could not be read: what is not found may be there. */
  readonly complete: boolean;
  readonly lines: LineIndex;
  /** What may come of the file beside its objects; absent: nothing. */
  readonly hints?: Hints;
}

/** A document as the workspace keeps it; it stays the same for as long as its text does, wherever that moves to. */
class KeptDocument {
  readonly objects: readonly ObjectFacts[];
  readonly located: readonly Located[];
  document: number;
  start: number;

  constructor({ document, start, objects }: DocumentFacts, file: KeptFile) {
    this.document = document;
    this.start = start;
    this.objects = objects;
    this.located = objects.map((facts) => new KeptObject(facts, this, file));
  }
}

class KeptObject implements Located {
  readonly facts: ObjectFacts;
  readonly #kept: KeptDocument;
  readonly #file: KeptFile;

  constructor(facts: ObjectFacts, kept: KeptDocument, file: KeptFile) {
    this.facts = facts;
    this.#kept = kept;
    this.#file = file;
  }

  get uri(): string {
    return this.#file.uri;
  }

  get document(): number {
    return this.#kept.document;
  }

  at({ start, end }: TextRange): EditorRange {
    const base = this.#kept.start;
    return this.#file.lines.rangeAt({ start: start + base, end: end + base });
  }
}

interface KeptFile {
  uri: string;
  lines: LineIndex;
  documents: readonly KeptDocument[];
  complete: boolean;
  /** Of its hints. */
  print: string;
}

/** Objects by what they have in common. */
class KeptShelf implements Shelf {
  version = 0;
  readonly #objects = new Set<Located>();

  get objects(): Iterable<Located> {
    return this.#objects;
  }

  get isEmpty(): boolean {
    return this.#objects.size === 0;
  }

  add(located: Located): void {
    this.#objects.add(located);
  }

  delete(located: Located): void {
    this.#objects.delete(located);
  }
}

const noObjects: readonly Located[] = [];
/** Shelves on which nothing stands any more are looked for among this many: typing a name makes one a letter. */
const FEW_SHELVES = 4000;

/**
 * The objects of many files, found by kind and name and by their pods' labels. A change costs what the changed
 * documents cost, and tells those who looked at what has changed, by way of the versions of the shelves.
 */
export class Workspace extends Lookup {
  readonly #files = new Map<string, KeptFile>();
  readonly #hints = new Map<string, Hints>();
  readonly #described = new Map<string, Hints>();
  readonly #shelves = new Map<string, KeptShelf>();
  #sweepAt = FEW_SHELVES;
  #knowledge: Knowledge | null = null;
  #version = 0;
  #scanned = false;

  /** Grows whenever something changed that another file may care about: not with every keystroke. */
  get version(): number {
    return this.#version;
  }

  /** All files have been taken over; before that nothing may be called missing. */
  set scanned(scanned: boolean) {
    if (scanned !== this.#scanned) this.#learned();
    this.#scanned = scanned;
  }

  get uris(): readonly string[] {
    return [...this.#files.values()].map(({ uri }) => uri);
  }

  set(uri: string, { documents, complete, lines, hints }: FileFacts): void {
    const key = fileKey(uri);
    const file = this.#files.get(key) ?? this.#open(uri, lines);
    file.uri = uri;
    file.lines = lines;
    this.#replace(file, documents);
    const print = hints === undefined ? '' : JSON.stringify(hints);
    if (file.complete === complete && file.print === print) return;
    file.complete = complete;
    file.print = print;
    if (hints === undefined) this.#hints.delete(key);
    else this.#hints.set(key, hints);
    this.#learned();
  }

  /** What a file that holds no objects says of those of others. */
  describe(uri: string, hints: Hints | null): void {
    const key = fileKey(uri);
    if (hints === null) {
      if (this.#described.delete(key)) this.#learned();
      return;
    }
    this.#described.set(key, hints);
    this.#learned();
  }

  delete(uri: string): void {
    const key = fileKey(uri);
    const file = this.#files.get(key);
    if (file === undefined) return;
    this.#replace(file, []);
    this.#files.delete(key);
    this.#hints.delete(key);
    this.#learned();
  }

  /** Objects of one file, in the order of its text. */
  objectsIn(uri: string): readonly Located[] {
    return this.#files.get(fileKey(uri))?.documents.flatMap(({ located }) => located) ?? noObjects;
  }

  /** What is known of a file; null for one that holds no manifests, or was not read. */
  factsOf(uri: string): FileFacts | null {
    return this.#files.get(fileKey(uri)) ?? null;
  }

  /** Objects of a file by its documents: the same list of a document's for as long as they are what they were. */
  locatedIn(uri: string): readonly (readonly Located[])[] {
    return this.#files.get(fileKey(uri))?.documents.map(({ located }) => located) ?? [];
  }

  override shelf(name: string): KeptShelf {
    const kept = this.#shelves.get(name);
    if (kept !== undefined) return kept;
    const made = new KeptShelf();
    this.#shelves.set(name, made);
    return made;
  }

  override knowledge(): Knowledge {
    return (this.#knowledge ??= new Knowledge(
      this.#scanned && [...this.#files.values()].every(({ complete, print }) => complete || print !== ''),
      [...this.#hints.values()],
      this.#described,
    ));
  }

  #open(uri: string, lines: LineIndex): KeptFile {
    const file = { uri, lines, documents: [], complete: true, print: '' };
    this.#files.set(fileKey(uri), file);
    return file;
  }

  #learned(): void {
    this.#version++;
    this.#knowledge = null;
    this.shelf(shelf.files).version++;
  }

  /** Documents at the head and the end of the file that are what they were stay where they are. */
  #replace(file: KeptFile, documents: readonly DocumentFacts[]): void {
    const before = file.documents;
    const shared = Math.min(before.length, documents.length);
    let head = 0;
    while (head < shared && before[head]?.objects === documents[head]?.objects) head++;
    let tail = 0;
    while (tail < shared - head && before.at(-1 - tail)?.objects === documents.at(-1 - tail)?.objects) tail++;
    const removed = before.slice(head, before.length - tail);
    const fresh = documents.slice(head, documents.length - tail).map((one) => new KeptDocument(one, file));
    file.documents = [...before.slice(0, head), ...fresh, ...before.slice(before.length - tail)];
    file.documents.forEach((kept, index) => {
      const given = documents[index];
      if (given === undefined) return;
      kept.document = given.document;
      kept.start = given.start;
    });
    this.#shelve(removed, fresh);
  }

  /** What only moved within its document has not changed for anybody else. */
  #shelve(removed: readonly KeptDocument[], fresh: readonly KeptDocument[]): void {
    if (removed.length === 0 && fresh.length === 0) return;
    const prints = new Map<string, number>();
    // Where nothing was, or is, all of it is new, or gone: there is nothing to compare.
    const isMoved = removed.length > 0 && fresh.length > 0;
    const count = (documents: readonly KeptDocument[], by: number): void => {
      if (!isMoved) return;
      for (const { objects } of documents)
        prints.set(printOf(objects), (prints.get(printOf(objects)) ?? 0) + by);
    };
    count(removed, -1);
    count(fresh, 1);
    const touch = (
      documents: readonly KeptDocument[],
      act: (one: KeptShelf, located: Located) => void,
    ): void => {
      for (const { objects, located } of documents) {
        const changed = !isMoved || prints.get(printOf(objects)) !== 0;
        for (const one of located) {
          for (const name of shelvesOf(one.facts)) {
            const kept = this.shelf(name);
            act(kept, one);
            if (changed) kept.version++;
          }
        }
      }
    };
    touch(removed, (kept, one) => kept.delete(one));
    touch(fresh, (kept, one) => kept.add(one));
    if (!isMoved || [...prints.values()].some((number) => number !== 0)) this.#version++;
    this.#sweep();
  }

  #sweep(): void {
    if (this.#shelves.size < this.#sweepAt) return;
    for (const [name, kept] of this.#shelves) {
      if (!kept.isEmpty) continue;
      // Whoever looked at it has to look again: it no longer hears of what is put there.
      kept.version++;
      this.#shelves.delete(name);
    }
    this.#sweepAt = 2 * this.#shelves.size + FEW_SHELVES;
  }
}

/** A workspace that somebody looks at, and what of it was looked at. */
export class Watch extends Lookup {
  readonly workspace: Workspace;
  readonly #seen = new Map<Shelf, number>();
  #version: number;

  constructor(workspace: Workspace) {
    super();
    this.workspace = workspace;
    this.#version = workspace.version;
  }

  /** Whether everything that was looked at still is as it was. */
  get isCurrent(): boolean {
    const { version } = this.workspace;
    if (version === this.#version) return true;
    for (const [seen, at] of this.#seen) if (seen.version !== at) return false;
    this.#version = version;
    return true;
  }

  override shelf(name: string): Shelf {
    const kept = this.workspace.shelf(name);
    this.#seen.set(kept, kept.version);
    return kept;
  }

  override knowledge(): Knowledge {
    this.shelf(shelf.files);
    return this.workspace.knowledge();
  }
}
