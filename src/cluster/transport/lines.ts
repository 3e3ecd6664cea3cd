/** A line that does not end. */
export class LineTooLongError extends Error {}

/** Cuts a stream of text into lines. A long line that comes in many pieces is joined once, not at every piece. */
export class LineSplitter {
  readonly #longest: number;
  #pieces: string[] = [];
  /** Characters of `#pieces`. */
  #length = 0;

  /** `longest`: characters of a line. */
  constructor(longest: number) {
    this.#longest = longest;
  }

  /** The lines completed by this piece, without their ends; empty lines are left out. Throws a LineTooLongError. */
  push(piece: string): string[] {
    const parts = piece.split('\n');
    const rest = parts.pop() ?? '';
    const [first] = parts;
    if (first === undefined) {
      this.#keep(rest);
      return [];
    }
    parts[0] = this.#pieces.join('') + first;
    this.#pieces = [];
    this.#length = 0;
    this.#keep(rest);
    return parts.filter((line) => line !== '');
  }

  #keep(piece: string): void {
    if (piece === '') return;
    this.#pieces.push(piece);
    this.#length += piece.length;
    if (this.#length > this.#longest) throw new LineTooLongError();
  }
}
