import { paint } from '../../platform/paint.ts';

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
