import type { Connection } from 'vscode-languageserver/node';

/** Tells the client's log; a client that is gone has none. */
export function logError(connection: Connection, sentence: string): void {
  try {
    connection.console.error(sentence);
  } catch {
    // The process is about to end, or the test that held the connection has.
  }
}
