/** What was asked for cannot be done; the message is the sentence for the person who asked. */
export class CannotRunError extends Error {
  constructor(sentence: string) {
    super(sentence);
    this.name = 'CannotRunError';
  }
}
