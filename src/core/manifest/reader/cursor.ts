import { char } from '../characters.ts';
import { Refusal } from './refusal.ts';
import type { refusals } from './refusal.ts';

/** The line breaks of YAML 1.1; 1.2 knows the first two. */
export function isBreak(code: number): boolean {
  return code === 10 || code === 13 || code === 0x85 || code === 0x2028 || code === 0x2029;
}

export function isSpaceOrTab(code: number): boolean {
  return code === char.space || code === char.tab;
}

/** Blank, a line break, or the end of the text, whose code is NaN. */
export function isBlank(code: number): boolean {
  return isSpaceOrTab(code) || isBreak(code) || Number.isNaN(code);
}

/** A place in a text, and the line it is on. */
export class Cursor {
  readonly text: string;
  at = 0;
  /** Where the line begins. */
  line = 0;

  constructor(text: string) {
    this.text = text;
    if (this.code() === char.byteOrderMark) this.at = this.line = 1;
  }

  /** NaN behind the end of the text. */
  code(ahead = 0): number {
    return this.text.charCodeAt(this.at + ahead);
  }

  get column(): number {
    return this.at - this.line;
  }

  get atEnd(): boolean {
    return this.at >= this.text.length;
  }

  /** Goes over a line break, and gives what it counts for in a scalar. */
  breakLine(): string {
    const code = this.code();
    this.at += code === char.carriageReturn && this.code(1) === char.lineFeed ? 2 : 1;
    this.line = this.at;
    return code === 0x2028 || code === 0x2029 ? String.fromCharCode(code) : '\n';
  }

  skipSpacesAndTabs(): void {
    while (isSpaceOrTab(this.code())) this.at++;
  }

  /** Goes over a comment, if there is one, to the end of its line. */
  skipComment(): void {
    if (this.code() === char.hash) while (!this.atEnd && !isBreak(this.code())) this.at++;
  }

  /** `---` or `...` at the start of a line. */
  atMarker(): boolean {
    if (this.at !== this.line) return false;
    const first = this.code();
    if (first !== char.dash && first !== char.dot) return false;
    return this.code(1) === first && this.code(2) === first && isBlank(this.code(3));
  }

  refuse(reason: keyof typeof refusals, at = this.at): never {
    throw new Refusal(reason, Math.min(at, Math.max(0, this.text.length - 1)));
  }
}
