import type { Style } from './formats/report.ts';

/**
 * Lets a reader that has seen enough (`elastic lint | head`) close the pipe: what is left to print is of no
 * interest to anyone, and no fault.
 */
export function tolerateClosedPipes(): void {
  for (const stream of [process.stdout, process.stderr]) {
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EPIPE') throw error;
    });
  }
}

/** Resolves once the reader has taken everything; pipes are written asynchronously on some systems. */
export function print(text: string | Uint8Array): Promise<void> {
  // The error, if there is one, went to the listener above.
  return new Promise((resolve) => process.stdout.write(text, () => resolve()));
}

/** The same for what is no result: reports while the result is a text, sentences about trouble. */
export function printAside(text: string): Promise<void> {
  return new Promise((resolve) => process.stderr.write(text, () => resolve()));
}

/** Standard output or standard error. */
type Stream = Pick<typeof process.stdout, 'isTTY' | 'columns'>;

/**
 * Colours for people: on a terminal, and not where NO_COLOR asks for none (https://no-color.org). FORCE_COLOR, which CI
 * systems set whose logs show colours, wins over both, as in Node itself.
 */
function wantsColor({ isTTY }: Stream): boolean {
  const { FORCE_COLOR, NO_COLOR, TERM } = process.env;
  if (FORCE_COLOR !== undefined) return FORCE_COLOR !== '0' && FORCE_COLOR !== 'false';
  return isTTY && (NO_COLOR ?? '') === '' && TERM !== 'dumb';
}

/** Columns where none can be asked for: logs have room. */
const unknownWidth = 120;

export function styleFor(stream: Stream): Style {
  return { color: wantsColor(stream), width: stream.columns || unknownWidth };
}
