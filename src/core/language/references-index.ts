import type { TextRange } from '../finding.ts';
import type { LineIndex } from '../manifest/lines.ts';
import type { EditorRange, Position } from '../protocol.ts';
import type { LabelSelector, ObjectFacts, Selection } from '../workspace/facts.ts';
import { selects } from '../workspace/facts.ts';
import { fileKey } from '../workspace/file-key.ts';
import { isSameNamespace, namesIn, ownName } from './references-names.ts';
import type { NamedThing, NameUse, ObjectName } from './references-names.ts';

interface NamedFile {
  readonly uri: string;
  readonly lines: LineIndex;
}

/** A name at a place of a file of the workspace. */
export class Occurrence implements NamedThing {
  readonly use: NameUse;
  /** Of the file. */
  readonly range: TextRange;
  readonly #file: NamedFile;
  readonly #base: number;

  /** `base` is where the document begins in which the name is used. */
  constructor(use: NameUse, file: NamedFile, base: number) {
    this.use = use;
    this.range = { start: use.range.start + base, end: use.range.end + base };
    this.#file = file;
    this.#base = base;
  }

  get of(): NameUse['of'] {
    return this.use.of;
  }

  get name(): string {
    return this.use.name;
  }

  get object(): ObjectName {
    return this.use.object;
  }

  get home(): ObjectFacts | null {
    return this.use.home;
  }

  get patch(): boolean {
    return this.use.patch;
  }

  get uri(): string {
    return this.#file.uri;
  }

  get editorRange(): EditorRange {
    return this.#file.lines.rangeAt(this.range);
  }

  /** The same name at another place of its document. */
  at(range: TextRange): Occurrence {
    return new Occurrence({ ...this.use, range }, this.#file, this.#base);
  }
}

/** A document's objects, and where in its file it begins. */
export interface IndexedDocument {
  readonly start: number;
  readonly objects: readonly ObjectFacts[];
}

interface IndexedFile extends NamedFile {
  readonly documents: readonly IndexedDocument[];
  /** Its objects are parts of objects that stand elsewhere. */
  readonly patch: boolean;
}

interface DescribedFile extends NamedFile {
  readonly uses: readonly NameUse[];
}

/** The names in the files of a workspace: of objects, of what is in them, and of files that a kustomization names. */
export class NameIndex {
  readonly #files = new Map<string, IndexedFile>();
  readonly #described = new Map<string, DescribedFile>();
  #pods: Pods | null = null;

  /** Takes over the objects of a file. */
  set(uri: string, file: Omit<IndexedFile, 'uri'>): void {
    this.#files.set(fileKey(uri), { uri, ...file });
    this.#pods = null;
  }

  /** Takes over the names in a file that describes others. */
  describe(uri: string, lines: LineIndex, uses: readonly NameUse[]): void {
    this.#described.set(fileKey(uri), { uri, lines, uses });
  }

