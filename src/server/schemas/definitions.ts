import { type CustomKind, type FileFacts, fileKey } from '../../core/index.ts';

interface Kept {
  readonly kinds: readonly CustomKind[];
  readonly text: string;
}

/** The kinds that definitions in the files of a workspace bring. */
export class Definitions {
  readonly #files = new Map<string, Kept>();
  #kinds: readonly CustomKind[] = [];
  #version = 0;

  /** Grows whenever they change. */
  get version(): number {
    return this.#version;
  }

  /** The same list until one of them changes: schemas are kept by it. */
  get kinds(): readonly CustomKind[] {
    return this.#kinds;
  }

  set(uri: string, { documents }: Pick<FileFacts, 'documents'>): void {
    const kinds = documents.flatMap(({ objects }) => objects.flatMap(({ defines }) => defines));
    if (kinds.length === 0) {
      this.delete(uri);
      return;
    }
    const text = JSON.stringify(kinds);
    const key = fileKey(uri);
    if (this.#files.get(key)?.text === text) return;
    this.#files.set(key, { kinds, text });
    this.#gather();
  }

  delete(uri: string): void {
    if (this.#files.delete(fileKey(uri))) this.#gather();
  }

  #gather(): void {
    this.#version++;
    this.#kinds = [...this.#files.values()].flatMap(({ kinds }) => kinds);
  }
}
