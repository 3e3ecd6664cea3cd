import { DocumentNode } from '../manifest/document.ts';
import type { ObjectNode } from '../manifest/objects.ts';
import { splitDocuments } from '../manifest/split.ts';
import type { Files } from './overlay.ts';

/** An object of a source file, and where its document begins there. */
export interface SourceObject {
  readonly path: string;
  readonly start: number;
  readonly object: ObjectNode;
}

/** Source files, read when they are asked for and once. */
export class Sources {
  readonly files: Files;
  readonly #objects = new Map<string, readonly SourceObject[]>();

  constructor(files: Files) {
    this.files = files;
  }

  objectsIn(path: string): readonly SourceObject[] {
    const kept = this.#objects.get(path);
    if (kept !== undefined) return kept;
    const objects = objectsOf(path, this.files.get(path) ?? '');
    this.#objects.set(path, objects);
    return objects;
  }
}

function objectsOf(path: string, text: string): readonly SourceObject[] {
  return splitDocuments(text).flatMap(({ start, end }) =>
    new DocumentNode(text.slice(start, end)).objects.map((object) => ({ path, start, object })),
  );
}