  /** Its objects are none, or of no concern. */
  forget(uri: string): void {
    if (this.#files.delete(fileKey(uri))) this.#pods = null;
  }

  delete(uri: string): void {
    this.#described.delete(fileKey(uri));
    this.forget(uri);
  }

  /** Whether a file is known, by any of its addresses. */
  has(uri: string): boolean {
    const key = fileKey(uri);
    return this.#files.has(key) || this.#described.has(key);
  }

  /** The names in one file, in no order. */
  *in(uri: string): Iterable<Occurrence> {
    const key = fileKey(uri);
    const described = this.#described.get(key);
    if (described !== undefined) yield* describedNames(described);
    const file = this.#files.get(key);
    if (file !== undefined) for (const document of file.documents) yield* namesOf(file, document, everything);
  }

  /** The innermost name around a position; a word's end belongs to it. */
  at(uri: string, position: Position): Occurrence | null {
    const key = fileKey(uri);
    const lines = (this.#files.get(key) ?? this.#described.get(key))?.lines;
    if (lines === undefined) return null;
    const offset = lines.offsetAt(position);
    let found: Occurrence | null = null;
    for (const one of this.in(uri)) {
      if (one.range.start > offset || one.range.end < offset) continue;
      if (found === null || sizeOf(one.range) < sizeOf(found.range)) found = one;
    }
    return found;
  }

  /** The uses that a test lets pass, of all files. */
  *all(passes: (use: NameUse) => boolean): Iterable<Occurrence> {
    for (const file of this.#described.values()) {
      for (const one of describedNames(file)) if (passes(one.use)) yield one;
    }
    for (const file of this.#files.values()) {
      for (const document of file.documents) yield* namesOf(file, document, passes);
    }
  }

  /** Names of what makes the pods that an object's selectors choose, or the one at a path. */
  podsChosenBy(selecting: ObjectFacts, path: string | null = null): readonly Occurrence[] {
    const selections = selecting.selections.filter((one) => path === null || one.path === path);
    return selections.flatMap(({ selector }) => this.#index().chosenBy(selector, selecting.namespace));
  }

  /** Selectors of other objects that choose the pods of an object. */
  *selectionsOf(owner: ObjectFacts): Iterable<readonly [Occurrence, Selection]> {
    const labels = owner.pod?.labels;
    if (labels === undefined) return;
    const chooses = (use: NameUse): boolean => {
      const { home } = use;
      if (use.of !== 'selection' || home === null || home === owner) return false;
      const selection = home.selections.find(({ path }) => path === use.name);
      return (
        selection !== undefined &&
        selection.by !== 'workload' &&
        selection.by !== 'spread' &&
        isSameNamespace(home.namespace, owner.namespace) &&
        selects(selection.selector, labels)
      );
    };
    for (const one of this.all(chooses)) {
      const selection = one.home?.selections.find(({ path }) => path === one.name);
      if (selection !== undefined) yield [one, selection];
    }
  }

  #index(): Pods {
    if (this.#pods !== null) return this.#pods;
    const pods = new Pods();
    for (const file of this.#files.values()) {
      if (file.patch) continue;
      for (const document of file.documents) {
        for (const facts of document.objects) {
          if (facts.pod !== null) pods.add(new Occurrence(ownName(facts), file, document.start));
        }
      }
    }
    return (this.#pods = pods);
  }
}

/** What makes pods, by the labels of these. */
class Pods {
  readonly #all: Occurrence[] = [];
  readonly #byLabel = new Map<string, Occurrence[]>();

  add(owner: Occurrence): void {
    this.#all.push(owner);
    for (const [key, value] of Object.entries(owner.home?.pod?.labels ?? {})) {
      const label = `${key}=${value}`;
      const owners = this.#byLabel.get(label);
      if (owners === undefined) this.#byLabel.set(label, [owner]);
      else owners.push(owner);
    }
  }

  chosenBy(selector: LabelSelector, namespace: string | null): readonly Occurrence[] {
    const [label] = Object.entries(selector.matchLabels);
    const near = label === undefined ? this.#all : (this.#byLabel.get(label.join('=')) ?? []);
    return near.filter(
      ({ object, home }) =>
        isSameNamespace(object.namespace, namespace) && selects(selector, home?.pod?.labels ?? {}),
    );
  }
}

/** Whether two uses of names mean the same object, or the same part of the same object. */
export function isSame(one: NamedThing, other: NamedThing): boolean {
  if (one.of !== other.of || one.name !== other.name) return false;
  if (one.of === 'volume' || one.of === 'containerPort') return isSameHome(one, other);
  return isSameObject(one.object, other.object);
}

/** A patch's object is a part of the object it is called after. */
function isSameHome(one: NamedThing, other: NamedThing): boolean {
  if (one.home === other.home) return true;
  return (one.patch || other.patch) && isSameObject(one.object, other.object);
}

export function isSameObject(one: ObjectName, other: ObjectName): boolean {
  return (
    one.name === other.name && one.kind === other.kind && isSameNamespace(one.namespace, other.namespace)
  );
}

const everything = (): boolean => true;

function* namesOf(
  file: IndexedFile,
  document: IndexedDocument,
  passes: (use: NameUse) => boolean,
): Iterable<Occurrence> {
  for (const facts of document.objects) {
    for (const use of namesIn(facts, file.patch)) {
      if (passes(use)) yield new Occurrence(use, file, document.start);
    }
  }
}

function* describedNames(file: DescribedFile): Iterable<Occurrence> {
  for (const use of file.uses) yield new Occurrence(use, file, 0);
}

function sizeOf({ start, end }: TextRange): number {
  return end - start;
}
