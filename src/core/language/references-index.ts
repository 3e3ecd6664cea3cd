import type { TextRange } from '../finding.ts';
import type { LineIndex } from '../manifest/lines.ts';
import type { EditorRange, Position } from '../protocol.ts';
import type { LabelSelector, ObjectFacts, Selection } from '../workspace/facts.ts';
import { selects } from '../workspace/facts.ts';
import { fileKey } from '../workspace/file-key.ts';
import type { DocumentFacts, FileFacts } from '../workspace/workspace.ts';
import { isSameNamespace, namesIn } from './references-names.ts';
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

/** The names in one file, by what they are. */
class FileNames implements NamedFile {
  readonly uri: string;
  readonly lines: LineIndex;
  readonly #collect: (file: NamedFile) => Iterable<Occurrence>;
  #byName: ReadonlyMap<string, readonly Occurrence[]> | null = null;

  constructor(uri: string, lines: LineIndex, collect: (file: NamedFile) => Iterable<Occurrence>) {
    this.uri = uri;
    this.lines = lines;
    this.#collect = collect;
  }

  *all(): Iterable<Occurrence> {
    for (const names of this.#names().values()) yield* names;
  }

  called(name: string): readonly Occurrence[] {
    return this.#names().get(name) ?? none;
  }

  #names(): ReadonlyMap<string, readonly Occurrence[]> {
    if (this.#byName !== null) return this.#byName;
    const byName = new Map<string, Occurrence[]>();
    for (const one of this.#collect(this)) {
      const key = one.of === 'selection' ? selections : one.name;
      const names = byName.get(key);
      if (names === undefined) byName.set(key, [one]);
      else names.push(one);
    }
    return (this.#byName = byName);
  }
}

const none: readonly Occurrence[] = [];
/** What selectors go by: they have no names, and no name is like that. */
const selections = ' selections';

/** The names in the files of a workspace: of objects, of what is in them, and of files that a kustomization names. */
export class NameIndex {
  readonly #files = new Map<string, FileNames>();
  readonly #described = new Map<string, FileNames>();
  #pods: Pods | null = null;

  /** Takes over the objects of a file. */
  set(uri: string, { documents, patches, lines }: FileFacts): void {
    const patch = patches !== undefined;
    const collect = (file: NamedFile): Iterable<Occurrence> => namesOf(patches ?? documents, patch, file);
    this.#files.set(fileKey(uri), new FileNames(uri, lines, collect));
    this.#pods = null;
  }

  /** Takes over the names in a file that describes others. */
  describe(uri: string, lines: LineIndex, uses: readonly NameUse[]): void {
    const collect = (file: NamedFile): Iterable<Occurrence> =>
      uses.map((use) => new Occurrence(use, file, 0));
    this.#described.set(fileKey(uri), new FileNames(uri, lines, collect));
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
    for (const file of [this.#described.get(key), this.#files.get(key)])
      if (file !== undefined) yield* file.all();
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

  /** Everything that is called by a name, in all files. */
  *called(name: string): Iterable<Occurrence> {
    for (const file of this.#described.values()) yield* file.called(name);
    for (const file of this.#files.values()) yield* file.called(name);
  }

  /** What means the same as a name. */
  *same(name: NamedThing): Iterable<Occurrence> {
    for (const one of this.called(name.name)) if (isSame(one, name)) yield one;
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
    for (const one of this.called(selections)) {
      const { home } = one;
      if (home === null || home === owner || !isSameNamespace(home.namespace, owner.namespace)) continue;
      const selection = home.selections.find(({ path }) => path === one.name);
      if (selection === undefined || selection.by === 'workload' || selection.by === 'spread') continue;
      if (selects(selection.selector, labels)) yield [one, selection];
    }
  }

  #index(): Pods {
    if (this.#pods !== null) return this.#pods;
    const pods = new Pods();
    for (const file of this.#files.values()) {
      for (const one of file.all()) if (one.home?.pod != null && isOwnName(one.use)) pods.add(one);
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

/** Where an object is given its name. */
export function isOwnName({ of, defines }: NameUse): boolean {
  return of === 'object' && defines;
}

function* namesOf(
  documents: readonly DocumentFacts[],
  patch: boolean,
  file: NamedFile,
): Iterable<Occurrence> {
  for (const { objects, start } of documents) {
    for (const facts of objects) {
      for (const use of namesIn(facts, patch)) yield new Occurrence(use, file, start);
    }
  }
}

function sizeOf({ start, end }: TextRange): number {
  return end - start;
}
