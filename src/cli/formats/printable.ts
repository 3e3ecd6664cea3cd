/** Controls, and marks that turn the direction of what follows: a file's own text must not steer the terminal. */
const steering = /[\p{Cc}\u2028-\u202e\u2066-\u2069]/gu;

/** The text with what a terminal would obey written out. */
export function printable(text: string): string {
  return text.replace(steering, (character) => {
    const code = character.charCodeAt(0).toString(16);
    return code.length > 2 ? `\\u${code.padStart(4, '0')}` : `\\x${code.padStart(2, '0')}`;
  });
}
