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
export function print(text: string): Promise<void> {
  // The error, if there is one, went to the listener above.
  return new Promise((resolve) => process.stdout.write(text, () => resolve()));
}

/** Colours for people: only on a terminal, and not where NO_COLOR asks for none (https://no-color.org). */
export function wantsColor(): boolean {
  return process.stdout.isTTY && (process.env['NO_COLOR'] ?? '') === '';
}
