/** Escape sequences of the colours a terminal's theme defines. */
const colours = { red: 31, green: 32, cyan: 36, bold: 1, dim: 2 } as const;

export type Colour = keyof typeof colours;

export function paint(text: string, ...names: readonly Colour[]): string {
  return `\u001b[${names.map((name) => colours[name]).join(';')}m${text}\u001b[0m`;
}

/** Cuts output that comes in pieces into whole lines. */
export class Lines {
  #rest = '';
  readonly #each: (line: string) => void;

  constructor(each: (line: string) => void) {
    this.#each = each;
  }

  push(chunk: string): void {
    const lines = (this.#rest + chunk).split(/\r?\n/);
    this.#rest = lines.pop() ?? '';
    for (const line of lines) this.#each(line);
  }

  /** Hands out what has no line break at its end. */
  end(): void {
    if (this.#rest !== '') this.#each(this.#rest);
    this.#rest = '';
  }
}
