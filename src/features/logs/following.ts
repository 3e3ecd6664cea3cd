/** What an editor shows of its document, in lines. */
export interface Viewport {
  readonly first: number;
  readonly last: number;
  readonly lines: number;
}

/**
 * How long the end, which an editor was told to show, may be on its way to the window, in ms: what it shows meanwhile
 * is not what the person chose.
 */
const underWayMs = 1_000;

/**
 * Whether an editor goes along with the end of its log. It does until the person scrolls up, puts the cursor
 * elsewhere or pauses, and again once they are back at the end.
 */
export class Following {
  #on: boolean;
  /** Since when there is the editor. */
  readonly #since: number;
  /** By the person's word: only their word ends it. */
  #paused = false;
  #first = 0;
  /** When it was told last to show the end. */
  #led = -Infinity;
  /** When the person left the end last. */
  #left = -Infinity;

  /** `now`, here as below: in ms, of any clock. */
  constructor(now: number, on = true) {
    this.#since = now;
    this.#on = on;
  }

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

  /** The editor is told to show the end. */
  led(now: number): void {
    this.#led = now;
  }

  /**
   * The editor shows other lines: the person scrolled, it went along, or VS Code made it anew where it was before.
   * Tells whether the end is to be shown again.
   */
  scrolled({ first, last, lines }: Viewport, now: number): boolean {
    const before = this.#first;
    this.#first = first;
    if (last >= lines - 2) {
      if (now - this.#left > underWayMs) this.#on = true;
      return false;
    }
    if (now - this.#since <= underWayMs) return this.on;
    if (first < before) this.#leave(now);
    return false;
  }

  /** The person put the cursor on a line. Tells whether the editor may lose sight of it: the end is on its way. */
  placed(line: number, lines: number, now: number): boolean {
    if (line < lines - 2) {
      this.#leave(now);
      return now - this.#led <= underWayMs;
    }
    this.#on = true;
    this.#left = -Infinity;
    return false;
  }

  #leave(now: number): void {
    if (this.#on) this.#left = now;
    this.#on = false;
  }

  /** Lines above all others are gone: those that are seen have other numbers now. */
  trimmed(lines: number): void {
    this.#first = Math.max(0, this.#first - lines);
  }
}
