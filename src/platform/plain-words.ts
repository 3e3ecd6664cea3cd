/** Sequences that tell a terminal something (titles, links, colours), whether they end or not. */
const sequences =
  /(?:\u001b[\]PX^_]|[\u0090\u0098\u009d-\u009f])[^\u0007\u001b\u009c\r\n]*(?:\u0007|\u001b\\|\u009c)?|(?:\u001b\[|\u009b)[0-?]*[ -/]*[@-~]?|\u001b[ -/]*[0-~]?/g;
/** What is left of them, and what turns the direction of the words beside it round or cannot be seen. */
const unseen =
  /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]/g;

/** What a program printed for a terminal as plain text: tabs and ends of lines are its only controls. */
export function plainWords(output: string): string {
  return output
    .replace(sequences, '')
    .replace(unseen, '')
    .replace(/[\u2028\u2029]/g, '\n');
}
