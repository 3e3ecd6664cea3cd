/** What an editor shows of its document, in lines. */
export interface Viewport {
  readonly first: number;
  readonly last: number;
  readonly lines: number;
}

/**
 * Whether an editor goes along with the end of its log. It does until the person scrolls up, puts the cursor
 * elsewhere or pauses, and again once they are back at the end.
 */
export class Following {
  #on = true;
  /** By the person's word: only their word ends it. */
  #paused = false;
  #first = 0;

  get on(): boolean {
    return this.#on && !this.#paused;
  }

  pause(): void {
    this.#paused = true;
  }

  resume(): void {
    this.#paused = false;
    this.#on = true;
  }

  /** The editor shows other lines: the person scrolled, or it went along. */
  scrolled({ first, last, lines }: Viewport): void {
    if (last >= lines - 2) this.#on = true;
    else if (first < this.#first) this.#on = false;
    this.#first = first;
  }

  /** The person put the cursor on a line. */
  placed(line: number, lines: number): void {
    this.#on = line >= lines - 2;
  }

  /** Lines above all others are gone: those that are seen have other numbers now. */
  trimmed(lines: number): void {
    this.#first = Math.max(0, this.#first - lines);
  }
}
