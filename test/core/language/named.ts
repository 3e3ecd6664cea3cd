import assert from 'node:assert/strict';
import {
  analyze,
  kustomizationNames,
  LineIndex,
  NameIndex,
  type Occurrence,
  readKustomization,
  renameEdit,
} from '../../../src/core/index.ts';

/** Files by name; `patches/…` hold patches. */
export type Files = Readonly<Record<string, string>>;

/** Files of a workspace, in which `█` stands right behind the cursor. */
export class Named {
  readonly index = new NameIndex();
  readonly #texts: ReadonlyMap<string, string>;
  readonly #cursor: { readonly uri: string; readonly offset: number };

  constructor(files: Files) {
    const marked = Object.entries(files).filter(([, text]) => text.includes('█'));
    assert.equal(marked.length, 1, 'one file has to hold the cursor');
    const [[name = '', text = ''] = []] = marked;
    this.#cursor = { uri: uriOf(name), offset: text.indexOf('█') };
    this.#texts = new Map(Object.entries(files).map(([path, one]) => [uriOf(path), one.replace('█', '')]));
    for (const [uri, one] of this.#texts) this.#take(uri, one);
  }

  get name(): Occurrence | null {
    const { uri, offset } = this.#cursor;
    return this.index.at(uri, new LineIndex(this.#texts.get(uri) ?? '').positionAt(offset));
  }

  /** What is at the cursor; there has to be something. */
  get found(): Occurrence {
    const { name } = this;
    assert.ok(name, 'there is no name at the cursor');
    return name;
  }

  /** `file:line text` of each place, in order. */
  shown(places: Iterable<Occurrence>): readonly string[] {
    return [...places]
      .map(({ uri, range }) => {
        const text = this.#texts.get(uri) ?? '';
        const { line } = new LineIndex(text).positionAt(range.start);
        return `${uri.slice(root.length)}:${line + 1} ${text.slice(range.start, range.end)}`;
      })
      .sort();
  }

  /** The files that change when these places get a new name. */
  renamed(places: Iterable<Occurrence>, newName: string): Files {
    const changed = new Map<string, string>();
    const inOrder = [...places].sort((one, other) => other.range.start - one.range.start);
    const seen = new Set<string>();
    for (const place of inOrder) {
      const key = `${place.uri} ${place.range.start}`;
      if (seen.has(key)) continue;
      seen.add(key);
      const edit = renameEdit(this.#texts.get(place.uri) ?? '', place, newName);
      assert.ok(edit, `${key} cannot be renamed`);
      const text = changed.get(place.uri) ?? this.#texts.get(place.uri) ?? '';
      changed.set(place.uri, text.slice(0, edit.range.start) + edit.newText + text.slice(edit.range.end));
    }
    return Object.fromEntries([...changed].map(([uri, text]) => [uri.slice(root.length), text]));
  }

  #take(uri: string, text: string): void {
    const path = uri.slice('file://'.length);
    if (readKustomization(text, path) !== null) {
      this.index.describe(uri, new LineIndex(text), kustomizationNames(text, path));
      return;
    }
    const patch = path.includes('/patches/');
    this.index.set(uri, analyze(text, { role: patch ? 'patch' : 'manifest' }).facts);
  }
}

const root = 'file:///w/';

function uriOf(name: string): string {
  return `${root}${name}`;
}

/** A Deployment `web` with one container of the pod's spec that is given, in flow style or a block of 6 spaces. */
export function deployment(spec: string, name = 'web'): string {
  return `apiVersion: apps/v1
kind: Deployment
metadata: { name: ${name} }
spec:
  selector: { matchLabels: { app: ${name} } }
  template:
    metadata:
      labels: { app: ${name}, tier: front }
    spec:
${spec}`;
}
