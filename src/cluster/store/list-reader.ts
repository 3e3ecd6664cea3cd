import type { KubeObject } from '../model.ts';
import { parseObject } from './managed-fields.ts';

/** What a list says beside its items. */
export interface ListHead {
  /** `PodList` */
  readonly kind?: string;
  readonly apiVersion?: string;
  readonly metadata?: { readonly resourceVersion?: string; readonly continue?: string };
}

/** Where items begin, in the form in which every API server writes lists: without blanks. */
const opening = '"items":[';
/** Places that look like the end of an item and are not, after which the search is given up. */
const patience = 16;

/** More was received than can be kept, and no object in it ends. */
export class EndlessListError extends Error {}

/**
 * Reads the text of a list item by item while it arrives: each is handed out and forgotten before the next is read,
 * so that a list of thousands takes the memory of one, and nothing of it lives long enough to be copied about by the
 * garbage collector. A list in an unexpected form is read as a whole in the end.
 */
export class ListReader {
  readonly #longest: number;
  readonly #onItem: (item: Record<string, unknown>) => void;
  /** What was received and not read yet. */
  #text = '';
  /** Where in it to go on searching. */
  #from = 0;
  /** What stands between two items, with the name of their first field: `},{"metadata":`; null: not known yet. */
  #between: string | null = null;
  /** What stands before the items; null: they have not begun. */
  #head: ListHead | null = null;
  #mistaken = 0;

  /** `longest`: characters that are kept until they can be read. */
  constructor(onItem: (item: KubeObject) => void, longest: number) {
    this.#onItem = onItem;
    this.#longest = longest;
  }

  /** What stood before the items: everything, or less than that, since some lists say it after them. null: not yet. */
  get head(): ListHead | null {
    return this.#head;
  }

  /** Throws a SyntaxError where this is no list, an EndlessListError where it has no end. */
  push(piece: string): void {
    this.#text += piece;
    this.#read();
    if (this.#text.length > this.#longest) throw new EndlessListError();
  }

  #read(): void {
    if (this.#mistaken > patience) return;
    if (this.#head === null && !this.#begin()) return;
    if (this.#between === null && !this.#learn()) return;
    this.#readItems(this.#between ?? '');
  }

  /** Reads what is left; all that the list says beside its items. Throws a SyntaxError where it is not one whole list. */
  end(): ListHead {
    const begin = this.#head === null ? '' : `{${opening}`;
    const { items, ...tail } = JSON.parse(begin + this.#text) as ListHead & {
      readonly items?: readonly Record<string, unknown>[] | null;
    };
    this.#text = '';
    this.#head = { ...this.#head, ...tail };
    for (const item of items ?? []) this.#onItem(item);
    return this.#head;
  }

  #begin(): boolean {
    const at = this.#text.indexOf(opening);
    if (at < 0) return false;
    // Thrown where this is no JSON: then the whole is none.
    const { items: _, ...head } = JSON.parse(`${this.#text.slice(0, at)}"items":[]}`) as Record<
      string,
      unknown
    >;
    this.#head = head;
    this.#text = this.#text.slice(at + opening.length);
    return true;
  }

  #learn(): boolean {
    const field = /^\{("[^"\\]+":)/.exec(this.#text)?.[1];
    if (field === undefined) return false;
    this.#between = `},{${field}`;
    return true;
  }

  /** What stands between items may stand inside of one as well; then what is before it is no JSON, and the item goes on. */
  #readItems(between: string): void {
    let start = 0;
    for (;;) {
      const at = this.#text.indexOf(between, this.#from);
      if (at < 0) break;
      const item = objectOf(this.#text.slice(start, at + 1));
      if (item === null) {
        this.#from = at + 1;
        if (++this.#mistaken > patience) break;
      } else {
        this.#onItem(item);
        this.#mistaken = 0;
        start = at + 2;
        this.#from = start;
      }
    }
    this.#text = this.#text.slice(start);
    this.#from = Math.max(0, this.#from - start, this.#text.length - between.length);
  }
}

/** null: it is no whole object. */
function objectOf(text: string): Record<string, unknown> | null {
  try {
    return parseObject(text) as Record<string, unknown>;
  } catch {
    return null;
  }
}
