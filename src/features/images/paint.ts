/** Escape sequences of the colours a terminal's theme defines. */
const colours = { red: 31, green: 32, cyan: 36, bold: 1, dim: 2 } as const;

export type Colour = keyof typeof colours;

export function paint(text: string, ...names: readonly Colour[]): string {
  return `\u001b[${names.map((name) => colours[name]).join(';')}m${text}\u001b[0m`;
}

/** How far a build is. */
export interface Step {
  readonly number: number;
  readonly of: number;
}

/** Builders number their steps alike: `#5 [build 2/3] RUN …`, `Step 2/6 : RUN …`, `STEP 2/6: RUN …`. */
export function stepIn(line: string): Step | null {
  const [, a, b, c, d] =
    /^(?:#\d+ \[(?:\S+ )?(\d+)\/(\d+)\]|(?:\[\d+\/\d+\] )?step (\d+)\/(\d+) ?:)/i.exec(line) ?? [];
  const number = Number(a ?? c);
  const of = Number(b ?? d);
  return number > 0 && of > 0 ? { number, of } : null;
}

/** One line of a builder's output in colour: steps stand out, bookkeeping steps back, errors are red. */
export function paintLine(line: string): string {
  if (stepIn(line) !== null) return paint(line, 'bold', 'cyan');
  if (/^(?:#\d+ (?:\d+\.\d+ )?)?error\b/i.test(line)) return paint(line, 'red');
  if (
    /^(?:#\d+ (?:sha256:|DONE|CACHED|transferring|resolve|\[internal\])| ---> |Removing intermediate)/.test(
      line,
    )
  ) {
    return paint(line, 'dim');
  }
  return line;
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
