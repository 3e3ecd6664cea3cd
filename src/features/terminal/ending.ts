/** A terminal whose program has ended, and waits for the person; without vscode, so that it can be tested alone. */

/**
 * What editors and pagers turn on, and leave on where they are cut off: the other screen, reports of the mouse and of
 * the focus, marks around what is pasted, keys of their own, no cursor; then colours, and what stood below. The way back
 * from the other screen is 1047: 1049 would move the cursor of a terminal that is not on it.
 */
export const leftBehind =
  '\x1b[?1047l\x1b[?1000l\x1b[?1002l\x1b[?1003l\x1b[?1006l\x1b[?1004l\x1b[?2004l\x1b[?1l\x1b>\x1b[?25h\x1b[0m\x1b[J';

/** What the person wants; null: these were no words of theirs, but the terminal's (a report, an answer). */
export function wishIn(data: string): 'again' | 'close' | null {
  if (data === '\r') return 'again';
  return /^\x1b./s.test(data) ? null : 'close';
}
