/** Facts on their way from thread to thread: of a document that is what it was before, only its place is sent. */
import { type FileFacts, LineIndex } from '../core/index.ts';
import type { LineData } from '../core/manifest/lines.ts';

type Documents = FileFacts['documents'];
type Objects = Documents[number]['objects'];

interface SentDocument {
  readonly document: number;
  readonly start: number;
  /** Its objects, or the document's number among those that were sent before. */
  readonly objects: Objects | number;
}

export interface SentFacts extends Omit<FileFacts, 'lines' | 'documents' | 'patches'> {
  /** Counts what was sent. */
  readonly serial: number;
  readonly documents: readonly SentDocument[];
  readonly patches?: readonly SentDocument[];
  readonly lines: LineData;
}

export class FactsSender {
  #serial = 0;
  #sent: ReadonlyMap<Objects, number> = new Map();

  /** `known`: the serial of what the receiver was sent last; null when it knows nothing. */
  pack({ lines, documents, patches, ...rest }: FileFacts, known: number | null): SentFacts {
    const before: ReadonlyMap<Objects, number> = known === this.#serial ? this.#sent : new Map();
    const pack = (all: Documents): readonly SentDocument[] =>
      all.map(({ document, start, objects }) => ({
        document,
        start,
        objects: before.get(objects) ?? objects,
      }));
    this.#sent = new Map((patches ?? documents).map(({ objects }, index) => [objects, index]));
    return {
      ...rest,
      serial: ++this.#serial,
      documents: pack(documents),
      ...(patches === undefined ? {} : { patches: pack(patches) }),
      lines: lines.data,
    };
  }
}

export class FactsReceiver {
  #known: number | null = null;
  #received: Documents = [];

  /** What the sender is to be told. */
  get known(): number | null {
    return this.#known;
  }

  /** Objects that are what they were are the very same: whoever keeps them has nothing to compare. */
  unpack({ serial, lines, documents, patches, ...rest }: SentFacts): FileFacts {
    const before = this.#received;
    const unpack = (all: readonly SentDocument[]): Documents =>
      all.map(({ document, start, objects }) => ({
        document,
        start,
        objects: typeof objects === 'number' ? (before[objects]?.objects ?? []) : objects,
      }));
    const read = { documents: unpack(documents), patches: patches === undefined ? null : unpack(patches) };
    this.#known = serial;
    this.#received = read.patches ?? read.documents;
    return {
      ...rest,
      documents: read.documents,
      ...(read.patches === null ? {} : { patches: read.patches }),
      lines: LineIndex.from(lines),
    };
  }
}
