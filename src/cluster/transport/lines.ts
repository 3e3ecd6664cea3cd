/** Cuts a stream of text into lines. A long line that comes in many pieces is joined once, not at every piece. */
export class LineSplitter {
  #pieces: string[] = [];

  /** The lines completed by this piece, without their ends; empty lines are left out. */
  push(piece: string): string[] {
    const parts = piece.split('\n');
    const rest = parts.pop() ?? '';
    const [first] = parts;
    if (first === undefined) {
      this.#pieces.push(rest);
      return [];
    }
    parts[0] = this.#pieces.join('') + first;
    this.#pieces = rest === '' ? [] : [rest];
    return parts.filter((line) => line !== '');
  }
}
