import type { ObjectRow } from '../rows/rows.ts';

export type RowOrder = (one: ObjectRow, other: ObjectRow) => number;

/**
 * Rows that stand below the same row, kept in order while they come, change and go. Sorted only once somebody asks:
 * most never are, and after that each change costs a binary search.
 */
export class Siblings {
  readonly #rows = new Map<string, ObjectRow>();
  readonly #order: RowOrder;
  #sorted: ObjectRow[] | null = null;

  constructor(order: RowOrder) {
    this.#order = (one, other) => order(one, other) || compareTexts(one.uid, other.uid);
  }

  get size(): number {
    return this.#rows.size;
  }

  /** In no order. */
  values(): Iterable<ObjectRow> {
    return this.#rows.values();
  }

  sorted(): readonly ObjectRow[] {
    this.#sorted ??= [...this.#rows.values()].sort(this.#order);
    return this.#sorted;
  }

  put(row: ObjectRow): void {
    const former = this.#rows.get(row.uid);
    this.#rows.set(row.uid, row);
    if (this.#sorted === null) return;
    if (former !== undefined) {
      const at = this.#position(this.#sorted, former);
      if (this.#order(former, row) === 0) {
        this.#sorted[at] = row;
        return;
      }
      this.#sorted.splice(at, 1);
    }
    this.#sorted.splice(this.#position(this.#sorted, row), 0, row);
  }

  remove(uid: string): void {
    const former = this.#rows.get(uid);
    if (former === undefined) return;
    this.#rows.delete(uid);
    this.#sorted?.splice(this.#position(this.#sorted, former), 1);
  }

  /** Where a row stands, or would. */
  #position(sorted: readonly ObjectRow[], row: ObjectRow): number {
    let low = 0;
    let high = sorted.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      const there = sorted[middle];
      if (there !== undefined && this.#order(there, row) < 0) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

function compareTexts(one: string, other: string): number {
  if (one === other) return 0;
  return one < other ? -1 : 1;
}
