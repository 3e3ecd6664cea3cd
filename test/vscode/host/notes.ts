const notes: string[] = [];

/** Has a figure told beside the running test's result. */
export function note(text: string): void {
  notes.push(text);
}

/** What was noted since the last call. */
export function takeNotes(): readonly string[] {
  return notes.splice(0);
}
