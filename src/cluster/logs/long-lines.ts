/** Receives a line without its end, and how many characters of it were left out. */
export type LineTaker = (line: string, dropped: number) => void;

/**
 * Cuts text into lines of which no more than so many characters are ever kept, however long they are: a container
 * may write gigabytes without ending a line.
 */
export class LongLines {
  readonly #longest: number;
  #pieces: string[] = [];
  #length = 0;
  #dropped = 0;

  constructor(longest: number) {
    this.#longest = longest;
  }

  push(chunk: string, take: LineTaker): void {
    let start = 0;
    for (let end = chunk.indexOf('\n'); end >= 0; end = chunk.indexOf('\n', start)) {
      this.#keep(chunk.slice(start, end));
      this.#finish(take);
      start = end + 1;
    }
    if (start < chunk.length) this.#keep(chunk.slice(start));
  }

  /** What came after the last end of a line. */
  end(take: LineTaker): void {
    if (this.#length > 0) this.#finish(take);
  }

  #keep(piece: string): void {
    const room = this.#longest - this.#length;
    if (piece.length <= room) {
      this.#pieces.push(piece);
      this.#length += piece.length;
      return;
    }
    const fits = wholeCharacters(piece, room);
    if (fits > 0) this.#pieces.push(piece.slice(0, fits));
    this.#length = this.#longest;
    this.#dropped += piece.length - fits;
  }

  #finish(take: LineTaker): void {
    const [first = ''] = this.#pieces;
    const line = this.#pieces.length === 1 ? first : this.#pieces.join('');
    const dropped = this.#dropped;
    this.#pieces = [];
    this.#length = 0;
    this.#dropped = 0;
    take(line, dropped);
  }
}

/** `length`, or one less where it would part the halves of a character. */
function wholeCharacters(text: string, length: number): number {
  const last = text.charCodeAt(length - 1);
  return last >= 0xd800 && last <= 0xdbff ? length - 1 : length;
}
